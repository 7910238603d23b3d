package dev.gatefold.executor.standalone;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.plan.StandalonePlan.Looks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Goes through the rows of a run once more, for those that an application moved along the key,
 * until none of them needed to be written. Not thread-safe.
 */
final class Looking {

  private final Connection connection;
  private final long run;
  private final Looks looks;
  private final RunStore runs = new RunStore();

  Looking(Connection connection, long run, Looks looks) {
    this.connection = connection;
    this.run = run;
    this.looks = looks;
  }

  /**
   * How often that was done, and what the last time brought.
   *
   * @param written rows in the last look, as far as its workers said
   */
  private record Done(int looks, long written) {

    boolean foundNone() {
      return looks > 0 && written == 0;
    }
  }

  /**
   * All rows were passed: makes them be gone through once more, and answers in words which time.
   */
  Optional<String> again() throws SQLException {
    Done done = done();
    if (done.foundNone() || done.looks() >= looks.most()) {
      return Optional.empty();
    }
    Transaction.run(connection, () -> runs.lookAgain(connection, run));
    return Optional.of(
        "all rows are passed; looking for some that were moved meanwhile (%d of at most %d times)"
            .formatted(done.looks() + 1, looks.most()));
  }

  /** What may have been left out, for people; empty where nothing is. */
  String warning() throws SQLException {
    return looks.most() == 0 || done().foundNone()
        ? looks.warning()
        : "Applications moved rows to the end: to find the last of them, run it once more.";
  }

  private Done done() throws SQLException {
    return Query.of(
            """
            SELECT r.looks, coalesce(sum(s.rows_written), 0) - r.written_before
            FROM gatefold.standalone_run r
            LEFT JOIN gatefold.speed s ON s.subject = ? AND s.subject_id = r.id
            WHERE r.id = ? GROUP BY r.id""",
            Subject.run(run).kind(),
            run)
        .first(connection, row -> new Done(row.getInt(1), row.getLong(2)))
        .orElseThrow();
  }
}
