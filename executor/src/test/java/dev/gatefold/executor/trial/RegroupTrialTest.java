package dev.gatefold.executor.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A split and a merge go there, back and there again while old and new applications write. */
class RegroupTrialTest {

  private static final int ROWS = 400;

  private static final String COLUMNS =
      "(id int PRIMARY KEY, full_name text NOT NULL, street text, town text NOT NULL, note text)";

  private static final String ROWS_OF_IT =
      """
      INSERT INTO people SELECT i, 'f' || i || ' l' || i, 's' || i, 't' || i, 'n'
      FROM generate_series(0, 399) i;
      """;

  private static final String CHANGE =
      """
      change: people
      operations:
        - split_column:
            table: people
            column: full_name
            into:
              - {column: first_name, type: text, nullable: false, up: "split_part(full_name, ' ', 1)"}
              - {column: last_name, type: text, nullable: false, up: "split_part(full_name, ' ', 2)"}
            down: first_name || ' ' || last_name
        - merge_columns:
            table: people
            columns: [street, town]
            into: {column: place, type: "text[]", nullable: false, up: "ARRAY[street, town]"}
            down: {street: "place[1]", town: "place[2]"}
        - rename_column: {table: people, column: note, to: remark}
      """;

  private static final String DDL =
      """
      ALTER TABLE people ADD COLUMN first_name text, ADD COLUMN last_name text,
        ADD COLUMN place text[];
      UPDATE people SET first_name = '', last_name = '', place = '{}';
      ALTER TABLE people ALTER COLUMN first_name SET NOT NULL,
        ALTER COLUMN last_name SET NOT NULL, ALTER COLUMN place SET NOT NULL,
        DROP COLUMN full_name, DROP COLUMN street, DROP COLUMN town;
      ALTER TABLE people RENAME COLUMN note TO remark;
      """;

  private static final List<String> OLD =
      List.of(
          "UPDATE people SET full_name = 'a' || ? || ' b' WHERE id = ?",
          "UPDATE people SET town = 't' || ? WHERE id = ?",
          "UPDATE people SET street = 's' || ?, note = 'old' WHERE id = ?",
          """
          INSERT INTO people (full_name, street, town, id) VALUES ('x ' || ?, 's', 't', ?)
          ON CONFLICT (id) DO UPDATE SET full_name = excluded.full_name""");

  private static final List<String> NEW =
      List.of(
          "UPDATE people SET last_name = 'b' || ? WHERE id = ?",
          "UPDATE people SET place[2] = 't' || ? WHERE id = ?",
          "UPDATE people SET first_name = 'a' || ?, remark = 'new' WHERE id = ?",
          """
          INSERT INTO people (first_name, last_name, place, id)
          VALUES ('x' || ?, 'y', ARRAY['s', 't'], ?)
          ON CONFLICT (id) DO UPDATE SET place = excluded.place, last_name = excluded.last_name""");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE people " + COLUMNS + ";",
        "CREATE TABLE people "
            + COLUMNS
            + " PARTITION BY RANGE (id);"
            + " CREATE TABLE people_low PARTITION OF people FOR VALUES FROM (0) TO (200);"
            + " CREATE TABLE people_high PARTITION OF people FOR VALUES FROM (200) TO (1000);"
      })
  void bothShapesHoldTheSameWhoeverWrites(String table) throws Exception {
    AtomicLong written = new AtomicLong();
    Proof.holds(
        table + ROWS_OF_IT,
        CHANGE,
        DDL,
        (connection, version, state) -> write(connection, version, written));
    assertThat(written.get()).as("rows written").isPositive();
  }

  private static long write(Connection connection, Version version, AtomicLong written)
      throws SQLException {
    long rows = 0;
    for (String sql : version == Version.OLD ? OLD : NEW) {
      long number = written.incrementAndGet();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, String.valueOf(number));
        statement.setLong(2, number % (ROWS + 50));
        rows += statement.executeUpdate();
      }
    }
    return rows;
  }
}
