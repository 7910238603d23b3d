package dev.gatefold.backfill.feed;

import java.util.List;
import java.util.OptionalLong;

/** One thing that happened, as the log tells it. */
public sealed interface FeedEvent {

  FeedPosition position();

  /** An application has written. */
  sealed interface OfApplication extends FeedEvent {

    /**
     * The lower 32 bits of the number of the transaction, which may be committed in the log before
     * others see what it wrote.
     */
    long transaction();
  }

  /** Something happened to a row. */
  sealed interface OfRow extends OfApplication {

    /** What the row is known by, as text that the server reads back. */
    List<String> key();
  }

  /**
   * A row was inserted or updated. Its values are not told: by the time they are heard of, the row
   * may have others.
   */
  record Written(FeedPosition position, long transaction, List<String> key) implements OfRow {
    public Written {
      key = List.copyOf(key);
    }
  }

  /** No row has this key any more: it was deleted, or has another key now. */
  record Gone(FeedPosition position, long transaction, List<String> key) implements OfRow {
    public Gone {
      key = List.copyOf(key);
    }
  }

  /** All rows were taken away, whatever they were: what is told of rows comes after that. */
  record Emptied(FeedPosition position, long transaction) implements OfApplication {}

  /**
   * Somebody of ours has said something in the log.
   *
   * @param transaction the one that it belongs to; empty where it was said outside of any
   */
  record Said(FeedPosition position, OptionalLong transaction, String words) implements FeedEvent {}

  /** Nothing of ours has happened up to here. */
  record Quiet(FeedPosition position) implements FeedEvent {}
}
