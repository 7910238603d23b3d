package dev.gatefold.backfill.testing;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.pace.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Time that passes only when somebody sleeps or a test says so. */
public final class ManualTime implements Ticker, Sleeper {

  /** What happens while somebody sleeps. */
  @FunctionalInterface
  public interface Meanwhile {
    void happen(int sleep) throws Exception;
  }

  private final List<Duration> sleeps = new ArrayList<>();
  private Meanwhile meanwhile = sleep -> {};
  private long nanos;

  public Timing timing() {
    return new Timing(this, this, new Random(1));
  }

  /** What happens during the first, second, ... sleep. */
  public void meanwhile(Meanwhile whatHappens) {
    meanwhile = whatHappens;
  }

  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration pause) {
    sleeps.add(pause);
    pass(pause);
    try {
      meanwhile.happen(sleeps.size());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
