package dev.gatefold.executor.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** PostgreSQL's own client, which reads what a change feed reads and throws it away. */
final class PlainReader {

  private final Bench bench;

  PlainReader(Bench bench) {
    this.bench = bench;
  }

  /** How long it takes to a place in the log, through a slot called plain. */
  Duration until(String place) throws IOException, InterruptedException, SQLException {
    String publication = bench.text("SELECT pubname FROM pg_publication");
    List<String> command =
        List.of(
            "pg_recvlogical",
            "--dbname=" + bench.uri(),
            "--slot=plain",
            "--start",
            "--no-loop",
            "--file=/dev/null",
            "--option=proto_version=1",
            "--option=publication_names=" + publication,
            "--endpos=" + place);
    long began = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("pg_recvlogical failed: " + output);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
