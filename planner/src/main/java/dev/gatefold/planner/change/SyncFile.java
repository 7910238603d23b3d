package dev.gatefold.planner.change;

import dev.gatefold.planner.change.SyncChoice.ChangeFeed;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a file says about the sync. */
final class SyncFile {

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
    return feed ? new ChangeFeed(giveUpAt(settings, backfill)) : SyncChoice.byDefault();
  }

  private static OptionalLong giveUpAt(Optional<YamlMap> settings, BackfillSettings backfill)
      throws ChangeFileException {
    if (settings.isEmpty()) {
      return OptionalLong.empty();
    }
    Optional<Long> limit = settings.get().parsed("give_up_at", SignalUnit.SIZE::parse);
    settings.get().end();
    ThrottleSettings throttle = backfill.throttling();
    long holds = throttle.limit(SignalName.SLOT_LAG).orElse(ThrottleSettings.DEFAULT_SLOT_LAG);
    boolean heeded = throttle.heeds(SignalName.SLOT_LAG);
    if (heeded && limit.isPresent() && limit.get() <= holds) {
      // The backfill itself writes most of the log: it has to have held still before.
      throw settings
          .get()
          .errorAt(
              "give_up_at",
              "must be above what a slot may keep before the backfill holds still:"
                  + " backfill.throttle.max_slot_lag, 1GB without it");
    }
    return limit.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
