package dev.gatefold.executor.feed;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One machine of {@link Appliers} in a process of its own, which can be killed. */
final class KafkaMachine implements AutoCloseable {

  private final Process process;

  private KafkaMachine(Process process) {
    this.process = process;
  }

  static KafkaMachine start(String url, String servers) throws IOException {
    return new KafkaMachine(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KafkaMachine.class.getName(),
                    url,
                    servers))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Works until its input ends: with whoever started it. */
  public static void main(String[] arguments) throws Exception {
    try (LiveRollouts machine =
        LiveRollouts.open(DatabaseUrl.parse(arguments[0]), Appliers.settings(arguments[1]))) {
      machine.readFeeds(true);
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
