package dev.gatefold.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    return ended(start(args));
  }

  /** In a folder, with some variables set. */
  static Ended run(Path folder, Map<String, String> variables, String... args)
      throws IOException, InterruptedException {
    return ended(start(folder, variables, args));
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  /** Both streams go to the one that the process hands out. */
  static Process start(String... args) throws IOException {
    return start(Path.of("."), Map.of(), args);
  }

  static Process start(Path folder, Map<String, String> variables, String... args)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            JAR.toAbsolutePath().toString()));
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().remove("GATEFOLD_URL");
    builder.environment().putAll(variables);
    builder.directory(folder.toFile());
    return builder.start();
  }
}
