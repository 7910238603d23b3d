package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.schema.Follower;
import java.util.List;

/**
 * A temporary copy of a follower, over the clone of its table. Its texts are printed under a search
 * path on which table and views are found without their schemas, so that the same text means the
 * copies once they exist: temporary relations are found first.
 */
record Understudy(Follower follower, int number) {

  private static final String DEFAULTS =
      """
      (SELECT string_agg(format(E';\\n ALTER VIEW %%s ALTER COLUMN %%I SET DEFAULT %%s',
                                %1$s, a.attname, pg_get_expr(d.adbin, d.adrelid)), '' ORDER BY a.attnum)
       FROM pg_attrdef d
       JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
       WHERE d.adrelid = %2$s)""";

  /** The name of the copy that is a relation; a policy's expressions become a view's columns. */
  String relation() {
    Identifier copy =
        follower.kind() == Follower.Kind.POLICY
            ? new Identifier("gatefold_policy_" + number)
            : follower.relation().name();
    return "pg_temp." + copy.quoted();
  }

  /** Asks for the definition of the original, while there is no copy of anything. */
  String printOriginal() {
    String original = regclass(follower.relation().quoted());
    return switch (follower.kind()) {
      case VIEW -> printView(original);
      case POLICY ->
          """
          SELECT concat_ws(', ', 'SELECT (' || pg_get_expr(polqual, polrelid) || ') AS "using"',
                           CASE WHEN polqual IS NULL THEN 'SELECT ' ELSE '' END
                           || '(' || pg_get_expr(polwithcheck, polrelid) || ') AS "check"')
                 || ' FROM ' || polrelid::regclass
          FROM pg_policy WHERE polrelid = %s AND polname = %s"""
              .formatted(original, Literal.of(follower.name().value()));
      case RULE -> printRule(original);
      case TRIGGER -> printTrigger(original);
      // Every version writes the function's name first, with its schema.
      case FUNCTION ->
          """
          SELECT overlay(pg_get_functiondef(p.oid) PLACING 'pg_temp'
                         FROM length('CREATE OR REPLACE %1$s ') + 1
                         FOR length(quote_ident(n.nspname)))
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = %2$s"""
              .formatted(
                  follower.identity().startsWith("procedure ") ? "PROCEDURE" : "FUNCTION",
                  regprocedure());
    };
  }

  /** Asks for the definition of the copy. */
  String print() {
    String copy = regclass(relation());
    return switch (follower.kind()) {
      case VIEW, POLICY -> printView(copy);
      case RULE -> printRule(copy);
      case TRIGGER -> printTrigger(copy);
      case FUNCTION ->
          """
          SELECT pg_get_functiondef(p.oid)
          FROM pg_proc p JOIN pg_proc o ON o.oid = %s
          WHERE p.pronamespace = pg_my_temp_schema() AND p.proname = o.proname
            AND p.proargtypes = o.proargtypes"""
              .formatted(regprocedure());
    };
  }

  /** Makes the copy, or makes it read something else. */
  List<String> make(String text, boolean replace) {
    return switch (follower.kind()) {
      case VIEW, POLICY ->
          List.of(
              "CREATE %sVIEW %s AS %s".formatted(replace ? "OR REPLACE " : "", relation(), text));
      case RULE -> List.of("CREATE OR REPLACE" + text.substring("CREATE".length()));
      case TRIGGER ->
          List.of(
              "DROP TRIGGER IF EXISTS %s ON %s".formatted(follower.name().quoted(), relation()),
              text);
      // As one literal: the driver would part the statements of a body.
      case FUNCTION -> List.of("DO " + Literal.of("BEGIN EXECUTE " + Literal.of(text) + "; END"));
    };
  }

  private String printView(String view) {
    return "SELECT rtrim(pg_get_viewdef(%1$s), ';') || coalesce(%2$s, '')"
        .formatted(view, DEFAULTS.formatted(Literal.of(relation()), view));
  }

  private String printRule(String relation) {
    return "SELECT pg_get_ruledef(oid, true) FROM pg_rewrite WHERE ev_class = %s AND rulename = %s"
        .formatted(relation, Literal.of(follower.name().value()));
  }

  private String printTrigger(String relation) {
    return "SELECT pg_get_triggerdef(oid, true) FROM pg_trigger WHERE tgrelid = %s AND tgname = %s"
        .formatted(relation, Literal.of(follower.name().value()));
  }

  private static String regclass(String name) {
    return Literal.of(name) + "::regclass";
  }

  private String regprocedure() {
    String signature = follower.identity().substring(follower.identity().indexOf(' ') + 1);
    return Literal.of(signature) + "::regprocedure";
  }
}
