package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

/** The table of the sync where a side has more than one column: any is set, all agree. */
class SyncGroupTest {

  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=('[^']*'|[^,]+)");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "SPLIT; note='x'; x 0|x|0; x 0|x|0; x 0|x|0",
        "SPLIT; s='a 7'; a 7|a|7; a 7|a|7; a 7|a|7",
        "SPLIT; s='a 7', f=NULL, n=NULL; a 7|a|7; a 7|a|7; a 7|a|7",
        "SPLIT; s=NULL; null|null|null; null|null|null; null|null|null",
        // One of the two images can be made: the row is filled wholly or not at all.
        "SPLIT; s='abc'; abc|null|null; GF001; GF001",
        "SPLIT; f='x', n=0; x 0|x|0; x 0|x|0; x 0|x|0",
        "SPLIT; f='b', n=1; GF002; GF002; b 1|b|1",
        "SPLIT; f='x'; GF002; GF002; null|x|null",
        "SPLIT; n=0; GF002; GF002; null|null|0",
        "SPLIT; s=NULL, f='b', n=1; GF002; GF002; b 1|b|1",
        "SPLIT; f='muchtoolong', n=1; GF002; GF002; GF004",
        "SPLIT; s='a 7', f='a', n=7; a 7|a|7; a 7|a|7; a 7|a|7",
        "SPLIT; s='a 7', f='a'; GF002; GF002; GF003",
        "SPLIT; s='a 7', n=7; GF002; GF002; GF003",
        "SPLIT; s='a 7', f='a', n=8; GF002; GF002; GF003",
        // The old value is the image of the new ones, which are not that of the old one.
        "SPLIT; s='a b 1', f='a b', n=1; GF002; GF002; a b 1|a b|1",
        "MERGE; note='x'; d|1|d/1; d|1|d/1; d|1|d/1",
        "MERGE; a='x'; x|1|x/1; x|1|x/1; x|1|x/1",
        "MERGE; b=7; d|7|d/7; d|7|d/7; d|7|d/7",
        "MERGE; a='x', b=7, c=NULL; x|7|x/7; x|7|x/7; x|7|x/7",
        "MERGE; a='abc', b=100; abc|100|null; GF001; GF001",
        "MERGE; c='d/1'; d|1|d/1; d|1|d/1; d|1|d/1",
        "MERGE; c='x/2'; GF002; GF002; x|2|x/2",
        "MERGE; a=NULL, c='x/2'; GF002; GF002; x|2|x/2",
        "MERGE; c='x/y'; GF002; GF002; GF004",
        "MERGE; c='long/1'; GF002; GF002; GF004",
        "MERGE; a='x', c='x/1'; x|1|x/1; x|1|x/1; x|1|x/1",
        "MERGE; b=2, c='d/2'; d|2|d/2; d|2|d/2; d|2|d/2",
        "MERGE; a='x', c='x/2'; GF002; GF002; GF003",
        "MERGE; b=3, c='x/3'; GF002; GF002; GF003",
        "MERGE; a='x', b=1, c='x/01'; GF002; GF002; x|1|x/01",
        "MERGE; a='y', b=1, c='x/01'; GF002; GF002; GF003",
      })
  void anInsert(SampleGroup sample, String write, String fill, String strict, String both)
      throws SQLException {
    String columns = ASSIGNMENT.matcher(write).replaceAll("$1");
    String values = ASSIGNMENT.matcher(write).replaceAll("$2");
    String insert = "INSERT INTO t (id, %s) VALUES (1, %s)".formatted(columns, values);
    Map<SyncMode, String> outcomes =
        Map.of(SyncMode.FILL, fill, SyncMode.STRICT, strict, SyncMode.BOTH, both);
    for (SyncMode mode : SyncMode.values()) {
      try (SyncSession session = SyncSession.open()) {
        session.run(sample.createTable());
        session.sync(SyncFixture.sync(sample.group(DownFailure.REFUSE)), mode);
        assertThat(outcome(session, sample, insert)).as("%s", mode).isEqualTo(outcomes.get(mode));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "SPLIT; a 7|null|null; note='x'; a 7|a|7; a 7|a|7; a 7|null|null",
        "SPLIT; abc|null|null; note='x'; abc|null|null; abc|null|null; abc|null|null",
        // What is there in part was written so, or is NULL for good: it is not made anew.
        "SPLIT; a 7|b|null; note='x'; a 7|b|null; a 7|b|null; a 7|b|null",
        "SPLIT; a b 1|a b|1; note='x'; a b 1|a b|1; a b 1|a b|1; a b 1|a b|1",
        "SPLIT; a 7|a|7; s='b 8'; b 8|b|8; b 8|b|8; b 8|b|8",
        "SPLIT; a 7|a|7; s=NULL; null|null|null; null|null|null; null|null|null",
        "SPLIT; a 7|a|7; s='abc'; abc|null|null; GF001; GF001",
        "SPLIT; a 7|null|null; f='a', n=7; a 7|a|7; a 7|a|7; a 7|a|7",
        "SPLIT; a 7|a|7; n=8; GF002; GF002; a 8|a|8",
        "SPLIT; a 7|a|7; f='b'; GF002; GF002; b 7|b|7",
        "SPLIT; a 7|a|7; n=NULL; GF002; GF002; null|a|null",
        "SPLIT; a 7|a|7; f='muchtoolong'; GF002; GF002; GF004",
        "SPLIT; a 7|a|7; s='b 8', f='b', n=8; b 8|b|8; b 8|b|8; b 8|b|8",
        "SPLIT; a 7|a|7; s='b 8', n=8; GF002; GF002; GF003",
        "SPLIT; a 7|a|7; s='a b 1', f='a b', n=1; GF002; GF002; a b 1|a b|1",
        "MERGE; x|2|null; note='x'; x|2|x/2; x|2|x/2; x|2|null",
        "MERGE; x|2|x/2; b=3; x|3|x/3; x|3|x/3; x|3|x/3",
        "MERGE; x|2|x/2; a='y'; y|2|y/2; y|2|y/2; y|2|y/2",
        "MERGE; x|2|x/2; a=NULL; null|2|null; null|2|null; null|2|null",
        "MERGE; x|2|x/2; b=1000000; x|1000000|null; GF001; GF001",
        "MERGE; x|1|x/01; a='y'; y|1|y/1; y|1|y/1; y|1|y/1",
        "MERGE; x|2|x/2; c='y/3'; GF002; GF002; y|3|y/3",
        "MERGE; x|2|x/2; c='x/3'; GF002; GF002; x|3|x/3",
        "MERGE; x|2|x/2; c='y/z'; GF002; GF002; GF004",
        "MERGE; x|2|x/2; b=3, c='x/3'; x|3|x/3; x|3|x/3; x|3|x/3",
        "MERGE; x|2|x/2; b=3, c='x/4'; GF002; GF002; GF003",
        "MERGE; x|2|x/2; b=3, c='x/03'; GF002; GF002; x|3|x/03",
        "MERGE; x|2|x/2; a='y', b=3, c='y/3'; y|3|y/3; y|3|y/3; y|3|y/3",
        // The key: what is wrong is made right, and refused where nobody knows from which side.
        "SPLIT; a 7|b|7; id=9; a 7|a|7; a 7|a|7; GF003",
        "SPLIT; a b 1|a b|1; id=9; a b 1|a b|1; a b 1|a b|1; a b 1|a b|1",
        "SPLIT; abc|b|7; id=9; abc|null|null; GF001; GF003",
        "MERGE; x|2|x/3; id=9; x|2|x/2; x|2|x/2; GF003",
        "MERGE; x|1|x/01; id=9; x|1|x/01; x|1|x/01; x|1|x/01",
      })
  void anUpdate(
      SampleGroup sample, String start, String write, String fill, String strict, String both)
      throws SQLException {
    Map<SyncMode, String> outcomes =
        Map.of(SyncMode.FILL, fill, SyncMode.STRICT, strict, SyncMode.BOTH, both);
    for (SyncMode mode : SyncMode.values()) {
      assertThat(updated(sample, start, write, mode, DownFailure.REFUSE))
          .as("%s", mode)
          .isEqualTo(outcomes.get(mode));
    }
  }

  /** All old values are given up together: half of them would not be the image of anything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "SPLIT; a 7|a|7; f='muchtoolong'; null|muchtoolong|7",
        "MERGE; x|2|x/2; c='y/z'; null|null|y/z",
        "MERGE; x|2|x/2; c='long/4'; null|null|long/4",
        "MERGE; null|null|y/z; id=9; null|null|y/z",
        "MERGE; x|null|y/z; id=9; GF003",
        "MERGE; null|null|y/z; c='y/3'; y|3|y/3",
      })
  void aWriteWithoutAWayBackWhereThatIsGivenUp(
      SampleGroup sample, String start, String write, String outcome) throws SQLException {
    assertThat(updated(sample, start, write, SyncMode.BOTH, DownFailure.STORE_NULL))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "SPLIT; s; 'a 1'; s = 'b 2'; b 2|b|2",
        "SPLIT; f, n; 'a', 1; n = 2; a 2|a|2",
        "SPLIT; s; 'a 1'; n = 2; a 2|a|2",
        "MERGE; a; 'x'; b = 2; x|2|x/2",
        "MERGE; c; 'x/1'; c = 'y/2'; y|2|y/2",
        "MERGE; c; 'x/1'; a = 'y'; y|1|y/1",
      })
  void anUpsertInsertsAndThenUpdates(
      SampleGroup sample, String columns, String values, String update, String outcome)
      throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(sample.createTable());
      session.sync(SyncFixture.sync(sample.group(DownFailure.REFUSE)), SyncMode.BOTH);
      String upsert =
          "INSERT INTO t (id, %s) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET %s"
              .formatted(columns, values, update);
      session.run(upsert);
      assertThat(outcome(session, sample, upsert)).isEqualTo(outcome);
    }
  }

  private static String updated(
      SampleGroup sample, String start, String write, SyncMode mode, DownFailure onDownFailure)
      throws SQLException {
    try (SyncSession session = SyncSession.open()) {
      session.run(sample.createTable());
      String values =
          Stream.of(start.split("\\|", -1))
              .map(value -> value.equals("null") ? "NULL" : "'" + value + "'")
              .collect(Collectors.joining(", "));
      session.run("INSERT INTO t (id, %s) VALUES (1, %s)".formatted(sample.names(), values));
      session.sync(keyed(sample, onDownFailure), mode);
      return outcome(session, sample, "UPDATE t SET " + write);
    }
  }

  private static SyncSpec keyed(SampleGroup sample, DownFailure onDownFailure) {
    SyncSpec plain = SyncFixture.sync(sample.group(onDownFailure));
    return new SyncSpec(
        plain.change(),
        plain.table(),
        plain.oid(),
        plain.rowsMove(),
        plain.token(),
        List.of(SyncFixture.side("id", SyncFixture.INTEGER)),
        plain.groups(),
        plain.limits());
  }

  private static String outcome(SyncSession session, SampleGroup sample, String sql)
      throws SQLException {
    try {
      session.run(sql);
    } catch (PSQLException e) {
      return String.valueOf(e.getSQLState());
    }
    return String.join(" and ", session.rows("SELECT " + sample.names() + " FROM t"));
  }
}
