package dev.gatefold.executor.faults.client;

import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Which versions of the application run. A client finishes what it is at before they change. */
public final class Deployment {

  /**
   * What runs.
   *
   * @param versions none while the applications are down
   * @param epochs for each column, how often the new one has been thrown away
   * @param guarded whether the sync refuses what it must; else nobody sends such things
   */
  public record Running(List<Version> versions, List<Integer> epochs, boolean guarded) {

    public Running {
      versions = List.copyOf(versions);
      epochs = List.copyOf(epochs);
    }
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private Running running;

  public Deployment(Running running) {
    this.running = running;
  }

  /** Work that goes on under one deployment. */
  public interface Work {
    void under(Running running) throws InterruptedException;
  }

  void during(Work work) throws InterruptedException {
    lock.readLock().lock();
    try {
      work.under(running);
    } finally {
      lock.readLock().unlock();
    }
  }

  public boolean isDown() {
    lock.readLock().lock();
    try {
      return running.versions().isEmpty();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Changes what runs, once every client has finished what it is at. */
  public void become(List<Version> versions, List<Integer> epochs) {
    lock.writeLock().lock();
    try {
      running = new Running(versions, epochs, running.guarded());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The sync is broken, or works again. */
  public void guarded(boolean guarded) {
    lock.writeLock().lock();
    try {
      running = new Running(running.versions(), running.epochs(), guarded);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Something to look at while no client does anything. */
  public interface Look<T> {
    T at(Running running) throws Exception;
  }

  public <T> T atRest(Look<T> look) throws Exception {
    lock.writeLock().lock();
    try {
      return look.at(running);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
