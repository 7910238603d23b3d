package dev.gatefold.executor.faults.nemesis;

import dev.gatefold.executor.faults.server.Wire.Break;
import java.time.Duration;

/** What happens to the executor's connections on their way. */
final class WireFaults {

  /** About as many commits as a stage on a small table has. */
  private static final int COMMITS = 12;

  private static final int BYTES = 40_000;
  private static final int MILLIS = 1500;

  private WireFaults() {}

  /** A COMMIT never arrives. */
  static Fault.Mending loseCommit(Scene scene) {
    scene.wire().breakAtCommit(scene.random().nextInt(COMMITS), Break.BEFORE_COMMIT);
    return scene.wire()::mend;
  }

  /** A COMMIT is done, and nobody hears of it. */
  static Fault.Mending loseReply(Scene scene) {
    scene.wire().breakAtCommit(scene.random().nextInt(COMMITS), Break.BEFORE_REPLY);
    return scene.wire()::mend;
  }

  /** All connections end after any byte. */
  static Fault.Mending cutAnywhere(Scene scene) {
    scene.wire().breakAfter(scene.random().nextInt(BYTES));
    return scene.wire()::mend;
  }

  /** Nothing arrives for a while, and nothing is lost. */
  static Fault.Mending freeze(Scene scene) {
    scene.wire().freeze(Duration.ofMillis(200 + scene.random().nextInt(MILLIS)));
    return Fault.NOTHING;
  }
}
