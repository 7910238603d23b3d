package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.change.MoveColumns.Pair;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.UniqueKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why rows of two tables do not belong together one by one. */
final class MovePairChecks {

  private final Table source;
  private final Table target;
  private final List<Pair> pairs;

  MovePairChecks(Table source, Table target, MoveColumns operation) {
    this.source = source;
    this.target = target;
    this.pairs = operation.where();
  }

  /** The key of a table that consists of these columns. */
  static Optional<UniqueKey> key(Table table, Stream<Identifier> columns) {
    Set<Identifier> names = columns.collect(Collectors.toSet());
    return table.keys().stream()
        .filter(
            key ->
                key.columns().stream()
                    .map(UniqueKey.KeyColumn::name)
                    .collect(Collectors.toSet())
                    .equals(names))
        .findFirst();
  }

  List<Reason> reasons() {
    List<Reason> missing =
        Stream.concat(missing(source, Pair::source), missing(target, Pair::target)).toList();
    if (!missing.isEmpty()) {
      return missing;
    }
    return Stream.of(
            Stream.concat(inexact(source, Pair::source), inexact(target, Pair::target)),
            pairs.stream().flatMap(this::unlike),
            Stream.concat(notUnique(source, Pair::source), notUnique(target, Pair::target)),
            foreignKey())
        .flatMap(found -> found)
        .toList();
  }

  private Stream<Reason> missing(Table table, Function<Pair, Identifier> side) {
    return pairs.stream()
        .map(side)
        .filter(name -> table.column(name).isEmpty())
        .map(
            name ->
                new Reason(
                    "no-column",
                    table.name() + "." + name,
                    "the table has no such column",
                    "Check the name and its case; quoted names keep theirs."));
  }

  /** Two keys that are equal but not the same would be one row here and two there. */
  private Stream<Reason> inexact(Table table, Function<Pair, Identifier> side) {
    return pairs.stream()
        .map(side)
        .flatMap(name -> table.column(name).stream())
        .filter(column -> !column.type().comparable())
        .map(
            column ->
                new Reason(
                    "move-key-type",
                    table.name() + "." + column.name(),
                    "different values of its type %s may count as equal"
                        .formatted(column.type().sql()),
                    "Let the rows belong together by columns of another type."));
  }

  /** A type that pads its values finds others than one that does not. */
  private Stream<Reason> unlike(Pair pair) {
    Column from = source.column(pair.source()).orElseThrow();
    Column to = target.column(pair.target()).orElseThrow();
    if (isPadded(from) != isPadded(to)) {
      return Stream.of(
          new Reason(
              "move-key-type",
              target.name() + "." + pair.target(),
              "its type %s and that of %s, %s, do not compare alike: one of them pads its values"
                  .formatted(to.type().sql(), pair.source(), from.type().sql()),
              "Give both columns the same type in a change before."));
    }
    return to.identity().filter(Column.Identity::always).isPresent()
        ? Stream.of(
            new Reason(
                "move-key-type",
                target.name() + "." + pair.target(),
                "the server alone makes its values (GENERATED ALWAYS), so that no row can be made for"
                    + " one of "
                    + source.name(),
                "Let alter_column give it \"identity: by_default\", or none, in a change before."))
        : Stream.empty();
  }

  private static boolean isPadded(Column column) {
    return column.type().sql().matches("character(\\(.*)?");
  }

  private Stream<Reason> notUnique(Table table, Function<Pair, Identifier> side) {
    return key(table, pairs.stream().map(side)).isPresent()
        ? Stream.empty()
        : Stream.of(
            new Reason(
                "move-key",
                table.name() + "." + names(side),
                "these columns are no unique key without NULLs of the table, so that one row may"
                    + " belong to several",
                "Make them one by set_not_null and add_constraint in a change before."));
  }

  private String names(Function<Pair, Identifier> side) {
    return pairs.stream().map(side).map(Identifier::toString).collect(Collectors.joining(", "));
  }

  /** The foreign key by which each row of the target belongs to one of the source. */
  Optional<Constraint> usable() {
    return found().stream().filter(MovePairChecks::isUsable).findFirst();
  }

  private List<Constraint> found() {
    return target.constraints().stream()
        .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
        .filter(constraint -> constraint.referenced().equals(Optional.of(source.name())))
        .filter(this::isOfPairs)
        .toList();
  }

  /** Without it there are rows whose values the old shape has no place for. */
  private Stream<Reason> foreignKey() {
    List<Constraint> found = found();
    if (usable().isPresent()) {
      return Stream.empty();
    }
    String how =
        found.stream()
            .findFirst()
            .map(
                key ->
                    "foreign key %s is not validated, is deferrable, or sets what refers to NULL or"
                            .formatted(key.name())
                        + " its default")
            .orElse("no foreign key says that each row belongs to one of " + source.name());
    return Stream.of(
        new Reason(
            "move-unreferred",
            target.name() + "." + names(Pair::target),
            how + ", so that values could get into rows that the old shape does not have",
            "Add a foreign key to %s (%s) in a change before: not deferrable, with no action or"
                    .formatted(source.name(), names(Pair::source))
                + " cascade."));
  }

  private boolean isOfPairs(Constraint key) {
    return ForeignKeyText.of(key.definition())
        .map(ForeignKeyText::columns)
        .filter(lists -> lists.size() == 2)
        .map(lists -> paired(lists.get(0), lists.get(1)))
        .filter(new HashSet<>(pairs)::equals)
        .isPresent();
  }

  private static Set<Pair> paired(List<Identifier> targets, List<Identifier> sources) {
    Set<Pair> paired = new HashSet<>();
    for (int i = 0; i < Math.min(targets.size(), sources.size()); i++) {
      paired.add(new Pair(sources.get(i), targets.get(i)));
    }
    return paired;
  }

  private static boolean isUsable(Constraint key) {
    return key.validated()
        && key.deferral().isEmpty()
        && ForeignKeyText.of(key.definition())
            .filter(text -> !(text.onDelete() + text.onUpdate()).contains(" SET "))
            .isPresent();
  }
}
