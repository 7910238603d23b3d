package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.schema.Follower;
import java.util.Optional;

/**
 * How views, rules, policies, triggers and functions come to read other columns. The server binds
 * them to columns by number and prints them with the names of the instant. So the old column gets
 * the name that the new one will have, the server prints, the name goes over, and the text is run.
 * Between the two it rests in a setting that lasts as long as the transaction.
 */
final class FollowerScripts {

  private FollowerScripts() {}

  static String note(Follower follower, boolean again, Optional<String> definition, int number) {
    return "SELECT pg_catalog.set_config(%s, (\n%s), true)"
        .formatted(Literal.of(setting(number)), script(follower, again, definition));
  }

  static String make(Follower follower, int number) {
    return """
    DO $gatefold$ BEGIN
      -- %s, as noted above
      EXECUTE pg_catalog.current_setting(%s);
    END $gatefold$"""
        .formatted(follower.identity().replaceAll("[\\r\\n$]", "?"), Literal.of(setting(number)));
  }

  private static String setting(int number) {
    return "gatefold.definition_" + number;
  }

  private static String script(Follower follower, boolean again, Optional<String> definition) {
    String relation = Literal.of(follower.relation().quoted());
    String name = Literal.of(follower.name().value());
    return switch (follower.kind()) {
      case VIEW ->
          again ? ViewScript.again(relation, definition) : ViewScript.replace(relation, definition);
      case RULE ->
          """
          SELECT 'CREATE OR REPLACE' || pg_catalog.substr(%s, 7)
          FROM pg_catalog.pg_rewrite r
          WHERE r.ev_class = %s::pg_catalog.regclass AND r.rulename = %s"""
              .formatted(given(definition, "pg_catalog.pg_get_ruledef(r.oid)"), relation, name);
      case POLICY ->
          """
          SELECT pg_catalog.format('ALTER POLICY %%I ON %%s ', p.polname, %2$s) || %1$s
          FROM pg_catalog.pg_policy p
          WHERE p.polrelid = %2$s::pg_catalog.regclass AND p.polname = %3$s"""
              .formatted(given(definition, POLICY), relation, name);
      case TRIGGER -> TRIGGER.formatted(given(definition, TRIGGER_DEFINITION), relation, name);
      case FUNCTION ->
          "SELECT "
              + given(
                  definition,
                  "pg_catalog.pg_get_functiondef(%s::pg_catalog.regprocedure)"
                      .formatted(Literal.of(signature(follower))));
    };
  }

  private static final String POLICY =
      """
      pg_catalog.concat_ws(' ',
            'USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
            'WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')')""";

  private static final String TRIGGER_DEFINITION = "pg_catalog.pg_get_triggerdef(t.oid)";

  // A constraint trigger cannot be replaced, so each is dropped and made again.
  private static final String TRIGGER =
      """
      SELECT pg_catalog.concat_ws(E';\\n',
               pg_catalog.format('DROP TRIGGER %%I ON %%s', t.tgname, %2$s),
               %1$s,
               CASE t.tgenabled WHEN 'O' THEN NULL ELSE
                 pg_catalog.format('ALTER TABLE %%s %%s TRIGGER %%I', %2$s,
                   CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                    ELSE 'ENABLE ALWAYS' END, t.tgname) END,
               pg_catalog.format('COMMENT ON TRIGGER %%I ON %%s IS ', t.tgname, %2$s)
                 || pg_catalog.quote_literal(pg_catalog.obj_description(t.oid, 'pg_trigger')))
      FROM pg_catalog.pg_trigger t
      WHERE t.tgrelid = %2$s::pg_catalog.regclass AND t.tgname = %3$s""";

  private static String given(Optional<String> definition, String printed) {
    return definition.map(Literal::of).orElse(printed);
  }

  private static String signature(Follower follower) {
    return follower.identity().substring(follower.identity().indexOf(' ') + 1);
  }
}
