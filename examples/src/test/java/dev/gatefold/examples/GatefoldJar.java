package dev.gatefold.examples;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the jar that the executor's build made. */
final class GatefoldJar {

  private static final Path JAR = Path.of("..", "executor", "target", "gatefold.jar");

  private GatefoldJar() {}

  /** Whether it has been built: {@code mvn test} alone makes no jar. */
  static boolean exists() {
    return Files.isRegularFile(JAR);
  }

  /** How a command ended. */
  record Ended(int exitCode, String out) {}

  static Ended run(String... args) throws IOException, InterruptedException {
    Process process = start(args);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  /** Both streams go to the one that the process hands out. */
  static Process start(String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().remove("GATEFOLD_URL");
    builder.directory(new File("."));
    return builder.start();
  }
}
