package dev.gatefold.executor.cli;

import dev.gatefold.executor.migration.Ways;
import dev.gatefold.executor.snapshot.SnapshotPlanning;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SnapshotFile;
import java.io.IOException;
import java.sql.SQLException;

/** Reads the file of a snapshot, and plans from it. */
final class SnapshotFiles {

  private SnapshotFiles() {}

  static SchemaSnapshot read(Call call, String name) throws ChangeFileException {
    call.requireNoDatabase("--schema");
    InputFile file = InputFile.read(call, name, "Make one: gatefold schema snapshot -f " + name);
    return SnapshotFile.read(name, file.text());
  }

  static Ways ways(Call call, String name, InputFile input)
      throws ChangeFileException, SQLException {
    SchemaSnapshot snapshot = read(call, name);
    ConsoleLog.showWarningsOnly(call.debug());
    try {
      return new SnapshotPlanning(snapshot).ways(input.change(), input.text());
    } catch (IOException | IllegalStateException e) {
      throw CommandFailure.ownServer(e);
    }
  }
}
