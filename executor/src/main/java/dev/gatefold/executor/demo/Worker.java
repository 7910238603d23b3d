package dev.gatefold.executor.demo;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gatefold as a process of its own, which can be killed. */
final class Worker implements AutoCloseable {

  private final Process process;
  private final Path output;

  private Worker(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Worker start(List<String> gatefold, String url, String... verb) throws IOException {
    List<String> command = new ArrayList<>(gatefold);
    command.addAll(List.of(verb));
    Path output = Files.createTempFile("gatefold-demo", ".log");
    output.toFile().deleteOnExit();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("GATEFOLD_URL", url);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Worker(builder.start(), output);
  }

  long pid() {
    return process.pid();
  }

  boolean ended() {
    return !process.isAlive();
  }

  /** As {@code kill -9}: the process gets no chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Once it has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** What it printed. */
  String output() throws IOException {
    return Files.readString(output, Charset.defaultCharset()).strip();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
