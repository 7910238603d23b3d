package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.dialect.MoveSpec.Moved;
import dev.gatefold.planner.dialect.MoveSpec.Pair;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.RowMapping;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of two tables that belong together, as SQL: {@code s} of the source, {@code p} of the
 * target.
 */
final class MoveRows {

  private final MoveSpec move;
  private final String mark;

  MoveRows(MoveSpec move) {
    this(move, " " + RowMapping.MARK);
  }

  private MoveRows(MoveSpec move, String mark) {
    this.move = move;
    this.mark = mark;
  }

  /** The same in statements that nobody need tell from those of applications. */
  static MoveRows unmarked(MoveSpec move) {
    return new MoveRows(move, "");
  }

  String source() {
    return move.source().table().quoted() + mark + " AS s";
  }

  String target() {
    return move.target().table().quoted() + mark + " AS p";
  }

  /** The source's row of the key that a row of the source has. */
  String sourceOfSource(String row) {
    return keys(key -> of("s", key.source()) + " = " + of(row, key.source()));
  }

  /** The source's row of the key that a row of the target has. */
  String sourceOfTarget(String row) {
    return keys(key -> of("s", key.source()) + " = " + of(row, key.target()));
  }

  String targetOfSource(String row) {
    return keys(key -> of("p", key.target()) + " = " + of(row, key.source()));
  }

  String targetOfTarget(String row) {
    return keys(key -> of("p", key.target()) + " = " + of(row, key.target()));
  }

  private String keys(Function<Pair, String> condition) {
    return move.key().stream().map(condition).collect(Collectors.joining(" AND "));
  }

  /** Whether an update gave a row of the source another key. */
  String sourceKeyChanged() {
    return keyChanged(Pair::source);
  }

  String targetKeyChanged() {
    return keyChanged(Pair::target);
  }

  private String keyChanged(Function<Pair, Identifier> side) {
    return move.key().stream()
        .map(key -> of("NEW", side.apply(key)) + " IS DISTINCT FROM " + of("OLD", side.apply(key)))
        .collect(Collectors.joining(" OR "));
  }

  String sourceChanged() {
    return any(column -> differ("NEW", column.source(), "OLD", column.source(), column));
  }

  String targetChanged() {
    return any(column -> differ("NEW", column.target(), "OLD", column.target(), column));
  }

  /** Whether the two rows disagree. */
  String differ() {
    return any(column -> differ("p", column.target(), "s", column.source(), column));
  }

  private static String differ(
      String row, Identifier name, String other, Identifier otherName, Moved column) {
    return Comparison.differ(of(row, name), of(other, otherName), column.type());
  }

  /** A row value is set with NULLs in it, too, which IS NOT NULL denies. */
  String sourceIsSet(String row) {
    return any(column -> of(row, column.source()) + " IS DISTINCT FROM NULL");
  }

  String targetIsSet(String row) {
    return any(column -> of(row, column.target()) + " IS DISTINCT FROM NULL");
  }

  private String any(Function<Moved, String> condition) {
    return move.columns().stream().map(condition).collect(Collectors.joining(" OR "));
  }

  /** Assignments or statements, one for each column. */
  String each(String between, Function<Moved, String> text) {
    return move.columns().stream().map(text).collect(Collectors.joining(between));
  }

  /** Whether an update writes what is none of ours. */
  static String othersChanged(MoveSpec.Made made) {
    return made.others().stream()
        .map(other -> differ("NEW", other.target(), "OLD", other.target(), other))
        .collect(Collectors.joining(" OR "));
  }

  /** Values of a row of the source, with those of its key, or the names that they go by. */
  String listed(Function<Pair, String> key, Function<Moved, String> column) {
    return Stream.concat(move.key().stream().map(key), move.columns().stream().map(column))
        .collect(Collectors.joining(", "));
  }

  String targetKey() {
    return move.key().stream().map(key -> key.target().quoted()).collect(Collectors.joining(", "));
  }

  List<Moved> columns() {
    return move.columns();
  }

  static String of(String row, Identifier column) {
    return row + "." + column.quoted();
  }
}
