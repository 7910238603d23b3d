package dev.gatefold.planner.change;

import dev.gatefold.planner.change.SyncChoice.ChangeFeed;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what a file says about the sync. */
final class SyncFile {

  /** Of a topic: so many machines can apply at once. */
  private static final int USUAL_PARTITIONS = 8;

  /** A batch of the backfill takes a lock for each. */
  private static final int MOST_PARTITIONS = 64;

  private SyncFile() {}

  /** From the keys {@code sync} and {@code feed}. */
  static SyncChoice read(YamlMap root, BackfillSettings backfill) throws ChangeFileException {
    boolean feed =
        root.parsed("sync", text -> ChangeFile.word(text, "trigger", "cdc"))
            .filter(text -> text.equals("cdc"))
            .isPresent();
    Optional<YamlMap> settings = root.map("feed");
    if (settings.isPresent() && !feed) {
      throw root.errorAt("feed", "says something of a change feed; add sync: cdc, or leave it out");
    }
    if (!feed) {
      return SyncChoice.byDefault();
    }
    return settings.isPresent()
        ? feed(settings.get(), backfill)
        : new ChangeFeed(OptionalLong.empty(), OptionalInt.empty());
  }

  private static ChangeFeed feed(YamlMap settings, BackfillSettings backfill)
      throws ChangeFileException {
    ChangeFeed feed = new ChangeFeed(giveUpAt(settings, backfill), lanes(settings));
    settings.end();
    return feed;
  }

  private static OptionalInt lanes(YamlMap settings) throws ChangeFileException {
    boolean kafka = settings.parsed("through", text -> ChangeFile.word(text, "kafka")).isPresent();
    Optional<Integer> partitions = settings.parsed("partitions", SyncFile::partitions);
    if (partitions.isPresent() && !kafka) {
      throw settings.errorAt("partitions", "says something of a topic; add through: kafka");
    }
    return kafka ? OptionalInt.of(partitions.orElse(USUAL_PARTITIONS)) : OptionalInt.empty();
  }

  private static int partitions(String text) {
    long number = ChangeFile.positive(text);
    if (number > MOST_PARTITIONS) {
      throw new IllegalArgumentException("expects at most " + MOST_PARTITIONS);
    }
    return (int) number;
  }

  private static OptionalLong giveUpAt(YamlMap settings, BackfillSettings backfill)
      throws ChangeFileException {
    Optional<Long> limit = settings.parsed("give_up_at", SignalUnit.SIZE::parse);
    ThrottleSettings throttle = backfill.throttling();
    long holds = throttle.limit(SignalName.SLOT_LAG).orElse(ThrottleSettings.DEFAULT_SLOT_LAG);
    boolean heeded = throttle.heeds(SignalName.SLOT_LAG);
    if (heeded && limit.isPresent() && limit.get() <= holds) {
      // The backfill itself writes most of the log: it has to have held still before.
      throw settings.errorAt(
          "give_up_at",
          "must be above what a slot may keep before the backfill holds still:"
              + " backfill.throttle.max_slot_lag, 1GB without it");
    }
    return limit.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
