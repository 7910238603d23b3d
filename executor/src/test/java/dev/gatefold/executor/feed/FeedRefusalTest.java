package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.Refusal;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lagging column cannot keep is said when the change is planned. */
class FeedRefusalTest {

  private static final String SCHEMA =
      """
      CREATE TYPE mood AS ENUM ('sad', 'ok');
      CREATE TABLE parents (id int PRIMARY KEY, code int UNIQUE);
      CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents (code));
      CREATE TABLE t (
        id int PRIMARY KEY,
        a int, b int UNIQUE NULLS NOT DISTINCT, c int, d int GENERATED ALWAYS AS IDENTITY,
        e text, UNIQUE (a, c));
      CREATE TABLE parted (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);
      CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY, a int);
      CREATE TABLE plain (id int PRIMARY KEY, a int);
      CREATE TABLE priced (price numeric PRIMARY KEY, a int NOT NULL);
      CREATE TABLE keyless (a int);
      CREATE TABLE unsaid (id int PRIMARY KEY, a int);
      ALTER TABLE unsaid REPLICA IDENTITY NOTHING;
      CREATE TABLE whole (a int, b int);
      ALTER TABLE whole REPLICA IDENTITY FULL;
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          alter_column: {table: plain, column: a, type: bigint}    ! goes through Kafka; columns
          create_index: {table: plain, name: i, columns: [a]}      ! nothing in it is followed
          rebuild_table: {table: priced, primary_key: [price, a]}  ! written differently
          """)
  void whatDoesNotGoThroughKafkaIsRefused(String operation, String why) throws Exception {
    try (Journey journey = Journey.asSuperuser(SCHEMA)) {
      String yaml =
          "{change: x, operations: [{%s}], sync: cdc, feed: {through: kafka}}".formatted(operation);
      assertThat(journey.rollouts().plan(ChangeFile.read("x.yaml", yaml)))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal ->
                  assertThat(refusal.reasons())
                      .anySatisfy(reason -> assertThat(reason.message()).contains(why)));
    }
  }

  @Test
  void withoutKafkaNothingGoesThroughIt() throws SQLException {
    try (Journey journey = Journey.asSuperuser(SCHEMA)) {
      assertThat(
              journey.submit(
                  "{change: x, operations: [{rebuild_table: {table: t, primary_key: [id, e]}}],"
                      + " sync: cdc, feed: {through: kafka}}"))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons().get(0).message())
                      .contains("nobody says where that is"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          alter_column: {table: t, column: a, type: bigint}        ! would refuse rows that are unique
          alter_column: {table: t, column: b, type: bigint}        ! would refuse rows that are unique
          alter_column: {table: t, column: d, type: bigint}        ! does not go over to a column that lags
          alter_column: {table: t, column: id, type: bigint}       ! by the column the rows are known
          alter_column: {table: children, column: parent, type: bigint} ! ON DELETE CASCADE would delete
          alter_column: {table: parents, column: code, type: bigint} ! ON DELETE CASCADE would delete
          alter_column: {table: parted, column: a, type: bigint}   ! partitioned table
          alter_column: {table: fleeting, column: a, type: bigint} ! unlogged table
          alter_column: {table: keyless, column: a, type: bigint}  ! do not say which row
          alter_column: {table: unsaid, column: a, type: bigint}   ! do not say which row
          alter_column: {table: whole, column: a, type: bigint}    ! no unique key without NULLs
          """)
  void whatCannotLagIsRefused(String operation, String why) throws SQLException {
    try (Journey journey = Journey.asSuperuser(SCHEMA)) {
      assertThat(journey.submit("{change: x, operations: [{%s}], sync: cdc}".formatted(operation)))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons())
                      .anySatisfy(reason -> assertThat(reason.message()).contains(why)));
    }
  }
}
