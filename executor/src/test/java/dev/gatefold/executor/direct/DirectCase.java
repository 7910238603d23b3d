package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.trial.Proof;
import dev.gatefold.executor.trial.Report;
import dev.gatefold.executor.trial.Writer;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A change that goes there and back and there again, stage by stage, with every lock witnessed, and
 * then to its end, where the whole catalog must be that of a twin to which somebody gave the direct
 * DDL.
 */
final class DirectCase {

  private final String schema;
  private final String operations;
  private final String keys;
  private final Writer[] writers;

  private DirectCase(String schema, String operations, String keys, Writer... writers) {
    this.schema = schema;
    this.operations = operations;
    this.keys = keys;
    this.writers = writers;
  }

  /**
   * A case.
   *
   * @param operations the list of the change file, each line with its dash
   */
  static DirectCase of(String schema, String operations) {
    return new DirectCase(schema, operations, "");
  }

  /** The same by plain DDL, in one stage. */
  DirectCase straight() {
    return new DirectCase(schema, operations, "straight: when_small\n", writers);
  }

  /** The major version that the cases run on. */
  static int serverVersion() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      return Integer.parseInt(database.queryLines("SHOW server_version_num").get(0)) / 10_000;
    }
  }

  /** The same while applications write. */
  DirectCase among(Writer... others) {
    return new DirectCase(schema, operations, keys, others);
  }

  /** Drives it through every stage and compares with the direct DDL. */
  void equals(String directDdl) throws SQLException, InterruptedException {
    assertThat(run().end()).isEqualTo(Proof.twin(schema, directDdl));
  }

  /** The same but for lines in which a pattern is found: names that the server chooses. */
  void equalsApartFrom(String pattern, String directDdl) throws SQLException, InterruptedException {
    assertThat(without(pattern, run().end()))
        .isEqualTo(without(pattern, Proof.twin(schema, directDdl)));
  }

  private static List<String> without(String pattern, DatabasePicture picture) {
    return picture.lines().stream()
        .filter(Pattern.compile(pattern).asPredicate().negate())
        .toList();
  }

  /** Why the planner refuses it: code, object and message of each reason. */
  List<String> refusals() throws SQLException, InterruptedException {
    return Proof.of(schema, file()).refusal().orElseThrow().reasons().stream()
        .map(reason -> reason.code() + ": " + reason.object() + ": " + reason.message())
        .toList();
  }

  /** Drives it through every stage to an end that is not compared. */
  Report run() throws SQLException, InterruptedException {
    Report report = Proof.of(schema, file(), writers);
    assertThat(report.refusal()).isEmpty();
    assertThat(report.findings()).isEmpty();
    return report;
  }

  private String file() {
    return "change: direct\noperations:\n" + operations.indent(2) + keys;
  }
}
