package dev.gatefold.executor.faults;

import dev.gatefold.executor.crash.ExecutorProcess;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Executors that wait for commands; those that were killed are replaced. Not thread-safe. */
final class Executors implements AutoCloseable {

  private final Deque<ExecutorProcess> idle = new ArrayDeque<>();

  ExecutorProcess take() throws IOException {
    while (!idle.isEmpty()) {
      ExecutorProcess process = idle.pop();
      if (process.isAlive()) {
        return process;
      }
    }
    return ExecutorProcess.start();
  }

  /** It has nothing more to do. */
  void giveBack(ExecutorProcess process) {
    if (process.isAlive()) {
      idle.push(process);
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (ExecutorProcess process : idle) {
      process.close();
    }
  }
}
