package dev.gatefold.planner.dialect;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Columns of one table that move to another, which has one row at most for each row of the first.
 *
 * @param source the table that they leave
 * @param target the one that they move to, whose rows refer to those of the first
 * @param key what is the same in rows that belong together
 * @param made where a row of the target is made for values that have none; where that cannot be,
 *     whoever writes them has to
 */
public record MoveSpec(
    ChangeName change,
    Side source,
    Side target,
    List<Pair> key,
    List<Moved> columns,
    Optional<Made> made) {

  public MoveSpec {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  /**
   * As an operation asks for it.
   *
   * @param columns those that move, in the order of the operation
   * @param names what they are called at that time
   */
  public static MoveSpec of(
      ChangeName change,
      MoveColumns operation,
      String sourceToken,
      String targetToken,
      List<Column> columns,
      List<Identifier> names,
      Optional<Made> made) {
    return new MoveSpec(
        change,
        new Side(operation.table(), sourceToken),
        new Side(operation.to(), targetToken),
        operation.where().stream().map(pair -> new Pair(pair.source(), pair.target())).toList(),
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    new Moved(names.get(i), operation.columns().get(i).as(), columns.get(i).type()))
            .toList(),
        made);
  }

  /** A pair of key columns. */
  public record Pair(Identifier source, Identifier target) {}

  /** A column, under its name in either table at that time. */
  public record Moved(Identifier source, Identifier target, ColumnType type) {}

  /**
   * How rows of the target are known that the sync has made.
   *
   * @param mark a column for it
   * @param others the columns of which a write makes the row the application's own
   * @param givesWay whether an application that inserts the row itself finds none in its way
   * @param goes whether the foreign key deletes it with the row that it was made for
   * @param follows whether the foreign key gives it the new key of that row
   */
  public record Made(
      Identifier mark, List<Moved> others, boolean givesWay, boolean goes, boolean follows) {

    /** For a write of the old shape, before the backfill. */
    public static final int BY_WRITE = 1;

    /** By the backfill, or after it. */
    public static final int BY_BACKFILL = 2;

    public Made {
      others = List.copyOf(others);
    }
  }

  /**
   * One of the two tables.
   *
   * @param token tells this change's triggers on it from every other's, as hexadecimal digits
   */
  public record Side(TableName table, String token) {

    /** The trigger by which the sync of the table is known. */
    public Identifier insertTrigger() {
      return trigger("insert");
    }

    /** The other one that every sync has. */
    public Identifier updateTrigger() {
      return trigger("update");
    }

    /** A trigger by its part in the sync. */
    public Identifier trigger(String part) {
      return new Identifier(SyncSpec.TRIGGER_PREFIX + token + "_move_" + part);
    }

    /** A function by its part in the sync. */
    public TableName function(String part) {
      return new TableName(
          new Identifier("gatefold"), new Identifier("sync_" + token + "_move_" + part));
    }

    /** The one by which a row is known to go without its values. */
    public String givingWay() {
      return "gatefold.giving_way=" + token;
    }

    /** The one by which a write is known to carry over what another table's row says. */
    public String carrying() {
      return "gatefold.carrying=" + token;
    }

    /** The session setting by which a backfill's own writes are known, as {@code name=value}. */
    public String skipSetting() {
      return "gatefold.backfill=" + token;
    }
  }
}
