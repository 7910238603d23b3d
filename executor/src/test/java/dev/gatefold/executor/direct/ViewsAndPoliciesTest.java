package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViewsAndPoliciesTest {

  private static final String SCHEMA =
      """
      CREATE SCHEMA "Big One";
      CREATE TABLE "Big One"."My Orders" (id int PRIMARY KEY, "the tenant" text);
      INSERT INTO "Big One"."My Orders" SELECT i, 't' FROM generate_series(1, 100) i;
      CREATE VIEW shown AS SELECT id FROM "Big One"."My Orders";
      CREATE VIEW over AS SELECT id FROM shown;
      """;

  @Test
  void policiesOfQuotedTablesThatNameThemselves() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - create_policy:
                table: '"Big One"."My Orders"'
                name: '"Of Tenant"'
                command: insert
                restrictive: true
                with_check: >-
                  (SELECT count(*) FROM "Big One"."My Orders" o WHERE o.id = "My Orders".id) < 10
            """)
        .equals(
            """
            CREATE POLICY "Of Tenant" ON "Big One"."My Orders" AS RESTRICTIVE FOR INSERT WITH CHECK (
              (SELECT count(*) FROM "Big One"."My Orders" o WHERE o.id = "My Orders".id) < 10)
            """);
  }

  @Test
  void aNewTableIsSecuredAtOnce() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - create_table: {table: mine, columns: [{name: id, type: int}, {name: owner, type: name}]}
            - create_policy: {table: mine, name: own, using: owner = current_user}
            - row_security: {table: mine, to: enable}
            - row_security: {table: mine, to: force}
            """)
        .equals(
            """
            CREATE TABLE mine (id int, owner name);
            CREATE POLICY own ON mine USING (owner = current_user);
            ALTER TABLE mine ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            """);
  }

  @Test
  void partitionedTablesAreSecured() throws Exception {
    DirectCase.of(
            "CREATE TABLE events (id int) PARTITION BY RANGE (id);"
                + "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10);",
            """
            - create_policy: {table: events, name: own, using: id > 0}
            - row_security: {table: events, to: enable}
            """)
        .equals(
            "CREATE POLICY own ON events USING (id > 0); ALTER TABLE events ENABLE ROW LEVEL SECURITY");
  }

  @Test
  void viewsOfTheLongestNames() throws Exception {
    String name = "\"" + "V".repeat(63) + "\"";
    DirectCase.of(
            SCHEMA,
            """
            - create_view: {view: '%1$s', query: 'SELECT "the tenant", id FROM "Big One"."My Orders";'}
            """
                .formatted(name))
        .equals(
            "CREATE VIEW %s AS SELECT \"the tenant\", id FROM \"Big One\".\"My Orders\""
                .formatted(name));
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    assertThat(
            DirectCase.of(
                    SCHEMA,
                    """
                    - drop_view: {view: shown}
                    - drop_view: {view: nowhere}
                    - replace_view: {view: shown, query: 'SELECT id, 1 AS more FROM "Big One"."My Orders"'}
                    - replace_view: {view: over, query: SELECT 'x' AS id}
                    - create_view: {view: shown, query: SELECT 1}
                    - create_policy: {table: '"Big One"."My Orders"', name: p, using: nothing > 1}
                    - drop_policy: {table: '"Big One"."My Orders"', name: p}
                    - row_security: {table: '"Big One"."My Orders"', to: disable}
                    - set_replica_identity: {table: '"Big One"."My Orders"', to: index nowhere}
                    """)
                .refusals())
        .extracting(reason -> reason.replaceFirst(": the server says", ""))
        .containsExactly(
            "depended-on: public.shown: this leans on it: view public.over",
            "no-view: public.nowhere: there is no such view",
            "server-refuses: public.shown: the view would get more columns, which a rollback could not take away",
            "server-refuses: public.over: cannot change data type of view column \"id\" from integer to text",
            "server-refuses: public.shown: there is a relation public.shown already",
            "server-refuses: \"Big One\".\"My Orders\".p: column \"nothing\" does not exist",
            "no-policy: \"Big One\".\"My Orders\".p: the table has no such policy",
            "already-so: \"Big One\".\"My Orders\": row-level security is as the operation wants it already",
            "no-identity-index: \"Big One\".\"My Orders\".nowhere: there is no such index that could tell rows apart: it has to be unique, of the whole table, not deferrable and over columns that are NOT NULL");
    assertThat(
            DirectCase.of(
                    SCHEMA, "- row_security: {table: '\"Big One\".\"My Orders\"', to: enable}")
                .refusals())
        .first()
        .asString()
        .startsWith("default-deny");
  }
}
