package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import java.util.List;

/**
 * An identity that goes from one column to another. Its sequence goes with the old identity; name,
 * position, privileges and comment are carried over by settings that last as long as the
 * transaction.
 */
final class IdentityMove {

  private IdentityMove() {}

  /** Within a table. */
  static List<String> of(
      TableName table, Identifier from, Identifier to, Column.Identity identity) {
    return of(table, from, table, to, identity);
  }

  static List<String> of(
      TableName from,
      Identifier source,
      TableName to,
      Identifier target,
      Column.Identity identity) {
    return List.of(
        remember(identity.sequence()),
        alter(from) + source.quoted() + " DROP IDENTITY",
        alter(to)
            + "%s ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s %s)"
                .formatted(
                    target.quoted(),
                    identity.always() ? "ALWAYS" : "BY DEFAULT",
                    identity.sequence(),
                    SequenceText.joined(identity.options())),
        setPosition(Literal.of(identity.sequence())),
        grantAndComment(identity.sequence()));
  }

  private static String alter(TableName table) {
    return "ALTER TABLE " + table.quoted() + " ALTER COLUMN ";
  }

  static String remember(String sequence) {
    return """
    SELECT pg_catalog.set_config('gatefold.position', s.last_value || ',' || s.is_called, true),
           pg_catalog.set_config('gatefold.acl', coalesce(c.relacl::text, ''), true),
           pg_catalog.set_config(
             'gatefold.comment', coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), ''), true)
    FROM %s s, pg_catalog.pg_class c WHERE c.oid = %s::pg_catalog.regclass\
    """
        .formatted(sequence, Literal.of(sequence));
  }

  /** Lets a sequence, given as SQL, go on where another one was that was remembered. */
  static String setPosition(String sequence) {
    return """
    SELECT pg_catalog.setval(s.seqrelid::pg_catalog.regclass,
                             least(greatest(p.position, s.seqmin), s.seqmax),
                             p.called OR p.position NOT BETWEEN s.seqmin AND s.seqmax)
    FROM pg_catalog.pg_sequence s, (
      SELECT
        pg_catalog.split_part(pg_catalog.current_setting('gatefold.position'), ',', 1)::bigint,
        pg_catalog.split_part(pg_catalog.current_setting('gatefold.position'), ',', 2)::boolean
    ) AS p (position, called)
    WHERE s.seqrelid = %s::pg_catalog.regclass\
    """
        .formatted(sequence);
  }

  static String grantAndComment(String sequence) {
    return """
    DO $gatefold$
    DECLARE
      acl text := pg_catalog.current_setting('gatefold.acl');
      words text := pg_catalog.current_setting('gatefold.comment');
      g record;
    BEGIN
      FOR g IN
        SELECT a.privilege_type, a.is_grantable,
               CASE a.grantee WHEN 0 THEN 'PUBLIC'
                              ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee))
               END AS grantee
        FROM pg_catalog.aclexplode(nullif(acl, '')::aclitem[]) a
      LOOP
        EXECUTE pg_catalog.format('GRANT %%s ON SEQUENCE %%s TO %%s', g.privilege_type, %1$s, g.grantee)
          || CASE WHEN g.is_grantable AND g.grantee <> 'PUBLIC' THEN ' WITH GRANT OPTION' ELSE '' END;
      END LOOP;
      IF words <> '' THEN
        EXECUTE pg_catalog.format('COMMENT ON SEQUENCE %%s IS %%L', %1$s, words);
      END IF;
    END
    $gatefold$\
    """
        .formatted(Literal.of(sequence));
  }
}
