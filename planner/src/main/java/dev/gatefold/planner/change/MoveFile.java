package dev.gatefold.planner.change;

import dev.gatefold.planner.change.MoveColumns.Moved;
import dev.gatefold.planner.change.MoveColumns.Pair;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the operation that moves columns from one table to another. */
final class MoveFile {

  private MoveFile() {}

  static MoveColumns read(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    TableName to = map.requiredParsed("to", TableName::parse);
    if (table.equals(to)) {
      throw map.errorAt("to", "is the table itself; a name is changed by rename_column");
    }
    return new MoveColumns(table, to, columns(map), where(map));
  }

  private static List<Moved> columns(YamlMap map) throws ChangeFileException {
    List<Moved> columns = new ArrayList<>();
    Set<Identifier> names = new HashSet<>();
    Set<Identifier> others = new HashSet<>();
    for (YamlMap item : map.listOf("columns", "column")) {
      Identifier column = item.requiredParsed("column", Identifier::parse);
      Moved moved = new Moved(column, item.parsed("as", Identifier::parse).orElse(column));
      item.end();
      if (!names.add(moved.column()) || !others.add(moved.as())) {
        throw map.errorAt("columns", "names a column twice");
      }
      columns.add(moved);
    }
    if (columns.isEmpty()) {
      throw map.errorAt("columns", "wants one column at least");
    }
    return columns;
  }

  private static List<Pair> where(YamlMap map) throws ChangeFileException {
    YamlMap keys =
        map.map("where")
            .orElseThrow(
                () ->
                    map.errorAt(
                        "where", "is missing: columns of the table, each with that of the other"));
    List<Pair> pairs = new ArrayList<>();
    Set<Identifier> targets = new HashSet<>();
    for (Map.Entry<String, String> entry : keys.texts().entrySet()) {
      Pair pair =
          new Pair(
              keys.name(entry.getKey()), keys.requiredParsed(entry.getKey(), Identifier::parse));
      if (!targets.add(pair.target())) {
        throw keys.errorAt(entry.getKey(), "names a column of the other table twice");
      }
      pairs.add(pair);
    }
    if (pairs.isEmpty()) {
      throw map.errorAt("where", "wants one pair of columns at least");
    }
    return pairs;
  }
}
