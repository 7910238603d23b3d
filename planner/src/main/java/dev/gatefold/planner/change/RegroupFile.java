package dev.gatefold.planner.change;

import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads operations whose columns give way to others together. */
final class RegroupFile {

  private RegroupFile() {}

  static Regroup split(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    Identifier column = map.requiredParsed("column", Identifier::parse);
    List<Regroup.New> news = new ArrayList<>();
    for (YamlMap into : map.list("into")) {
      news.add(column(into));
    }
    if (news.size() < 2) {
      throw map.errorAt("into", "wants two columns or more; for one there is alter_column");
    }
    List<Regroup.Old> olds =
        List.of(new Regroup.Old(column, map.requiredParsed("down", ChangeFile::sql)));
    return regroup("split", map, table, olds, news);
  }

  static Regroup merge(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    List<Identifier> columns = map.texts("columns", Identifier::parse);
    if (columns.size() < 2 || new HashSet<>(columns).size() < columns.size()) {
      throw map.errorAt("columns", "wants two columns or more, each once");
    }
    YamlMap into =
        map.map("into").orElseThrow(() -> map.errorAt("into", "is missing: the new column"));
    YamlMap downs =
        map.map("down")
            .orElseThrow(() -> map.errorAt("down", "is missing: SQL for each of the columns"));
    return regroup("merge", map, table, olds(columns, downs), List.of(column(into)));
  }

  /** Each column with its way back, in the order of the columns. */
  private static List<Regroup.Old> olds(List<Identifier> columns, YamlMap downs)
      throws ChangeFileException {
    Map<Identifier, String> texts = new HashMap<>();
    for (String key : downs.texts().keySet()) {
      Identifier column = downs.name(key);
      if (!columns.contains(column)) {
        throw downs.errorAt(key, "is none of the columns to merge");
      }
      if (texts.put(column, downs.requiredParsed(key, ChangeFile::sql)) != null) {
        throw downs.errorAt(key, "names a column a second time");
      }
    }
    List<Regroup.Old> olds = new ArrayList<>();
    for (Identifier column : columns) {
      String down = texts.get(column);
      if (down == null) {
        throw downs.errorAt(column.toString(), "is missing: SQL over the new column");
      }
      olds.add(new Regroup.Old(column, down));
    }
    return olds;
  }

  private static Regroup regroup(
      String kind, YamlMap map, TableName table, List<Regroup.Old> olds, List<Regroup.New> news)
      throws ChangeFileException {
    Regroup operation =
        new Regroup(
            kind,
            table,
            olds,
            news,
            map.parsed("volatile", text -> ChangeFile.word(text, "accepted")).isPresent(),
            map.parsed("on_down_failure", ColumnFile::onDownFailure).orElse(OnDownFailure.REFUSE));
    Set<Identifier> names = new HashSet<>();
    for (Regroup.New column : news) {
      if (!names.add(column.column())) {
        throw map.errorAt("into", "makes two columns " + column.column());
      }
    }
    return operation;
  }

  private static Regroup.New column(YamlMap map) throws ChangeFileException {
    Regroup.New column =
        new Regroup.New(
            map.requiredParsed("column", Identifier::parse),
            map.requiredParsed("type", ChangeFile::sql),
            map.flag("nullable").orElse(true),
            ColumnFile.defaultChange(map),
            map.requiredParsed("up", ChangeFile::sql));
    map.end();
    return column;
  }
}
