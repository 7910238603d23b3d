package dev.gatefold.executor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.faults.server.Server;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A round of runs, in which each kind of fault is due once. */
class FaultsTest {

  private static Server server;
  private static Executors executors;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    executors = new Executors();
  }

  @AfterAll
  static void stop() throws Exception {
    executors.close();
    server.close();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Schedule.ROUND);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostResurrectedOrTorn(long seed) throws Exception {
    Report report = FaultRun.of(seed, server, executors);
    assertThat(report.clean()).as(report.text()).isTrue();
  }
}
