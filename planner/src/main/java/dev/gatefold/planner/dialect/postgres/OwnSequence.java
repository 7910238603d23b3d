package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** A sequence that belongs to a column, and goes with it. */
final class OwnSequence {

  private OwnSequence() {}

  /**
   * Makes one.
   *
   * @param sequence its name, quoted with its schema
   * @param counting how it counts, as SQL
   */
  static List<String> made(String sequence, String counting, TableName table, Identifier column) {
    return List.of(
        "CREATE SEQUENCE " + sequence + (counting.isEmpty() ? "" : " " + counting),
        ownedAs(sequence, table),
        belonging(sequence, table, column));
  }

  static String belonging(String sequence, TableName table, Identifier column) {
    return "ALTER SEQUENCE %s OWNED BY %s.%s".formatted(sequence, table.quoted(), column.quoted());
  }

  /**
   * Gives a sequence to the owner of the table, where we are another role: the server lets it
   * belong to no column else.
   */
  static String ownedAs(String sequence, TableName table) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT pg_catalog.pg_get_userbyid(t.relowner) AS owner
          FROM pg_catalog.pg_class s, pg_catalog.pg_class t
          WHERE s.oid = %1$s::pg_catalog.regclass AND t.oid = %2$s
            AND s.relowner <> t.relowner
        LOOP
          EXECUTE pg_catalog.format('ALTER SEQUENCE %%s OWNER TO %%I', %1$s, r.owner);
        END LOOP;"""
            .formatted(Literal.of(sequence), PartitionText.regclass(table)));
  }
}
