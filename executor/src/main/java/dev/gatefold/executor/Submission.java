package dev.gatefold.executor;

import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Move;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.rollout.Transitions;
import dev.gatefold.executor.store.ClaimStore.Taken;
import dev.gatefold.executor.store.Lease;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.Planner;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.catalog.TableImage;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Plans a change against the live catalog, and records it. */
final class Submission {

  private static final String UNIQUE_VIOLATION = "23505";

  private final Connection connection;
  private final Stores stores;
  private final Gates floor;

  Submission(Connection connection, Stores stores, Gates floor) {
    this.connection = connection;
    this.stores = stores;
    this.floor = floor;
  }

  Planning plan(Change change) throws SQLException {
    return new Planner(new PostgresDialect())
        .plan(new CatalogReader(connection).read(change), change);
  }

  Ways ways(Change change) throws SQLException {
    return Ways.of(new CatalogReader(connection).read(change), change);
  }

  Outcome submit(Change change, String file) throws SQLException {
    Optional<Rollout> known = stores.rollouts().find(connection, change.name());
    return known.isEmpty()
        ? record(change, known, file)
        : owning(known.get().id(), () -> again(change, file));
  }

  private interface Work {
    Outcome run() throws SQLException;
  }

  /** Nobody may work on a rollout while its plan is replaced, nor read the old one meanwhile. */
  private Outcome owning(long rollout, Work work) throws SQLException {
    Optional<Lease> lease = stores.leases().acquire(connection, rollout);
    if (lease.isEmpty()) {
      return new Outcome.Waits(
          "another executor works on this change: " + stores.leases().holder(connection, rollout),
          "Wait until it is done; then submit again.");
    }
    try {
      return work.run();
    } finally {
      if (!connection.isClosed()) {
        stores.leases().release(connection, lease.get());
      }
    }
  }

  private Outcome again(Change change, String file) throws SQLException {
    Rollout known = stores.rollouts().find(connection, change.name()).orElseThrow();
    if (known.file().equals(file) && !startsAnew(known)) {
      stores.gates().tighten(connection, known.id(), floor);
      return new Outcome.Done(
          "change %s was submitted before; it is %s".formatted(change.name(), known.state().word()),
          Answers.next(known));
    }
    if (Transitions.after(known.state(), Move.REPLACE_PLAN).isEmpty()) {
      return new Outcome.OutOfOrder(
          "change %s is %s: its file may not change any more"
              .formatted(change.name(), known.state().word()),
          "Roll it back first (gatefold rollback %s --to planned), or give the change a new name."
              .formatted(change.name()));
    }
    return record(change, Optional.of(known), file);
  }

  private Outcome record(Change change, Optional<Rollout> known, String file) throws SQLException {
    Planning planning = plan(change);
    if (planning instanceof Refusal refusal) {
      return new Outcome.Refused(refusal);
    }
    Plan plan = (Plan) planning;
    try {
      return record(plan, change.gates(), known, file)
          .<Outcome>map(Submission::refused)
          .orElseGet(() -> planned(plan));
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return new Outcome.Waits(
            "change %s is being submitted by somebody else".formatted(change.name()),
            "Look at gatefold status, then submit again.");
      }
      throw e;
    }
  }

  private static Outcome planned(Plan plan) {
    return new Outcome.Done(
        "change %s is planned: %s"
            .formatted(
                plan.change(),
                String.join(", ", plan.stages().stream().map(s -> s.name().word()).toList())),
        Answers.next(plan.change(), plan.after(Optional.empty())));
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
                    "the change \"%s\" is under way on it".formatted(taken.change()),
                    "Wait until it is completed, or roll it back."))));
  }

  private Optional<Taken> record(Plan plan, Gates gates, Optional<Rollout> known, String file)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      Optional<Taken> taken = write(plan, gates, known, file);
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

  private Optional<Taken> write(Plan plan, Gates gates, Optional<Rollout> known, String file)
      throws SQLException {
    long id;
    if (known.isPresent()) {
      id = known.get().id();
      stores.claims().release(connection, id);
      stores.rollouts().replacePlan(connection, id, RolloutState.PLANNED, plan, file);
      stores.paces().forget(connection, Subject.rollout(id));
    } else {
      id = stores.rollouts().create(connection, plan, file);
    }
    stores.gates().submitted(connection, id, gates, floor);
    Optional<Taken> taken = stores.claims().claim(connection, id, plan.claims());
    if (taken.isEmpty()) {
      for (Long table : plan.tables()) {
        stores.images().save(connection, id, table, TableImage.read(connection, table));
      }
      stores.history().add(connection, id, "submitted", "plan " + plan.fingerprint());
    }
    return taken;
  }
}
