package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Proof;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropTableTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY);
      CREATE TABLE "Old Orders" (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line serial UNIQUE,
        customer int REFERENCES customer, buyer int CONSTRAINT of_buyer REFERENCES customer ON DELETE CASCADE,
        before bigint REFERENCES "Old Orders", note text CHECK (note <> ''));
      CREATE INDEX old_note ON "Old Orders" (lower(note));
      CREATE STATISTICS old_both ON customer, buyer FROM "Old Orders";
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER touched BEFORE UPDATE ON "Old Orders" FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE POLICY mine ON "Old Orders" USING (customer IN (SELECT id FROM customer));
      GRANT SELECT ON "Old Orders" TO pg_monitor;
      INSERT INTO customer SELECT i FROM generate_series(1, 100) i;
      INSERT INTO "Old Orders" (customer, buyer) SELECT i, i FROM generate_series(1, 100) i;
      """;

  @Test
  void withAllThatIsItsOwn() throws Exception {
    DirectCase.of(SCHEMA, "- drop_table: {table: '\"Old Orders\"'}")
        .equals("DROP TABLE \"Old Orders\"");
  }

  @Test
  void partitioned() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE customer (id int PRIMARY KEY);
            CREATE TABLE events (id int PRIMARY KEY, customer int REFERENCES customer) PARTITION BY RANGE (id);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (1000);
            INSERT INTO events SELECT i FROM generate_series(1, 100) i;
            """,
            "- drop_table: {table: events}")
        .equals("DROP TABLE events");
  }

  @Test
  void nothingElseGoesWithIt() throws Exception {
    assertThat(
            DirectCase.of(
                    SCHEMA
                        + """
                        CREATE TABLE visits (customer int CONSTRAINT visited REFERENCES customer);
                        CREATE VIEW ids AS SELECT id FROM customer;
                        CREATE FUNCTION count_rows(customer) RETURNS int LANGUAGE sql AS 'SELECT 1';
                        CREATE PUBLICATION them FOR TABLE customer;
                        """,
                    "- drop_table: {table: customer}")
                .refusals())
        .containsExactly(
            "depended-on: public.customer: this leans on it:"
                + " constraint Old Orders_customer_fkey on table public.\"Old Orders\","
                + " constraint of_buyer on table public.\"Old Orders\","
                + " constraint visited on table public.visits, function public.count_rows(public.customer),"
                + " policy mine on table public.\"Old Orders\", view public.ids",
            "published: public.customer: publications name it: them");
  }

  @Test
  void noRightsAreTakenAway() throws Exception {
    assertThat(
            Proof.of(
                    SCHEMA,
                    """
                    change: direct
                    operations: [{drop_table: {table: '"Old Orders"'}}]
                    retire: revoke
                    """)
                .refusal()
                .orElseThrow()
                .reasons())
        .extracting(reason -> reason.code())
        .containsExactly("revoke-whole");
  }

  @Test
  void theGateTellsThatItWasRead() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(
          """
          change: direct
          operations: [{drop_table: {table: '"Old Orders"'}}]
          """);
      try (Connection reader = journey.database().connect();
          Statement statement = reader.createStatement()) {
        statement.execute("SELECT count(*) FROM \"Old Orders\"");
        boolean kept = reader.getMetaData().getDatabaseMajorVersion() >= 16;
        // A session that ends has reported what it did.
        statement.execute(kept ? "SELECT pg_stat_force_next_flush()" : "SELECT 1");
        assertThat(evidence(journey).findings())
            .filteredOn(finding -> finding.check().equals("use public.\"Old Orders\""))
            .singleElement()
            .satisfies(
                finding -> {
                  assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
                  assertThat(finding.detail())
                      .startsWith(
                          kept ? "it was read at" : "when a table was last read, servers keep");
                });
      }
    }
  }

  @Test
  void whatWasDroppedIsNotCalledRolledBack() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey
          .submitted(
              """
              change: direct
              operations: [{drop_table: {table: '"Old Orders"'}}]
              """)
          .promote("direct", StageName.RETIRE);
      assertThat(journey.promote("direct", StageName.DROP)).isInstanceOf(Outcome.Done.class);

      assertThat(journey.rollback("direct", Optional.empty()))
          .isInstanceOfSatisfying(
              Outcome.OutOfOrder.class,
              outcome -> assertThat(outcome.message()).contains("cannot be rolled back"));
      assertThat(journey.rollout("direct").state()).isEqualTo(RolloutState.COMPLETED);
    }
  }

  private static Evidence evidence(Journey journey) throws SQLException {
    Outcome outcome = journey.rollouts().evidence(new ChangeName("direct"), Optional.empty());
    return ((Outcome.Measured) outcome).evidence();
  }
}
