package dev.gatefold.executor.faults.nemesis;

import dev.gatefold.executor.crash.ExecutorProcess;
import java.io.IOException;
import java.util.Optional;

/** What happens to the process of an executor. */
final class ExecutorFaults {

  private ExecutorFaults() {}

  /** SIGKILL. */
  static Fault.Mending kill(Scene scene) throws InterruptedException {
    scene.victim().orElseThrow().kill();
    return Fault.NOTHING;
  }

  /** SIGSTOP; somebody else tries meanwhile; SIGCONT. A stopped owner keeps its lock. */
  static Fault.Mending stop(Scene scene) throws IOException, InterruptedException {
    ExecutorProcess victim = scene.victim().orElseThrow();
    victim.stop();
    try {
      runToEnd(scene);
    } finally {
      victim.resume();
    }
    return Fault.NOTHING;
  }

  /** As above, but its sessions are ended too: the other one owns the rollout when it wakes up. */
  static Fault.Mending takeOver(Scene scene) throws Exception {
    ExecutorProcess victim = scene.victim().orElseThrow();
    victim.stop();
    try {
      SessionFaults.terminateExecutor(scene);
      runToEnd(scene);
    } finally {
      victim.resume();
    }
    return Fault.NOTHING;
  }

  /** The same command twice at the same time. */
  static Fault.Mending two(Scene scene) {
    scene.other().send(scene.direct());
    return () -> end(scene.other());
  }

  private static void runToEnd(Scene scene) throws IOException {
    scene.other().send(scene.direct());
    end(scene.other());
  }

  private static void end(ExecutorProcess other) throws IOException {
    Optional<String> end = other.await(line -> line.matches("(outcome|error|bug) .*"));
    if (end.isEmpty() || end.get().startsWith("bug ")) {
      throw new IllegalStateException("the other executor has a bug: " + end);
    }
  }
}
