package dev.gatefold.planner;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Types that give way to others, with the OIDs that the old ones have. */
final class TradedTypes {

  private TradedTypes() {}

  static Map<TypeTrade, Long> of(Schema schema, Change change) {
    return change.trades().stream()
        .collect(
            Collectors.toMap(
                trade -> trade,
                trade ->
                    schema
                        .drafts()
                        .of(new KnownEnum(trade.type()))
                        .match(EnumType::oid, rejected -> 0L),
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
