package dev.gatefold.executor.cli;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.Ticker;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The world around a command; tests bring one of their own.
 *
 * @param folder where relative names of files begin, and where gatefold.yaml lies
 */
record Surroundings(
    Streams streams, Map<String, String> environment, Path folder, Opener opener, Time time) {

  Surroundings {
    environment = Map.copyOf(environment);
  }

  /**
   * Where text comes from and goes.
   *
   * @param terminal whether a person looks at standard output
   */
  record Streams(BufferedReader in, PrintStream out, PrintStream err, boolean terminal) {}

  /** What time it is, how it passes, and how to let it pass. */
  record Time(InstantSource clock, Ticker ticker, Sleeper sleeper) {}
}
