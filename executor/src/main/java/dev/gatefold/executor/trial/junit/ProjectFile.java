package dev.gatefold.executor.trial.junit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the project under test, as text. */
final class ProjectFile {

  private ProjectFile() {}

  /** From the folder of the build, or else from the class path of the test. */
  static String read(Class<?> test, String name) throws IOException {
    Path path = Path.of(name);
    if (Files.exists(path)) {
      return Files.readString(path);
    }
    ClassLoader loader = test.getClassLoader();
    try (InputStream resource = loader.getResourceAsStream(name)) {
      if (resource == null) {
        throw new FileNotFoundException(
            "there is no file %s, neither in %s nor on the class path"
                .formatted(name, Path.of("").toAbsolutePath()));
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
