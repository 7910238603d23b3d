package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.apply.FeedRun;
import java.time.Duration;
import java.util.Optional;

/** What is left of a feed that this process reads. */
final class KeeperRest implements FeedRest {

  private final FeedKeeper keeper;
  private boolean handedOver;

  KeeperRest(FeedKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public Optional<FeedRun> run(Duration within) throws InterruptedException {
    Optional<FeedRun> run = keeper.run(within);
    handedOver |= run.isPresent();
    run.ifPresent(FeedRun::handOver);
    return run;
  }

  /** With the names and the direction of now. */
  @Override
  public void close() {
    if (handedOver) {
      keeper.again();
    }
  }
}
