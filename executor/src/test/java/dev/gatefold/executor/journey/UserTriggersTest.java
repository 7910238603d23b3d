package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody but the author of a change knows whether its backfill shall fire users' triggers. */
class UserTriggersTest {

  private static final String TABLES =
      """
      CREATE TABLE fired (name text);
      CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO fired VALUES (TG_NAME); RETURN NEW; END $$;
      CREATE TABLE orders (id int PRIMARY KEY, total int);
      INSERT INTO orders SELECT i, i FROM generate_series(1, 9) i;
      """;

  private static final String AUDIT =
      "CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION fired();";

  private static final String MIRROR =
      """
      CREATE TRIGGER mirror AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION fired();
      ALTER TABLE orders ENABLE REPLICA TRIGGER mirror;
      """;

  private static final String ALL_THE_SAME =
      """
      CREATE TRIGGER log AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION fired();
      ALTER TABLE orders ENABLE ALWAYS TRIGGER log;
      CREATE TRIGGER off AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION fired();
      ALTER TABLE orders DISABLE TRIGGER off;
      CREATE TRIGGER by_id AFTER UPDATE OF id ON orders FOR EACH ROW EXECUTE FUNCTION fired();
      """;

  private static final String NOTHING_SAID =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
      """;

  private static String saying(String choice) {
    return NOTHING_SAID + "backfill: {user_triggers: %s}\n".formatted(choice);
  }

  @Test
  void aFileThatSaysNothingIsRefusedAndToldBothAnswers() throws SQLException {
    try (Journey journey = Journey.on(TABLES + AUDIT + MIRROR + ALL_THE_SAME)) {
      assertThat(journey.submit(NOTHING_SAID))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              it ->
                  assertThat(it.refusal().reasons())
                      .singleElement()
                      .satisfies(
                          reason -> {
                            assertThat(reason.code()).isEqualTo("user-triggers");
                            assertThat(reason.object()).isEqualTo("public.orders");
                            assertThat(reason.message())
                                .contains(": audit, log (ENABLE ALWAYS: ", ", mirror (ENABLE REP")
                                .contains("user_triggers: skip", "user_triggers: fire")
                                .doesNotContain("off", "by_id");
                          }));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"skip | log, mirror", "fire | audit, log", " | log"})
  void thoseFireThatTheFileLets(@Nullable String choice, String fired) throws SQLException {
    String more = choice == null ? "" : AUDIT + MIRROR;
    try (Journey journey = Journey.asSuperuser(TABLES + ALL_THE_SAME + more)) {
      journey
          .submitted(choice == null ? NOTHING_SAID : saying(choice))
          .promoted("x", StageName.BACKFILL);
      assertThat(journey.rows("SELECT name, count(*) FROM fired GROUP BY name ORDER BY name"))
          .containsExactlyElementsOf(
              List.of(fired.split(", ")).stream().map(name -> name + "|9").toList());
    }
  }

  @Test
  void thoseOfAPartitionAndForStatementsCount() throws SQLException {
    try (Journey journey =
        Journey.on(
            TABLES
                + """
                CREATE TABLE parts (id int PRIMARY KEY, total int) PARTITION BY RANGE (id);
                CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (10);
                CREATE TRIGGER of_part AFTER UPDATE ON part FOR EACH ROW EXECUTE FUNCTION fired();
                CREATE TRIGGER once AFTER UPDATE ON parts FOR EACH STATEMENT EXECUTE FUNCTION fired();
                """)) {
      assertThat(journey.submit(NOTHING_SAID.replace("orders", "parts")))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              it ->
                  assertThat(it.refusal().reasons().get(0).message())
                      .contains(": once, of_part; with"));
    }
  }

  /** Both sides of a move: the backfill writes the one, and the sync what is in the other. */
  @Test
  void ofTwoTablesBothAreAsked() throws SQLException {
    try (Journey journey =
        Journey.on(
            TABLES
                + """
                CREATE TABLE notes (id int PRIMARY KEY REFERENCES orders, note text);
                CREATE TRIGGER by_total AFTER UPDATE OF total ON orders FOR EACH ROW EXECUTE FUNCTION fired();
                CREATE TRIGGER made AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION fired();
                """)) {
      assertThat(
              journey.submit(
                  """
                  change: x
                  operations:
                    - move_columns: {table: orders, to: notes, columns: [total], where: {id: id}}
                  """))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              it ->
                  assertThat(it.refusal().reasons())
                      .filteredOn(reason -> reason.code().equals("user-triggers"))
                      .extracting(Refusal.Reason::object)
                      .containsExactly("public.orders", "public.notes"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER late AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION fired()",
        // It can name the new column by now.
        """
        DO $$ BEGIN
          EXECUTE (SELECT format('CREATE TRIGGER late AFTER UPDATE OF %I ON orders FOR EACH ROW'
                                 ' EXECUTE FUNCTION fired()', attname)
                   FROM pg_attribute WHERE attname LIKE 'gatefold%new');
        END $$"""
      })
  void oneThatCameMeanwhileStopsTheStageBeforeTheFirstRow(String comes) throws SQLException {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(NOTHING_SAID).promoted("x", StageName.EXPAND);
      journey.sql(comes);
      assertThat(journey.promote("x", StageName.BACKFILL))
          .isInstanceOfSatisfying(
              Outcome.Blocked.class,
              it ->
                  assertThat(it.evidence().findings())
                      .filteredOn(finding -> finding.check().equals("triggers public.orders"))
                      .singleElement()
                      .satisfies(
                          finding ->
                              assertThat(finding.detail())
                                  .startsWith("the file does not say whether these triggers")
                                  .contains(" a row: late; with")));
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.EXPANDED);
      assertThat(journey.rows("SELECT count(*) FROM gatefold.backfill")).containsExactly("0");

      journey.sql("DROP TRIGGER late ON orders");
      assertThat(journey.promote("x", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void oneThatCameMeanwhileDoesAsTheFileSays() throws SQLException {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(saying("fire")).promoted("x", StageName.EXPAND);
      journey.sql(AUDIT);
      assertThat(journey.promote("x", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM fired")).containsExactly("9");
    }
  }
}
