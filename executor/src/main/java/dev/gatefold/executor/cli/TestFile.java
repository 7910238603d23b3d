package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.text.TrialText;
import dev.gatefold.executor.cli.text.Wording;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.TrialShape;
import dev.gatefold.executor.trial.Report;
import dev.gatefold.executor.trial.SampleWriter;
import dev.gatefold.executor.trial.Trial;
import dev.gatefold.executor.trial.copy.SampleRows;
import dev.gatefold.executor.trial.copy.TrialCopy;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import dev.gatefold.planner.snapshot.SnapshotReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries a change on a copy, through all stages and back; changes nothing. */
@Command(
    name = "test",
    description =
        "Runs the whole change, there and back, on a PostgreSQL of Gatefold's own with the live"
            + " schema and sample rows, and compares locks, catalog and rows; changes nothing.")
final class TestFile extends Verb {

  @Parameters(paramLabel = "FILE", description = "The change file.")
  private String file;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many rows of each table to take along (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--schema",
      paramLabel = "SNAPSHOT",
      description = {
        "Takes the schema from a file that gatefold schema snapshot wrote; there are no rows then.",
        "Needs no database."
      })
  private @Nullable String schema;

  TestFile(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    if (rows < 0) {
      throw CommandFailure.usage("--rows " + rows + " is less than nothing", "Name a number.");
    }
    InputFile input = InputFile.read(call, file);
    ConsoleLog.showWarningsOnly(call.debug());
    List<String> unread = new ArrayList<>();
    try (TrialCopy copy = schema == null ? live(call, input, unread) : saved(call, input, unread)) {
      return tried(call, copy, input, unread);
    }
  }

  /** The database is left alone before the trial begins. */
  private TrialCopy live(Call call, InputFile input, List<String> unread) throws Exception {
    try (Connection live = new Database(call.database()).getConnection()) {
      TrialCopy copy = copy(SnapshotReader.read(live), input);
      try {
        fill(call, copy, live, unread);
        return copy;
      } catch (SQLException e) {
        copy.close();
        throw e;
      }
    } catch (SQLException e) {
      throw CommandFailure.database(call.database(), e);
    }
  }

  private void fill(Call call, TrialCopy copy, Connection live, List<String> unread)
      throws SQLException {
    SampleRows.Taken taken = copy.fill(live, rows);
    unread.addAll(taken.unseen());
    if (!call.json()) {
      call.console().line("Took " + Wording.count(taken.rows(), "row") + " along.");
    }
  }

  private TrialCopy saved(Call call, InputFile input, List<String> unread) throws Exception {
    SchemaSnapshot snapshot = SnapshotFiles.read(call, String.valueOf(schema));
    unread.add("rows: the snapshot of a schema has none, and nobody notices a scan of none");
    return copy(snapshot, input);
  }

  private static TrialCopy copy(SchemaSnapshot snapshot, InputFile input) throws Exception {
    try {
      return TrialCopy.of(snapshot, input.change(), input.text());
    } catch (IOException | IllegalStateException e) {
      throw CommandFailure.ownServer(e);
    }
  }

  private static int tried(Call call, TrialCopy copy, InputFile input, List<String> unread)
      throws Exception {
    if (!copy.missing().isEmpty()) {
      LeftOut first = copy.missing().get(0);
      throw CommandFailure.usage(
          "the copy lacks %s, which the tables of the change need: %s"
              .formatted(first.object(), first.why()),
          "Try the change on a database of your own that has it: gatefold up.");
    }
    Change change = input.change();
    Report report = new Trial(copy.url(), List.of(new SampleWriter())).run(change, input.text());
    if (report.refusal().isPresent()) {
      return call.finish(change.name(), new Outcome.Refused(report.refusal().get()));
    }
    List<String> unseen = new ArrayList<>(unread);
    unseen.add("other versions of PostgreSQL than %d, on which this ran".formatted(copy.version()));
    if (call.json()) {
      call.print(TrialShape.of(report, unseen));
    } else {
      TrialText.print(call.console(), report, unseen);
    }
    return ExitCode.of(report);
  }
}
