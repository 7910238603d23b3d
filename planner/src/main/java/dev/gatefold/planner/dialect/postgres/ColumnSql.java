package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;

/** What a column has beside its type. */
final class ColumnSql {

  private ColumnSql() {}

  /** Privileges, comment and settings of one column, given to another. */
  static List<String> carry(TableName table, Column from, Identifier to, boolean sameType) {
    List<String> sql = new ArrayList<>();
    from.grants().forEach(grant -> sql.add(grant(table, to, grant)));
    from.comment().ifPresent(text -> sql.add(commentOnColumn(table, to, text)));
    // ONLY: a partition has settings of its own, which some of these would overwrite.
    String column = "ALTER TABLE ONLY %s ALTER COLUMN %s ".formatted(table.quoted(), to.quoted());
    from.settings().statistics().ifPresent(n -> sql.add(column + "SET STATISTICS " + n));
    from.settings().options().ifPresent(options -> sql.add(column + "SET (" + options + ")"));
    if (sameType) {
      from.settings().storage().ifPresent(mode -> sql.add(column + "SET STORAGE " + mode));
      from.settings()
          .compression()
          .ifPresent(method -> sql.add(column + "SET COMPRESSION " + method));
    }
    return sql;
  }

  static String grant(TableName table, Identifier column, Column.Grant grant) {
    return "GRANT %s (%s) ON %s TO %s%s"
        .formatted(
            grant.privilege(),
            column.quoted(),
            table.quoted(),
            grant.grantee(),
            grant.grantable() ? " WITH GRANT OPTION" : "");
  }

  private static String commentOnColumn(TableName table, Identifier column, String text) {
    return "COMMENT ON COLUMN "
        + table.quoted()
        + "."
        + column.quoted()
        + " IS "
        + Literal.of(text);
  }
}
