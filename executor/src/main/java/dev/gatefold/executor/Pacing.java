package dev.gatefold.executor;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.PaceStore.Given;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.PaceSetting;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives the backfill of a change another pace; whoever works on it follows by itself. */
final class Pacing {

  private final Connection connection;
  private final Stores stores;

  Pacing(Connection connection, Stores stores) {
    this.connection = connection;
    this.stores = stores;
  }

  Outcome give(Rollout rollout, PaceOrder order) throws SQLException {
    if (rollout.state().over()) {
      return new Outcome.OutOfOrder(
          "%s is %s: no rows of it move any more"
              .formatted(rollout.change(), rollout.state().word()),
          "See gatefold status.");
    }
    if (rollout.plan().stage(StageName.BACKFILL).isEmpty()) {
      return new Outcome.OutOfOrder(
          rollout.change() + " moves no rows: there is nothing to pace", "See gatefold status.");
    }
    long id = rollout.id();
    Subject subject = Subject.rollout(id);
    List<Given> now =
        Transaction.in(
            connection,
            () -> {
              if (order.likeFile()) {
                stores.paces().forget(connection, subject);
              }
              stores.paces().give(connection, subject, order.values());
              stores.history().add(connection, id, "paced", order.toString());
              return stores.paces().list(connection, subject);
            });
    return new Outcome.Done(
        "%s is filled with %s".formatted(rollout.change(), words(rollout.plan().backfill(), now)),
        "A backfill that runs follows within a second; see gatefold status " + rollout.change());
  }

  private static String words(BackfillSettings file, List<Given> given) {
    BackfillSettings settings = file;
    for (Given one : given) {
      settings = one.setting().in(settings, one.value());
    }
    BackfillSettings counts = settings;
    return Stream.of(PaceSetting.values())
        .map(it -> words(it, it.of(counts), it.of(file)))
        .collect(Collectors.joining(", "));
  }

  private static String words(PaceSetting setting, String now, String file) {
    return setting.key() + " " + now + (now.equals(file) ? "" : " (file: " + file + ")");
  }
}
