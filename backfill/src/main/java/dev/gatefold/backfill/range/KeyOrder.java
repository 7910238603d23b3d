package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether comparing keys in a statement means the order in which the key's index has them. */
public final class KeyOrder {

  private KeyOrder() {}

  /**
   * Why ranges along the key would leave rows out; empty where they do not.
   *
   * <p>ORDER BY always takes the type's own order, but {@code <=} and {@code >} are looked up along
   * the search path: citext installed in a schema that is not on it compares as text, which is
   * another order, and rows would be skipped in silence.
   */
  public static Optional<String> objection(Connection connection, RowMapping mapping)
      throws SQLException {
    return BoundStatement.of(
            """
            SELECT DISTINCT n.nspname
            FROM pg_catalog.pg_index AS i
            CROSS JOIN unnest(i.indclass) AS c (oid)
            JOIN pg_catalog.pg_opclass AS class ON class.oid = c.oid
            JOIN pg_catalog.pg_amop AS member ON member.amopfamily = class.opcfamily
                AND member.amoplefttype = class.opcintype
                AND member.amoprighttype = class.opcintype
            JOIN pg_catalog.pg_operator AS o ON o.oid = member.amopopr
            JOIN pg_catalog.pg_namespace AS n ON n.oid = o.oprnamespace
            WHERE i.indrelid = ?::oid AND i.indisprimary
                AND NOT pg_catalog.pg_operator_is_visible(o.oid)
            """,
            List.of(Long.toString(mapping.oid())))
        .query(
            connection,
            rows ->
                rows.next()
                    ? Optional.of(
                        "the key of %s is ordered by operators in schema %s, which is not on the search path"
                            .formatted(mapping.table(), rows.getString(1)))
                    : Optional.empty());
  }
}
