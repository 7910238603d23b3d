package dev.gatefold.testing.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the text of the sources, which the class files no longer show. */
public final class SourceFiles {
  public static final Path MAIN = Path.of("src", "main", "java");
  public static final int MOST_LINES = 400;

  private SourceFiles() {}

  /** The files under the folder that have more than {@value #MOST_LINES} lines. */
  public static List<Path> tooLong(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && lines(file) > MOST_LINES)
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
