package dev.gatefold.executor.cli;

import dev.gatefold.executor.timetable.Cron;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.StandaloneBackfill;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file as the user named it, with its text. */
record InputFile(String name, String text) {

  static InputFile read(Call call, String name) {
    return read(call, name, "Check the name, or make one: gatefold new NAME");
  }

  /**
   * Reads a file of another sort.
   *
   * @param cure what to do where there is none
   */
  static InputFile read(Call call, String name, String cure) {
    Path path = call.surroundings().folder().resolve(name);
    try {
      return new InputFile(name, Files.readString(path));
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("there is no file " + name, cure);
    } catch (CharacterCodingException e) {
      throw CommandFailure.usage(name + " is no text in UTF-8", "Save it as UTF-8.");
    } catch (IOException e) {
      throw CommandFailure.usage(
          "cannot read " + name + (Files.isDirectory(path) ? ": it is a folder" : ""),
          "Name a file that this user may read.");
    }
  }

  StandaloneBackfill backfill() throws ChangeFileException {
    return BackfillFile.read(name, text, Cron::check);
  }

  Change change() throws ChangeFileException {
    return ChangeFile.read(name, text);
  }
}
