package dev.gatefold.executor.faults;

import dev.gatefold.executor.faults.client.Version;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.scenario.Column;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.executor.rollout.RolloutState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which versions of the application a plan lets run, at rest and before a command. */
final class Shipping {

  private static final Set<Side> OLD = Set.of(Side.OLD);
  private static final Set<Side> NEW = Set.of(Side.NEW);
  private static final Set<Side> ON_ITS_WAY = Set.of(Side.OLD, Side.NEW);

  private final Scenario scenario;
  private final Map<String, List<Set<Side>>> allowed = new HashMap<>();

  Shipping(Scenario scenario) {
    this.scenario = scenario;
    scenario.changes().forEach(change -> allowed.put(change.change(), List.of(OLD)));
  }

  /** A change rests in a state. */
  void rests(String change, RolloutState state) {
    allowed.put(
        change,
        switch (state) {
          case BACKFILLED -> List.of(OLD, NEW, ON_ITS_WAY);
          case RETIRING, RETIRED, DROPPING, COMPLETED -> List.of(NEW);
          case PLANNED, EXPANDING, EXPANDED, BACKFILLING, ROLLING_BACK, ROLLED_BACK -> List.of(OLD);
        });
  }

  /** Every version that knows another shape must be gone. */
  void only(String change, Side side) {
    allowed.put(change, List.of(side == Side.OLD ? OLD : NEW));
  }

  /** One version for each way to combine what the changes allow. */
  List<Version> versions() {
    List<Map<String, Set<Side>>> combined = List.of(Map.of());
    for (Scenario.File file : scenario.changes()) {
      List<Map<String, Set<Side>>> next = new ArrayList<>();
      for (Map<String, Set<Side>> before : combined) {
        for (Set<Side> sides : allowed.getOrDefault(file.change(), List.of(OLD))) {
          Map<String, Set<Side>> more = new HashMap<>(before);
          more.put(file.change(), sides);
          next.add(more);
        }
      }
      combined = next;
    }
    return combined.stream().map(this::version).toList();
  }

  private Version version(Map<String, Set<Side>> sides) {
    return new Version(
        scenario.columns().stream()
            .map(Column::change)
            .map(change -> sides.getOrDefault(change, OLD))
            .toList());
  }
}
