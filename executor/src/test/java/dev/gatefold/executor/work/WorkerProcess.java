package dev.gatefold.executor.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.cli.GatefoldMain;
import dev.gatefold.executor.crash.ExecutorProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code gatefold work} in a process of its own, as people start it. */
final class WorkerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final List<String> said = new ArrayList<>();

  private WorkerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static WorkerProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath(),
                GatefoldMain.class.getName(),
                "work"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    return new WorkerProcess(builder.start());
  }

  /** Of absolute paths, for it runs in a folder of its own. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Reads on until it says such a line. */
  void await(Predicate<String> wanted) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (wanted.test(line)) {
        return;
      }
    }
    throw new AssertionError("the worker ended without the line that was waited for: " + said);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
  }

  /** SIGSTOP: its sessions stay, and it does not say another word. */
  void stop() throws Exception {
    ExecutorProcess.signal(process, "STOP");
  }

  void goOn() throws Exception {
    ExecutorProcess.signal(process, "CONT");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM; answers what it said, all in all. */
  List<String> terminate() throws Exception {
    process.toHandle().destroy();
    return ended();
  }

  /** What it said, once it has ended by itself. */
  List<String> ended() throws Exception {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  String commandLine() {
    return process.info().commandLine().orElse("");
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
