package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.store.BadRowStore.Kept;
import java.util.List;

/** A row that cannot be converted and was left as it is, by its key. */
public record BadRowShape(
    String table, List<String> key, String reason, @JsonProperty("seen_at") String seenAt) {

  public BadRowShape {
    key = List.copyOf(key);
  }

  static BadRowShape of(Kept kept) {
    return new BadRowShape(
        kept.table(), kept.row().key().values(), kept.row().reason(), kept.seenAt().toString());
  }
}
