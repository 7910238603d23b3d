package dev.gatefold.executor.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Trials on databases of their own: a schema, a change, and what came of it. */
public final class Proof {

  private Proof() {}

  /** A trial of the change on the schema, among these writers. */
  public static Report of(String schema, String change, Writer... writers)
      throws SQLException, InterruptedException {
    try (TestDatabase database = TestDatabase.forSuperuser()) {
      database.execute(schema);
      return new Trial(DatabaseUrl.parse(database.url()), List.of(writers))
          .run(read(change), change);
    }
  }

  private static Change read(String change) {
    try {
      return ChangeFile.read("change.yaml", change);
    } catch (ChangeFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /**
   * The same among an application of the old and one of the new version, as `gatefold test` has.
   */
  public static Report amongApplications(String schema, String change)
      throws SQLException, InterruptedException {
    return of(schema, change, new SampleWriter());
  }

  /** The catalog of a twin on which the direct DDL ran. */
  public static DatabasePicture twin(String schema, String ddl) throws SQLException {
    try (TestDatabase database = TestDatabase.forSuperuser()) {
      database.execute(schema);
      database.execute(ddl);
      try (Connection connection = database.connect()) {
        return DatabasePicture.take(connection);
      }
    }
  }

  /** All is well, and the end is what the direct DDL makes of a twin. */
  public static void holds(String schema, String change, String ddl, Writer... writers)
      throws SQLException, InterruptedException {
    Report report = of(schema, change, writers);
    assertThat(report.findings()).extracting(Finding::toString).isEmpty();
    DatabasePicture.Difference difference = twin(schema, ddl).to(report.end());
    assertThat(String.join("\n", difference.words())).as("other than the direct DDL").isEmpty();
  }
}
