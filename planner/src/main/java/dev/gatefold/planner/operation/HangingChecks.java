package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reasons in what hangs on old columns to whose successors nothing comes over: each is named. */
public final class HangingChecks {

  private static final String CURE =
      "Drop it in a change before this one, and make what takes its place by an operation of a"
          + " change after it.";

  /** Something that reads columns of a table, by their numbers. */
  private record Hanging(String what, Set<Integer> columns) {}

  private HangingChecks() {}

  /**
   * The reasons.
   *
   * @param successors the columns that take the place of the old ones, in words
   */
  public static List<Reason> reasons(Table whole, List<Column> olds, String successors) {
    return whole.family().stream()
        .flatMap(table -> hanging(olds, table).flatMap(it -> reason(table, olds, successors, it)))
        .toList();
  }

  private static Stream<Reason> reason(
      Table table, List<Column> olds, String successors, Hanging hanging) {
    List<Column> touched =
        olds.stream()
            .flatMap(old -> table.column(old.name()).stream())
            .filter(column -> hanging.columns().contains(column.attnum()))
            .toList();
    return touched.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Reason(
                "not-carried",
                table.name() + "." + RegroupTarget.names(touched),
                "%s reads the column, and nothing comes over to %s"
                    .formatted(hanging.what(), successors),
                CURE));
  }

  private static Stream<Hanging> hanging(List<Column> olds, Table table) {
    return Stream.of(
            each(indexes(table), index -> "index " + index.name(), it -> it.columns()),
            each(constraints(table), HangingChecks::words, Constraint::columns),
            each(
                table.incoming(),
                key -> "foreign key %s of %s".formatted(key.name(), key.child()),
                key -> key.columns()),
            each(table.statistics(), it -> "statistics " + it.name(), it -> it.columns()),
            each(table.publications(), it -> "publication " + it.name(), it -> it.columns()),
            each(table.followers(), it -> it.identity(), it -> it.columns()),
            each(table.dependents(), it -> it.description(), it -> Set.of(it.attnum())),
            grantsOfOthers(olds, table))
        .flatMap(found -> found);
  }

  private static <T> Stream<Hanging> each(
      List<T> objects, Function<T, String> what, Function<T, Set<Integer>> columns) {
    return objects.stream().map(it -> new Hanging(what.apply(it), columns.apply(it)));
  }

  /** One behind a constraint is named by that. */
  private static List<Index> indexes(Table table) {
    return table.indexes().stream().filter(index -> index.constraint().isEmpty()).toList();
  }

  /** NOT NULL of an old column goes with it. What refers to it is asked for apart. */
  private static List<Constraint> constraints(Table table) {
    return table.constraints().stream()
        .filter(constraint -> constraint.kind() != Constraint.Kind.NOT_NULL)
        .filter(constraint -> constraint.kind() != Constraint.Kind.INCOMING_FOREIGN_KEY)
        .toList();
  }

  private static String words(Constraint constraint) {
    return switch (constraint.kind()) {
          case PRIMARY_KEY -> "primary key ";
          case FOREIGN_KEY -> "foreign key ";
          case UNIQUE -> "unique constraint ";
          case CHECK -> "check ";
          case EXCLUSION -> "exclusion constraint ";
          default -> "constraint ";
        }
        + constraint.name();
  }

  /** A right can be passed on by who granted it, or not at all. */
  private static Stream<Hanging> grantsOfOthers(List<Column> olds, Table table) {
    return olds.stream()
        .flatMap(old -> table.column(old.name()).stream())
        .flatMap(
            column ->
                column.grants().stream()
                    .filter(grant -> !grant.byOwner())
                    .map(
                        grant ->
                            new Hanging(
                                "a right (%s for %s, granted by another role than the owner)"
                                    .formatted(grant.privilege(), grant.grantee()),
                                Set.of(column.attnum()))));
  }
}
