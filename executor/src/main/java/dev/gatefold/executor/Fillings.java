package dev.gatefold.executor;

import dev.gatefold.executor.Filling.Steered;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.PaceStore.Given;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at how the backfills of rollouts are doing. */
final class Fillings {

  private final Connection connection;
  private final Stores stores;

  Fillings(Connection connection, Stores stores) {
    this.connection = connection;
    this.stores = stores;
  }

  /** Of each that is not over. */
  Map<ChangeName, Filling> of(List<Rollout> rollouts) throws SQLException {
    Map<ChangeName, Filling> all = new LinkedHashMap<>();
    for (Rollout rollout : rollouts) {
      if (!rollout.state().over()) {
        all.put(rollout.change(), of(rollout));
      }
    }
    return all;
  }

  private Filling of(Rollout rollout) throws SQLException {
    return new Filling(
        steered(rollout),
        stores.speeds().heard(connection, Subject.rollout(rollout.id())),
        stores.badRows().count(connection, Subject.rollout(rollout.id())));
  }

  private List<Steered> steered(Rollout rollout) throws SQLException {
    List<Given> given = stores.paces().list(connection, Subject.rollout(rollout.id()));
    if (given.isEmpty()) {
      // The whole plan is read only where somebody wants to know.
      return List.of();
    }
    BackfillSettings file = rollout.plan().backfill();
    return given.stream()
        .filter(it -> it.differsFrom(file))
        .map(
            it ->
                new Steered(
                    it.setting().key(), it.value(), it.setting().of(file), it.by(), it.at()))
        .toList();
  }
}
