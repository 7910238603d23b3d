package dev.gatefold.planner.change;

import dev.gatefold.planner.change.StandaloneBackfill.Assignment;
import dev.gatefold.planner.change.StandaloneBackfill.MovedRows;
import dev.gatefold.planner.change.StandaloneBackfill.WhenMissed;
import dev.gatefold.planner.change.StandaloneBackfill.WhenRunning;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a backfill of its own from YAML; as strict as {@link ChangeFile}. */
public final class BackfillFile {

  private BackfillFile() {}

  /**
   * Reads a backfill.
   *
   * @param file the name of the file, for messages
   * @param keeper tries whether a schedule can be kept; its {@link IllegalArgumentException} says
   *     why not
   * @throws ChangeFileException with file, line and key
   */
  public static StandaloneBackfill read(String file, String yaml, Consumer<Schedule> keeper)
      throws ChangeFileException {
    YamlMap root = YamlMap.ofFile(file, yaml);
    StandaloneBackfill backfill =
        new StandaloneBackfill(
            root.requiredParsed("backfill", ChangeName::new),
            root.requiredParsed("table", TableName::parse),
            set(root),
            root.parsed("where", ChangeFile::sql),
            root.parsed("schedule", text -> kept(new Schedule(text), keeper)),
            onlyScheduled(root, "when_running", "skip", "wait")
                .map(word -> word.equals("skip") ? WhenRunning.SKIP : WhenRunning.WAIT)
                .orElse(WhenRunning.SKIP),
            onlyScheduled(root, "when_missed", "run_once", "skip")
                .map(word -> word.equals("skip") ? WhenMissed.SKIP : WhenMissed.RUN_ONCE)
                .orElse(WhenMissed.RUN_ONCE),
            ChangeFile.settings(root),
            root.parsed("moved_rows", text -> ChangeFile.word(text, "look", "leave"))
                .map(word -> word.equals("look") ? MovedRows.LOOK : MovedRows.LEAVE));
    root.end();
    return backfill;
  }

  private static List<Assignment> set(YamlMap root) throws ChangeFileException {
    root.required("table");
    Optional<YamlMap> map = root.map("set");
    if (map.isEmpty()) {
      throw root.errorAt("set", "is missing: it names columns and their values");
    }
    List<Assignment> all = new ArrayList<>();
    Set<Identifier> columns = new HashSet<>();
    for (Map.Entry<String, String> entry : map.get().texts().entrySet()) {
      Identifier column = map.get().name(entry.getKey());
      if (!columns.add(column)) {
        throw map.get().errorAt(entry.getKey(), "names a column that another key names, too");
      }
      all.add(
          new Assignment(column, map.get().parsed(entry.getKey(), ChangeFile::sql).orElseThrow()));
    }
    if (all.isEmpty()) {
      throw root.errorAt("set", "names no column");
    }
    return all;
  }

  private static Optional<String> onlyScheduled(YamlMap root, String key, String... words)
      throws ChangeFileException {
    Optional<String> word = root.parsed(key, text -> ChangeFile.word(text, words));
    if (word.isPresent() && !root.has("schedule")) {
      throw root.errorAt(key, "is for a backfill with a \"schedule\"");
    }
    return word;
  }

  private static Schedule kept(Schedule schedule, Consumer<Schedule> keeper) {
    keeper.accept(schedule);
    return schedule;
  }
}
