package dev.gatefold.executor.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A {@link CrashingExecutor} as seen by whoever commands and kills it. */
public final class ExecutorProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final PrintWriter input;

  private ExecutorProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  public static ExecutorProcess start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingExecutor.class.getName());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ExecutorProcess(builder.start());
  }

  /** One that is commanded at once: change, verb, argument; it stands still after a step. */
  public static ExecutorProcess start(String url, List<String> command, String standStillAfter)
      throws IOException {
    ExecutorProcess process = start();
    boolean back = command.get(1).equals("rollback");
    process.send(
        Command.of(
                url,
                command.get(0),
                back ? Command.Verb.ROLLBACK : Command.Verb.PROMOTE,
                back ? "" : command.get(2))
            .standingStillAt(standStillAfter.isEmpty() ? "" : "done " + standStillAfter, 0));
    return process;
  }

  public void send(Command command) {
    input.println(command.line());
  }

  /** Lets it go on from where it stands still. */
  public void goOn() {
    input.println("go");
  }

  /** The next line that it says; empty where the process ended. */
  public Optional<String> next() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  /** Reads lines until one fits; empty where the process ends before. */
  public Optional<String> await(Predicate<String> line) throws IOException {
    for (Optional<String> next = next(); next.isPresent(); next = next()) {
      if (line.test(next.get())) {
        return next;
      }
    }
    return Optional.empty();
  }

  /** SIGKILL: no handler runs, no socket is shut down in an orderly way. */
  public void kill() throws InterruptedException {
    // By its handle: what it said until then stays to be read.
    process.toHandle().destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
  }

  /** SIGSTOP: it stands still wherever it is, its connections stay open. */
  public void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    signal(process, name);
  }

  /** Sends a signal by its name, without SIG, to a process of this machine. */
  public static void signal(Process process, String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -" + name + " ended with " + exit);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
