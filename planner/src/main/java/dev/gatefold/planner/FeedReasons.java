package dev.gatefold.planner;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.replacement.FedKeys;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Reasons in the mix of a change that wants a change feed: what needs triggers is named here. */
final class FeedReasons {

  private static final String CURE =
      "Put it in a change of its own, or use sync: trigger for the whole.";

  private FeedReasons() {}

  static List<Reason> of(
      Change change,
      List<TableReplacement> replacements,
      Collection<TableName> regrouped,
      List<Planned.Staged> staged) {
    return Stream.of(
            throughKafka(change, replacements),
            nothingThroughKafka(change, replacements, staged),
            replacements.stream().flatMap(FeedReasons::oddKey),
            replacements.stream()
                .filter(table -> table.key().isEmpty())
                .map(
                    table ->
                        new Reason(
                            "feed-impossible",
                            table.table().name().toString(),
                            "the table has no unique key without NULLs, beside the columns of the"
                                + " change, by which the log could tell its rows",
                            "Give it a primary key first, or use sync: trigger.")),
            regrouped.stream()
                .map(
                    table ->
                        reason(table, "a change feed keeps pairs of columns in step, not groups")),
            staged.stream()
                .flatMap(FeedReasons::synced)
                .map(table -> reason(table, "what fills or moves columns here needs triggers")),
            change.trades().stream()
                .map(
                    trade ->
                        reason(
                            trade.type(),
                            "a type that gives way to another one under its name needs triggers")))
        .flatMap(reasons -> reasons)
        .distinct()
        .toList();
  }

  private static Stream<Reason> throughKafka(Change change, List<TableReplacement> replacements) {
    return replacements.stream()
        .filter(table -> change.sync().isThroughKafka())
        .map(
            table ->
                new Reason(
                    "feed-through-kafka",
                    table.table().name().toString(),
                    "only what follows a table into another one goes through Kafka; columns of a row"
                        + " are made anew by whoever reads the log",
                    "Leave out \"through: kafka\", or put it in a change of its own."));
  }

  private static Stream<Reason> nothingThroughKafka(
      Change change, List<TableReplacement> replacements, List<Planned.Staged> staged) {
    boolean copies =
        staged.stream().flatMap(FeedReasons::syncs).anyMatch(sync -> sync.feed().isPresent());
    return !change.sync().isThroughKafka() || copies || !replacements.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Reason(
                "feed-through-kafka",
                change.name().toString(),
                "nothing in it is followed from the log",
                "Leave out \"sync\" and \"feed\"."));
  }

  private static Stream<Sync> syncs(Planned.Staged planned) {
    return planned.in(StageName.EXPAND).stream()
        .flatMap(step -> step instanceof Step.BriefDdl ddl ? ddl.syncs().stream() : Stream.empty());
  }

  private static Stream<Reason> oddKey(TableReplacement table) {
    return table.key().stream()
        .flatMap(key -> key.columns().stream())
        .filter(column -> !FedKeys.isReadable(column))
        .map(
            column ->
                new Reason(
                    "feed-impossible",
                    table.table().name() + "." + column.name(),
                    "the rows are known by a key of type %s, which a change feed does not read"
                        .formatted(column.type()),
                    "Use sync: trigger."));
  }

  private static Stream<TableName> synced(Planned.Staged planned) {
    return Stream.concat(
            planned.fills().stream().map(fill -> fill.table()),
            syncs(planned)
                // A table that is copied is fed itself.
                .filter(sync -> sync.feed().isEmpty())
                .map(Sync::table))
        .distinct();
  }

  private static Reason reason(TableName object, String why) {
    return new Reason("feed-impossible", object.toString(), why, CURE);
  }
}
