package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether ranges along the key of a mapping still visit all rows. */
final class KeyOrder {

  /** An index over just the columns of the key, in their order; it may be another one by now. */
  private static final String KEY_INDEX =
      """
      i.indrelid = ?::oid AND i.indisunique AND i.indisvalid
          AND i.indpred IS NULL AND i.indexprs IS NULL
          AND (i.indkey::int2[])[0:i.indnkeyatts - 1] OPERATOR(pg_catalog.=) (?::int2[])[:]
      """;

  private KeyOrder() {}

  /** Why ranges along the key would leave rows out; empty where they do not. */
  static Optional<String> objection(Connection connection, RowMapping mapping) throws SQLException {
    Optional<String> gone = gone(connection, mapping);
    return gone.isPresent() ? gone : hidden(connection, mapping);
  }

  /** A row with a NULL in its key is in no range, and without an index each is a scan. */
  private static Optional<String> gone(Connection connection, RowMapping mapping)
      throws SQLException {
    return BoundStatement.of(
            """
            SELECT FROM pg_catalog.pg_index AS i
            WHERE %s AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = i.indrelid AND a.attnum = ANY (?::int2[]) AND NOT a.attnotnull)
            """
                .formatted(KEY_INDEX),
            List.of(table(mapping), columns(mapping), columns(mapping)))
        .query(
            connection,
            rows ->
                rows.next()
                    ? Optional.empty()
                    : Optional.of(
                        "%s has no unique index over (%s) without NULLs any more"
                            .formatted(mapping.table(), names(mapping))));
  }

  /**
   * ORDER BY always takes the type's own order, but {@code <=} and {@code >} are looked up along
   * the search path: citext installed in a schema that is not on it compares as text, which is
   * another order, and rows would be skipped in silence.
   */
  private static Optional<String> hidden(Connection connection, RowMapping mapping)
      throws SQLException {
    return BoundStatement.of(
            """
            SELECT DISTINCT n.nspname
            FROM pg_catalog.pg_index AS i
            CROSS JOIN pg_catalog.unnest(i.indclass) AS c (oid)
            JOIN pg_catalog.pg_opclass AS class ON class.oid = c.oid
            JOIN pg_catalog.pg_amop AS member ON member.amopfamily = class.opcfamily
                AND member.amoplefttype = class.opcintype
                AND member.amoprighttype = class.opcintype
            JOIN pg_catalog.pg_operator AS o ON o.oid = member.amopopr
            JOIN pg_catalog.pg_namespace AS n ON n.oid = o.oprnamespace
            WHERE %s AND NOT pg_catalog.pg_operator_is_visible(o.oid)
            """
                .formatted(KEY_INDEX),
            List.of(table(mapping), columns(mapping)))
        .query(
            connection,
            rows ->
                rows.next()
                    ? Optional.of(
                        "the key of %s is ordered by operators in schema %s, which is not on the search path"
                            .formatted(mapping.table(), rows.getString(1)))
                    : Optional.empty());
  }

  private static String table(RowMapping mapping) {
    return Long.toString(mapping.oid());
  }

  private static String columns(RowMapping mapping) {
    return mapping.key().stream()
        .map(column -> Integer.toString(column.attnum()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String names(RowMapping mapping) {
    return mapping.key().stream()
        .map(column -> column.name().toString())
        .collect(Collectors.joining(", "));
  }
}
