package dev.gatefold.executor;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Move;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.Transitions;
import dev.gatefold.executor.store.ClaimStore.Taken;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.planner.Planner;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.catalog.TableImage;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Plans a change against the live catalog, and records it. */
final class Submission {

  private final Connection connection;
  private final Stores stores;

  Submission(Connection connection, Stores stores) {
    this.connection = connection;
    this.stores = stores;
  }

  Planning plan(Change change) throws SQLException {
    return new Planner(new PostgresDialect())
        .plan(new CatalogReader(connection).read(change), change);
  }

  Outcome submit(Change change, String file) throws SQLException {
    Optional<Rollout> known = stores.rollouts().find(connection, change.name());
    if (known.isPresent() && known.get().file().equals(file) && !startsAnew(known.get())) {
      return new Outcome.Done(
          "change %s was submitted before; it is %s"
              .formatted(change.name(), known.get().state().word()),
          Answers.next(known.get()));
    }
    if (known.isPresent() && Transitions.after(known.get().state(), Move.REPLACE_PLAN).isEmpty()) {
      return new Outcome.OutOfOrder(
          "change %s is %s: its file may not change any more"
              .formatted(change.name(), known.get().state().word()),
          "Roll it back first (gatefold rollback %s --to planned), or give the change a new name."
              .formatted(change.name()));
    }
    Planning planning = plan(change);
    if (planning instanceof Refusal refusal) {
      return new Outcome.Refused(refusal);
    }
    Plan plan = (Plan) planning;
    Optional<Taken> taken = record(plan, known, file);
    return taken
        .<Outcome>map(Submission::refused)
        .orElseGet(
            () ->
                new Outcome.Done(
                    "change %s is planned: %s"
                        .formatted(
                            plan.change(),
                            String.join(
                                ", ", plan.stages().stream().map(s -> s.name().word()).toList())),
                    Answers.next(plan.change(), plan.after(Optional.empty()))));
  }

  /** After a rollback the catalog may be another one: the same file is planned once more. */
  private static boolean startsAnew(Rollout rollout) {
    return rollout.state() == RolloutState.ROLLED_BACK;
  }

  private static Outcome refused(Taken taken) {
    return new Outcome.Refused(
        new Refusal(
            List.of(
                new Refusal.Reason(
                    "column-claimed",
                    taken.claim().table() + "." + taken.claim().column(),
                    "the change \"%s\" is under way on this column".formatted(taken.change()),
                    "Wait until it is completed, or roll it back."))));
  }

  private Optional<Taken> record(Plan plan, Optional<Rollout> known, String file)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      Optional<Taken> taken = write(plan, known, file);
      if (taken.isPresent()) {
        connection.rollback();
      } else {
        connection.commit();
      }
      return taken;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private Optional<Taken> write(Plan plan, Optional<Rollout> known, String file)
      throws SQLException {
    long id;
    if (known.isPresent()) {
      id = known.get().id();
      stores.claims().release(connection, id);
      stores.rollouts().replacePlan(connection, id, RolloutState.PLANNED, plan, file);
    } else {
      id = stores.rollouts().create(connection, plan, file);
    }
    Optional<Taken> taken = stores.claims().claim(connection, id, plan.claims());
    if (taken.isEmpty()) {
      for (Long table : plan.claims().stream().map(Claim::oid).distinct().toList()) {
        stores.images().save(connection, id, table, TableImage.read(connection, table));
      }
      stores.history().add(connection, id, "submitted", "plan " + plan.fingerprint());
    }
    return taken;
  }
}
