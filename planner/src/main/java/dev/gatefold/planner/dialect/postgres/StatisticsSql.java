package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.ExtendedStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the planner of queries knows about values. */
final class StatisticsSql {

  private StatisticsSql() {}

  static List<String> create(
      TableName table, TableName name, String definition, ExtendedStatistics like) {
    String alter = "ALTER STATISTICS " + name.quoted() + " ";
    List<String> sql = new ArrayList<>();
    sql.add("CREATE STATISTICS " + name.quoted() + " " + definition + " FROM " + table.quoted());
    like.target().ifPresent(target -> sql.add(alter + "SET STATISTICS " + target));
    like.comment()
        .ifPresent(
            text -> sql.add("COMMENT ON STATISTICS " + name.quoted() + " IS " + Literal.of(text)));
    // Last: a role that is not ours may not let us do the rest.
    like.otherOwner().ifPresent(owner -> sql.add(alter + "OWNER TO " + owner));
    return sql;
  }

  static String drop(TableName name) {
    return "DROP STATISTICS " + name.quoted();
  }

  static String rename(TableName from, Identifier to) {
    return "ALTER STATISTICS " + from.quoted() + " RENAME TO " + to.quoted();
  }

  static String analyze(TableName table, List<Identifier> columns) {
    String list = columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    return "ANALYZE " + table.quoted() + (columns.isEmpty() ? "" : " (" + list + ")");
  }
}
