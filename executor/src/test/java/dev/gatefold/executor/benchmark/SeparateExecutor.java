package dev.gatefold.executor.benchmark;

import dev.gatefold.executor.crash.ExecutorProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An executor in a process of its own, which runs the stage {@code backfill} to its end. */
final class SeparateExecutor implements AutoCloseable {

  private final Process process;

  private SeparateExecutor(Process process) {
    this.process = process;
  }

  static SeparateExecutor start(String url) throws IOException {
    return new SeparateExecutor(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As ./gatefold does.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredExecutor.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** It does nothing at all from now on, and its connections stay open. */
  void stop() throws IOException, InterruptedException {
    ExecutorProcess.signal(process, "STOP");
  }

  void goOn() throws IOException, InterruptedException {
    ExecutorProcess.signal(process, "CONT");
  }

  /** What it says of itself, once it is done. */
  String finished() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the executor failed: " + output);
    }
    return output;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
