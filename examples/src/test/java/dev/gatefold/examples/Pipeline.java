package dev.gatefold.examples;

import dev.gatefold.executor.cli.GatefoldMain;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs the scripts of a pipeline, as its runner would. {@code gatefold} is the real one; {@code
 * kubectl} only writes down that it was called. Both say so in one file, in the order of the calls.
 */
final class Pipeline {

  private static final String GATEFOLD =
      """
      #!/bin/sh
      echo "gatefold $1 $3" >> "$CALLS"
      exec "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$CLASSES" %s "$@"
      """;

  private static final String KUBECTL =
      """
      #!/bin/sh
      echo "kubectl $1 $2" >> "$CALLS"
      """;

  private final Path folder;
  private final Map<String, String> environment;

  private Pipeline(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** In a folder of its own, where both tools are found before any others. */
  static Pipeline in(Path folder, Map<String, String> secrets) throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    tool(bin.resolve("gatefold"), GATEFOLD.formatted(GatefoldMain.class.getName()));
    tool(bin.resolve("kubectl"), KUBECTL);
    Map<String, String> environment = new HashMap<>(secrets);
    environment.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    environment.put("CLASSES", classes());
    return new Pipeline(folder, environment);
  }

  private static void tool(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String classes() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** How a script ended, with what it said. */
  record Ended(int exitCode, String said) {}

  Ended run(Map<String, String> more, List<String> command)
      throws IOException, InterruptedException {
    Process process = start(more, command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  /** Both streams go to the one that the process hands out. */
  Process start(Map<String, String> more, List<String> command) throws IOException {
    // By env, which looks for the tool on the path that it gets.
    List<String> line = new ArrayList<>(List.of("env"));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().remove("GATEFOLD_URL");
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    return builder.start();
  }

  /** Which tools were called, in order. */
  List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
