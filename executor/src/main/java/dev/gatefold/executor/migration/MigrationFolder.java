package dev.gatefold.executor.migration;

import dev.gatefold.executor.ddl.NextVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of migrations, with all folders in it, as Flyway reads them. */
public final class MigrationFolder {

  private final Path folder;

  public MigrationFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A file with the direct DDL of a change.
   *
   * @param file within the folder
   */
  public record Entry(Path file, State state) {

    /** How it came there. */
    public enum State {
      WRITTEN,
      /** It was there before, with the same statements. */
      KNOWN,
      /** It was there before, with other statements. */
      OTHER
    }
  }

  /**
   * Adds a migration under the next version, unless there is one for the change. A file that is
   * there is never touched: Flyway may have applied it somewhere, and holds its checksum.
   *
   * @param now for versions that tell the time
   */
  public Entry add(Migration migration, Instant now) throws IOException {
    List<Path> files = files();
    for (Path file : files) {
      Optional<String> marker = marker(migration, file);
      if (marker.isPresent()) {
        boolean same = marker.get().equals(migration.marker());
        return entry(file, same ? Entry.State.KNOWN : Entry.State.OTHER);
      }
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    Path file = folder.resolve(migration.fileName(NextVersion.after(names, now)));
    write(file, migration.text());
    return entry(file, Entry.State.WRITTEN);
  }

  private Entry entry(Path file, Entry.State state) {
    return new Entry(folder.relativize(file), state);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Optional<String> marker(Migration migration, Path file) throws IOException {
    if (!file.getFileName().toString().endsWith(".sql")) {
      return Optional.empty();
    }
    // Whatever the encoding, a line of ASCII is found.
    return Files.readString(file, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.startsWith(Migration.marker(migration.change())))
        .findFirst();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createFile(file);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      // Half a migration would pass for the one that was asked for.
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
