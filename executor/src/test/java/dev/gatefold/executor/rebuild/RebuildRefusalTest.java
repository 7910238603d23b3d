package dev.gatefold.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would not come along to the new table is refused by name. */
@TestInstance(Lifecycle.PER_CLASS)
class RebuildRefusalTest {

  private static final String HASHED =
      "partition_by: hash (id), partitions: [{name: p0, values: 'with (modulus 1, remainder 0)'}]";

  private Journey journey;

  @BeforeAll
  void start() throws SQLException {
    journey =
        Journey.asSuperuser(
            """
            CREATE TABLE plain (id int PRIMARY KEY, a int, b int);
            CREATE TABLE keyless (id int);
            CREATE TABLE oddly (id interval PRIMARY KEY, a int);
            CREATE TABLE uniquely (id int PRIMARY KEY, a int UNIQUE);
            CREATE TABLE parted (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);
            CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY, a int);
            CREATE TABLE parents (id int PRIMARY KEY, a int);
            CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents);
            CREATE TABLE viewed (id int PRIMARY KEY, a int);
            CREATE VIEW seen AS SELECT a FROM viewed;
            CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE triggered (id int PRIMARY KEY, a int);
            CREATE TRIGGER pull BEFORE INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION fire();
            CREATE TABLE hidden (id int PRIMARY KEY, a int);
            CREATE POLICY nobody ON hidden USING (false);
            CREATE TABLE counted (id int PRIMARY KEY, a int, b int);
            CREATE STATISTICS pairs ON a, b FROM counted;
            CREATE TABLE sent (id int PRIMARY KEY, a int);
            CREATE PUBLICATION letters FOR TABLE sent;
            CREATE TABLE whole (id int PRIMARY KEY, a int);
            ALTER TABLE whole REPLICA IDENTITY FULL;
            CREATE TABLE doubted (id int PRIMARY KEY, a int);
            ALTER TABLE doubted ADD CONSTRAINT maybe CHECK (a > 0) NOT VALID;
            CREATE TABLE deferred (id int PRIMARY KEY, a int UNIQUE DEFERRABLE);
            CREATE TABLE ordered (id int PRIMARY KEY, a int);
            ALTER TABLE ordered CLUSTER ON ordered_pkey;
            CREATE TABLE p9 (id int);
            """);
  }

  @AfterAll
  void stop() throws SQLException {
    journey.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "table: plain, primary_key: [a] ! does not have id",
        "table: plain, primary_key: [id, nope] ! nope",
        "table: plain, partition_by: range (nope), partitions: [{name: p1, values: default}] ! nope",
        "table: plain, partition_by: range (a), partitions: [{name: p1, values: default}] ! partitioning columns",
        "table: plain, partition_by: hash (id), partitions: [{name: p9, values: 'with (modulus 1, remainder 0)'}] ! p9 already",
        "table: plain, partition_by: hash (id), partitions: [{name: p1, values: 'with (modulus 1, remainder 0); DROP TABLE plain'}] ! semicolon",
        "table: gone, primary_key: [id] ! gone",
        "table: keyless, primary_key: [id] ! no primary key",
        "table: oddly, primary_key: [id, a] ! interval",
        "table: uniquely, %s ! unique constraint",
        "table: parted, %s ! partitions already",
        "table: fleeting, %s ! unlogged",
        "table: parents, %s ! children",
        "table: children, %s ! foreign key children_parent_fkey",
        "table: viewed, %s ! view public.seen",
        "table: triggered, %s ! trigger pull",
        "table: hidden, %s ! policy nobody",
        "table: counted, %s ! pairs",
        "table: sent, %s ! publication letters",
        "table: whole, %s ! replica identity",
        "table: doubted, %s ! maybe",
        "table: deferred, primary_key: [id, a] ! can be deferred",
        "table: ordered, %s ! CLUSTER"
      })
  void whatStaysBehindIsRefused(String operation, String why) throws SQLException {
    assertThat(refusal(operation, "sync: cdc")).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {"sync: trigger ! sync: cdc", "{sync: cdc, retire: revoke} ! retire"})
  void whatDoesNotGoWithItIsRefused(String setting, String why) throws SQLException {
    assertThat(refusal("table: plain, %s", setting)).contains(why);
  }

  private String refusal(String operation, String settings) throws SQLException {
    Outcome outcome =
        journey.submit(
            """
            change: x
            operations: [{rebuild_table: {%s}}]
            %s
            """
                .formatted(
                    operation.formatted(HASHED),
                    settings.replaceAll("[{}]", "").replace(", ", "\n")));
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome)
        .refusal().reasons().stream()
            .map(reason -> reason.object() + " " + reason.message() + " " + reason.cure())
            .collect(Collectors.joining("\n"));
  }
}
