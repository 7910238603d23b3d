package dev.gatefold.executor.faults;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The catalog at the end must be as planned, and nothing of Gatefold's be left at the table. */
final class Leftovers {

  private static final List<String> OURS =
      List.of(
          "SELECT 'claim of ' || column_name FROM gatefold.claim",
          "SELECT 'sync of ' || table_oid FROM gatefold.sync",
          "SELECT 'retired column ' || attnum FROM gatefold.retired_column",
          """
          SELECT 'function ' || proname FROM pg_proc
          WHERE pronamespace = 'gatefold'::regnamespace
            AND proname NOT IN ('append_only', 'ask', 'own_name', 'wants_direct_ddl',
              'pass_range', 'hold_rollout', 'hold_run', 'hold_sync', 'nap', 'slept')""",
          """
          SELECT 'column ' || attname FROM pg_attribute
          WHERE attrelid = 'orders'::regclass AND attname LIKE 'gatefold%'""",
          "SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname LIKE '~gatefold%'",
          "SELECT 'index ' || relname FROM pg_class WHERE relname LIKE '~gatefold\\_%\\_%'",
          "SELECT 'index not valid ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid");

  private final World world;

  Leftovers(World world) {
    this.world = world;
  }

  List<String> look() throws Exception {
    List<String> found = new ArrayList<>();
    for (String sql : OURS) {
      world.server().strings(world.database(), sql).forEach(it -> found.add("left behind: " + it));
    }
    Set<String> is = new HashSet<>(world.catalog());
    Set<String> must = new HashSet<>(planned());
    is.stream().filter(it -> !must.contains(it)).forEach(it -> found.add("not planned: " + it));
    must.stream().filter(it -> !is.contains(it)).forEach(it -> found.add("missing: " + it));
    return found;
  }

  /** The catalog of a table on which the same changes were completed in peace. */
  private List<String> planned() throws Exception {
    List<Scenario.File> completed = new ArrayList<>();
    for (Scenario.File file : world.scenario().changes()) {
      if (world.observer().state(file.change()) == RolloutState.COMPLETED) {
        completed.add(file);
      }
    }
    if (completed.isEmpty()) {
      return world.catalogBefore();
    }
    List<String> names = completed.stream().map(Scenario.File::change).toList();
    Peace key = new Peace(world.scenario().name(), names);
    if (!PEACE.containsKey(key)) {
      PEACE.put(key, inPeace(completed));
    }
    return PEACE.get(key);
  }

  /** What was completed of a scenario. */
  private record Peace(String scenario, List<String> changes) {}

  private static final Map<Peace, List<String>> PEACE = new ConcurrentHashMap<>();

  private List<String> inPeace(List<Scenario.File> files) throws Exception {
    try (World peace = World.on(world.server(), "peace", world.scenario());
        LiveRollouts rollouts =
            LiveRollouts.open(DatabaseUrl.parse(peace.server().url(peace.database())))) {
      for (Scenario.File file : files) {
        rollouts.submit(ChangeFile.read("change.yaml", file.yaml()), file.yaml());
        for (StageName stage : StageName.values()) {
          rollouts.promote(
              new ChangeName(file.change()), Journey.order(stage), StageListener.SILENT);
        }
      }
      return peace.catalog();
    }
  }
}
