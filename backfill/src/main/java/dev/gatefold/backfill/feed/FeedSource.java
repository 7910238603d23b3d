package dev.gatefold.backfill.feed;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.List;

/**
 * What is to be told, and through what. Slot and publication are there already.
 *
 * @param slot of the plugin {@code pgoutput}
 * @param key of the table, in key order; the publication has these columns at least
 * @param prefix of the messages in the log that are for this feed
 */
public record FeedSource(
    String slot, String publication, TableName table, List<KeyColumn> key, String prefix) {

  public FeedSource {
    key = List.copyOf(key);
  }
}
