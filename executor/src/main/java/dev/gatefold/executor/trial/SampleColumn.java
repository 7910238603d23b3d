package dev.gatefold.executor.trial;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A column that a {@link SampleWriter} may write.
 *
 * @param distinct whether a key makes each row have a value of its own
 * @param numbered whether the server gives it a value
 */
record SampleColumn(Identifier name, String type, boolean distinct, boolean numbered) {

  private static final String QUERY =
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod),
             EXISTS (SELECT FROM pg_index i
                     WHERE i.indrelid = a.attrelid AND i.indisunique
                       AND a.attnum = ANY (i.indkey::smallint[])),
             a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false)
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = ''
      ORDER BY a.attnum\
      """;

  static List<SampleColumn> of(Connection connection, TableName table) throws SQLException {
    return Query.of(QUERY, table.quoted())
        .list(
            connection,
            row ->
                new SampleColumn(
                    new Identifier(row.getString(1)),
                    row.getString(2),
                    row.getBoolean(3),
                    row.getBoolean(4)));
  }

  /** Whether it is the same column to an application, whatever belongs to it besides. */
  boolean isLike(SampleColumn other) {
    return name.equals(other.name()) && type.equals(other.type());
  }

  /** Whether a row may take the value of another one. */
  boolean isChangeable() {
    return !distinct && !numbered;
  }

  boolean isInsertable() {
    return !numbered;
  }

  /** The value in a new row that is like the row {@code t}. */
  String another(String table) {
    if (!distinct) {
      return "t." + name.quoted();
    }
    return switch (type) {
      case "smallint", "integer", "bigint", "numeric" ->
          "(SELECT max(%1$s) + 1 FROM %2$s)".formatted(name.quoted(), table);
      case "uuid" -> "gen_random_uuid()";
      case "text", "character varying" -> "md5(random()::text)";
      default -> "t." + name.quoted();
    };
  }
}
