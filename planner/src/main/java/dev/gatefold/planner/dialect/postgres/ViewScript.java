package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Literal;
import java.util.Optional;

/** Queries that answer with the SQL by which a view is made, replaced or from nothing. */
final class ViewScript {

  private static final String CREATE =
      """
      pg_catalog.concat('CREATE %1$sVIEW ', %2$s,
                 ' WITH (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')', ' AS ',
                 %3$s)""";

  // Owner first: whoever owns the view gives the privileges. Those that default privileges gave
  // at its birth are taken away before. Rules and triggers of a view are always enabled.
  private static final String AGAIN =
      """
      SELECT pg_catalog.concat_ws(E';\\n',
               %1$s,
               CASE WHEN o.rolname <> CURRENT_USER
                    THEN pg_catalog.format('ALTER VIEW %%s OWNER TO %%I', %2$s, o.rolname) END,
               (SELECT pg_catalog.string_agg(DISTINCT
                         'REVOKE ALL ON ' || %2$s || ' FROM ' || %3$s, E';\\n')
                FROM pg_catalog.pg_default_acl g, pg_catalog.aclexplode(g.defaclacl) a
                WHERE g.defaclobjtype = 'r' AND a.grantee <> g.defaclrole
                  AND pg_catalog.pg_get_userbyid(g.defaclrole) = CURRENT_USER),
               'REVOKE ALL ON ' || %2$s || ' FROM '
                 || CASE WHEN c.relacl IS NOT NULL THEN pg_catalog.quote_ident(o.rolname) END,
               (SELECT pg_catalog.string_agg(
                         'GRANT ' || a.privilege_type || ' ON ' || %2$s || ' TO ' || %3$s
                         || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
                         E';\\n' ORDER BY a.place)
                FROM ROWS FROM (pg_catalog.aclexplode(c.relacl)) WITH ORDINALITY
                     AS a (grantor, grantee, privilege_type, is_grantable, place)),
               (SELECT pg_catalog.string_agg(
                         pg_catalog.format('GRANT %%s (%%I) ON %%s TO ', a.privilege_type, t.attname, %2$s)
                         || %3$s || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
                         E';\\n' ORDER BY t.attnum)
                FROM pg_catalog.pg_attribute t, pg_catalog.aclexplode(t.attacl) a
                WHERE t.attrelid = c.oid),
               'COMMENT ON VIEW ' || %2$s || ' IS '
                 || pg_catalog.quote_literal(pg_catalog.obj_description(c.oid, 'pg_class')),
               (SELECT pg_catalog.string_agg(
                         pg_catalog.format('COMMENT ON COLUMN %%s.%%I IS %%L', %2$s, t.attname,
                                           pg_catalog.col_description(c.oid, t.attnum)),
                         E';\\n' ORDER BY t.attnum)
                FROM pg_catalog.pg_attribute t
                WHERE t.attrelid = c.oid AND t.attnum > 0
                  AND pg_catalog.col_description(c.oid, t.attnum) IS NOT NULL),
               (SELECT pg_catalog.string_agg(
                         pg_catalog.format('ALTER VIEW %%s ALTER COLUMN %%I SET DEFAULT %%s', %2$s,
                                           t.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)),
                         E';\\n' ORDER BY t.attnum)
                FROM pg_catalog.pg_attrdef d
                JOIN pg_catalog.pg_attribute t ON t.attrelid = d.adrelid AND t.attnum = d.adnum
                WHERE d.adrelid = c.oid),
               (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(E';\\n',
                         pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid), ';'),
                         pg_catalog.format('COMMENT ON RULE %%I ON %%s IS ', r.rulename, %2$s)
                           || pg_catalog.quote_literal(
                                pg_catalog.obj_description(r.oid, 'pg_rewrite'))),
                         E';\\n' ORDER BY r.rulename)
                FROM pg_catalog.pg_rewrite r
                WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'),
               (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(E';\\n',
                         pg_catalog.pg_get_triggerdef(t.oid),
                         pg_catalog.format('COMMENT ON TRIGGER %%I ON %%s IS ', t.tgname, %2$s)
                           || pg_catalog.quote_literal(
                                pg_catalog.obj_description(t.oid, 'pg_trigger'))),
                         E';\\n' ORDER BY t.tgname)
                FROM pg_catalog.pg_trigger t
                WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
      WHERE c.oid = %2$s::pg_catalog.regclass""";

  private static final String GRANTEE =
      """
      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE
                              pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END""";

  private ViewScript() {}

  /** The view stays the same object, with owner, privileges and comments; its options are said. */
  static String replace(String view, Optional<String> definition) {
    return "SELECT %s\nFROM pg_catalog.pg_class c WHERE c.oid = %s::pg_catalog.regclass"
        .formatted(create("OR REPLACE ", view, definition), view);
  }

  /** Another view with all that the one of now has. */
  static String again(String view, Optional<String> definition) {
    return AGAIN.formatted(create("", view, definition), view, GRANTEE);
  }

  private static String create(String how, String view, Optional<String> definition) {
    String printed =
        definition
            .map(text -> Literal.of(text.replaceFirst(";\\s*$", "")))
            .orElse("pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')");
    return CREATE.formatted(how, view, printed);
  }
}
