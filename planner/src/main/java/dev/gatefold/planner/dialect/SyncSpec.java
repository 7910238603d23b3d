package dev.gatefold.planner.dialect;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Recorder;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the sync of one table has to keep in step.
 *
 * @param rowsMove whether an update may move a row to another partition, where it is inserted
 * @param token tells this change's sync from every other, as hexadecimal digits
 * @param key the columns along which the rows are visited; empty where that is from block to block
 * @param limits what the old shape may refuse although the new one takes it
 * @param fills columns beside them to fill in rows that nobody gave a value
 */
public record SyncSpec(
    ChangeName change,
    TableName table,
    long oid,
    boolean rowsMove,
    String token,
    List<Side> key,
    List<Group> groups,
    List<Limit> limits,
    Fills fills) {

  /** Of a table where no other column has to be filled. */
  public SyncSpec(
      ChangeName change,
      TableName table,
      long oid,
      boolean rowsMove,
      String token,
      List<Side> key,
      List<Group> groups,
      List<Limit> limits) {
    this(change, table, oid, rowsMove, token, key, groups, limits, Fills.NONE);
  }

  /**
   * Columns to fill.
   *
   * @param lasting whether that goes on once both ways are open
   */
  public record Fills(List<FillSpec.Filled> columns, boolean lasting) {

    public static final Fills NONE = new Fills(List.of(), false);

    public Fills {
      columns = List.copyOf(columns);
    }

    /** Those to be filled in a mode. */
    public List<FillSpec.Filled> in(SyncMode mode) {
      return mode != SyncMode.BOTH || lasting ? columns : List.of();
    }
  }

  public SyncSpec {
    key = List.copyOf(key);
    groups = List.copyOf(groups);
    limits = List.copyOf(limits);
  }

  /** The same with types that are called otherwise. */
  public SyncSpec saying(UnaryOperator<String> types) {
    return new SyncSpec(
        change,
        table,
        oid,
        rowsMove,
        token,
        key.stream().map(side -> side.saying(types)).toList(),
        groups.stream().map(group -> group.saying(types)).toList(),
        limits.stream().map(limit -> limit.saying(types)).toList(),
        fills);
  }

  /**
   * Old columns and the new ones beside them, under the names that they have at that time. Most
   * often one and one.
   *
   * @param label what people call the old columns
   */
  public record Group(
      String label, List<Mapped> olds, List<Mapped> news, DownFailure onDownFailure) {

    public Group {
      olds = List.copyOf(olds);
      news = List.copyOf(news);
    }

    Group saying(UnaryOperator<String> types) {
      return new Group(
          label,
          olds.stream().map(column -> column.saying(types)).toList(),
          news.stream().map(column -> column.saying(types)).toList(),
          onDownFailure);
    }

    /** Whether the old column of that number is one of them. */
    public boolean hasOld(int number) {
      return olds.stream().anyMatch(old -> old.number() == number);
    }
  }

  /**
   * One column of a group.
   *
   * @param number by which the templates of the mappings know it; of an old column that is its own
   * @param value makes its value of the columns on the other side
   */
  public record Mapped(int number, Side side, MappingProbe value) {

    Mapped saying(UnaryOperator<String> types) {
      return new Mapped(number, side.saying(types), value.saying(types));
    }
  }

  /**
   * A column as the triggers see it.
   *
   * @param steadyDefault its default, where that is no different at the next call: a value equal to
   *     it does not count as set by the writer
   */
  public record Side(Identifier name, ColumnType type, Optional<String> steadyDefault) {

    Side saying(UnaryOperator<String> types) {
      return new Side(name, type.saying(types), steadyDefault.map(types));
    }
  }

  /**
   * A check or NOT NULL of the old shape. A value that was made by {@code down} and runs against it
   * has no place in the old shape, where the new shape would have taken it.
   *
   * @param attnum the number of a changed column that it speaks of
   * @param name what people call it, as part of a sentence
   * @param condition it holds where this is true or NULL; reads any column of the table
   * @param others the names of the columns that do not change, by number
   * @param onNew the same limit of the new shape, if it has one: what it refuses, it refuses itself
   */
  public record Limit(
      int attnum,
      String name,
      SqlTemplate condition,
      Map<Integer, Identifier> others,
      Optional<SqlTemplate> onNew) {

    public Limit {
      others = Map.copyOf(others);
    }

    Limit saying(UnaryOperator<String> types) {
      return new Limit(
          attnum, name, condition.saying(types), others, onNew.map(it -> it.saying(types)));
    }
  }

  /** What happens to a write of the new shape that the old one cannot hold. */
  public enum DownFailure {
    REFUSE,
    STORE_NULL
  }

  /** How the triggers' names begin: the tilde sorts after every other character of ASCII. */
  public static final String TRIGGER_PREFIX = "~gatefold_";

  /** The trigger on INSERT. */
  public Identifier insertTrigger() {
    return new Identifier(TRIGGER_PREFIX + token + "_insert");
  }

  /** The trigger on UPDATE. */
  public Identifier updateTrigger() {
    return new Identifier(TRIGGER_PREFIX + token + "_update");
  }

  /**
   * The trigger on an UPDATE that moves a row along the key. It sorts after the other one on
   * UPDATE, which would take what this one mends for a write of the application.
   */
  public Identifier moveTrigger() {
    return new Identifier(TRIGGER_PREFIX + token + "_update_key");
  }

  public TableName insertFunctionName() {
    return function("insert");
  }

  public TableName updateFunctionName() {
    return function("update");
  }

  public TableName moveFunctionName() {
    return function("update_key");
  }

  private TableName function(String event) {
    return own("sync_" + token + "_" + event);
  }

  private static TableName own(String name) {
    return new TableName(new Identifier("gatefold"), new Identifier(name));
  }

  /**
   * What records who writes. Its triggers sort before those of the sync, which fill the side that
   * nobody wrote, and after those of the users.
   */
  public Recorder recorder() {
    return new Recorder(
        token,
        new Identifier(TRIGGER_PREFIX + token + ".use_insert"),
        new Identifier(TRIGGER_PREFIX + token + ".use_update"),
        own("use_" + token));
  }

  /** The session setting under which the update trigger stays still, as {@code name=value}. */
  public String skipSetting() {
    return "gatefold.backfill=" + token;
  }
}
