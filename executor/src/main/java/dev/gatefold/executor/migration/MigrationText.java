package dev.gatefold.executor.migration;

import dev.gatefold.planner.name.Literal;
import java.util.stream.Collectors;

/**
 * A migration as text: one statement, so that it is done whole or not at all, by Flyway or by psql.
 */
final class MigrationText {

  private static final String TEXT =
      """
      %1$s
      --
      -- Written by "gatefold plan --flyway". A database that Gatefold changes is left as it is: the migration
      -- passes where Gatefold serves the new shape of the tables, and stops where it does not yet. Any other,
      -- a fresh one or that of a test, gets the new shape by the statements below.
      DO %2$s
      %3$s\
      %2$s;
      """;

  /** Looks first who asks, since the server would name the schema and not the way out. */
  private static final String BODY =
      """
      DECLARE
        path CONSTANT text := pg_catalog.current_setting('search_path');
      BEGIN
        IF EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'gatefold') THEN
          IF NOT pg_catalog.has_schema_privilege('gatefold', 'USAGE') THEN
            RAISE EXCEPTION 'role %% may not ask Gatefold about change %%', current_user, %1$s
              USING ERRCODE = 'insufficient_privilege',
                HINT = pg_catalog.format('Let a DBA run: GRANT USAGE ON SCHEMA gatefold TO %%I', current_user);
          ELSIF pg_catalog.to_regprocedure('gatefold.wants_direct_ddl(text)') IS NULL THEN
            RAISE EXCEPTION 'the schema gatefold of this database cannot be asked about change %%', %1$s
              USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Bring it up to date: run "gatefold init" of the version that wrote this migration.';
          ELSIF NOT gatefold.wants_direct_ddl(%1$s) THEN
            RETURN;
          END IF;
        END IF;
        SET LOCAL search_path TO pg_catalog, pg_temp;
      %2$s
        PERFORM pg_catalog.set_config('search_path', path, true);
      END
      """;

  private MigrationText() {}

  static String of(Migration migration) {
    String statements =
        migration.statements().stream()
            .map(statement -> "  EXECUTE %s;".formatted(quoted(statement)))
            .collect(Collectors.joining("\n"));
    String body = BODY.formatted(Literal.of(migration.change().value()), statements);
    return TEXT.formatted(migration.marker(), tag("gatefold", body), body);
  }

  private static String quoted(String statement) {
    if (statement.contains("${") || statement.startsWith("{")) {
      // Flyway would put the value of a placeholder there, and knows no way to say that it is none.
      return "E'" + statement.replace("\\", "\\\\").replace("'", "''").replace("{", "\\173") + "'";
    }
    String tag = tag("ddl", statement);
    return statement.contains("\n") ? tag + "\n" + statement + "\n  " + tag : tag + statement + tag;
  }

  /** A quote that nothing in the text can end. */
  private static String tag(String name, String text) {
    String tag = "$" + name;
    for (int number = 1; text.contains(tag); number++) {
      tag = "$" + name + number;
    }
    return tag + "$";
  }
}
