package dev.gatefold.executor.cli;

import dev.gatefold.executor.snapshot.SnapshotPlanning;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.snapshot.SnapshotFile;
import java.io.IOException;
import java.sql.SQLException;

/** Plans from the file of a snapshot. */
final class SnapshotFiles {

  private SnapshotFiles() {}

  static Planning plan(Call call, String name, InputFile input)
      throws ChangeFileException, SQLException {
    call.requireNoDatabase("--schema");
    InputFile file = InputFile.read(call, name, "Make one: gatefold schema snapshot -f " + name);
    ConsoleLog.showWarningsOnly(call.debug());
    try {
      return new SnapshotPlanning(SnapshotFile.read(name, file.text()))
          .plan(input.change(), input.text());
    } catch (IOException | IllegalStateException e) {
      throw CommandFailure.ownServer(e);
    }
  }
}
