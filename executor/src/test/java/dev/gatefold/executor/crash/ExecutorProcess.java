package dev.gatefold.executor.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A {@link CrashingExecutor} as seen by whoever kills it. */
public final class ExecutorProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ExecutorProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static ExecutorProcess start(String url, List<String> command, String standStillAfter)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingExecutor.class.getName(),
            url,
            command.get(0),
            command.get(1),
            command.get(2),
            standStillAfter);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ExecutorProcess(builder.start());
  }

  /** Reads lines until one fits; empty where the process ends before. */
  public Optional<String> await(Predicate<String> line) throws IOException {
    for (String next = output.readLine(); next != null; next = output.readLine()) {
      if (line.test(next)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** SIGKILL: no handler runs, no socket is shut down in an orderly way. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
