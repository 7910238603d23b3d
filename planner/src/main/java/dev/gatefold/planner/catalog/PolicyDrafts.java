package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.PolicyDraft;
import dev.gatefold.planner.name.Identifier;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Makes policies on temporary tables. A policy's expression may name its own table: the temporary
 * one therefore has the same name while the policy is printed.
 */
final class PolicyDrafts {

  private final Session session;
  private final Stage stage;

  PolicyDrafts(Session session, Stage stage) {
    this.session = session;
    this.stage = stage;
  }

  /** The statement that makes the policy on the real table. */
  String make(PolicyDraft draft) throws SQLException {
    String like = stage.of(draft.table());
    String namesake = "pg_temp." + draft.table().name().quoted();
    session.execute("CREATE TEMP TABLE %s (LIKE %s)".formatted(namesake, like));
    session.executeAsAuthor(statement(draft, namesake));
    String printed =
        new StandingCatalog(session)
            .policies(stage.oid(namesake), draft.table())
            .values()
            .iterator()
            .next()
            .get(0);
    session.execute("DROP TABLE " + namesake);
    return printed;
  }

  private static String statement(PolicyDraft draft, String table) {
    return "CREATE POLICY %s ON %s AS %s FOR %s TO %s"
            .formatted(
                draft.name().quoted(),
                table,
                draft.restrictive() ? "RESTRICTIVE" : "PERMISSIVE",
                draft.command(),
                draft.roles().isEmpty()
                    ? "PUBLIC"
                    : draft.roles().stream()
                        .map(Identifier::quoted)
                        .collect(Collectors.joining(", ")))
        + draft.using().map(text -> " USING (" + text + "\n)").orElse("")
        + draft.withCheck().map(text -> " WITH CHECK (" + text + "\n)").orElse("");
  }
}
