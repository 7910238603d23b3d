package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the rows of one table go from the old to the new shape, as SQL over a row {@code t}.
 *
 * @param key the columns of the unique key by which rows are known, in key order; empty where there
 *     is none
 * @param walk how the rows are visited; left out of the JSON where it is along the key, as in plans
 *     of versions that knew no other way
 * @param along what they run along, and why, in words
 * @param columns the old columns that give way to one new one each
 * @param skipSetting the session setting under which the sync leaves a batch's rows alone
 * @param regroupings the old columns that give way to new ones together; left out of the JSON where
 *     there are none, as in plans of versions that knew none
 * @param where which rows are meant, where not all are: no other is written, nor anything computed
 *     from it
 * @param copy where the rows live in another table as well, which is their new shape: nothing is
 *     written in this one then but rows of applications, or copies
 */
public record RowMapping(
    TableName table,
    long oid,
    List<KeyColumn> key,
    String along,
    List<ColumnMapping> columns,
    String skipSetting,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GroupMapping> regroupings,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> where,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Walk> walk,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TableCopy> copy) {

  /** The alias under which the expressions see the row. */
  public static final String ROW = "t";

  /** Stands in each statement over the rows, so that its use of the columns is known for ours. */
  public static final String MARK = "/* gatefold */";

  public RowMapping {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    regroupings = List.copyOf(Objects.requireNonNullElse(regroupings, List.of()));
    where = Objects.requireNonNullElse(where, Optional.empty());
    walk = Objects.requireNonNullElse(walk, Optional.empty());
    copy = Objects.requireNonNullElse(copy, Optional.empty());
  }

  /** How the rows of a table are visited where it is not along its key. */
  public enum Walk {
    /** From block to block, partition by partition. Serves where a sync fills rows that move. */
    BLOCKS
  }

  /** The mapping of all rows of a table, which are visited along their key, if they have one. */
  public RowMapping(
      TableName table,
      long oid,
      List<KeyColumn> key,
      String along,
      List<ColumnMapping> columns,
      String skipSetting,
      List<GroupMapping> regroupings) {
    this(
        table,
        oid,
        key,
        along,
        columns,
        skipSetting,
        regroupings,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same rows from block to block; {@code why} is for people. */
  public RowMapping fromBlockToBlock(String why) {
    return new RowMapping(
        table,
        oid,
        key,
        why,
        columns,
        skipSetting,
        regroupings,
        where,
        Optional.of(Walk.BLOCKS),
        copy);
  }

  /** The same rows along their key. */
  public RowMapping alongItsKey() {
    return new RowMapping(
        table, oid, key, along, columns, skipSetting, regroupings, where, Optional.empty(), copy);
  }

  /** The same of a partition of the table. */
  public RowMapping of(TableName partition, long partitionOid) {
    return new RowMapping(
        partition, partitionOid, key, along, columns, skipSetting, regroupings, where, walk, copy);
  }

  /** The same rows seen from the table where their copies are: these are the copies then. */
  @JsonIgnore
  public Optional<RowMapping> mirrored() {
    return copy.map(
        it ->
            new RowMapping(
                it.table(),
                // It may not have been made yet when the plan was.
                0,
                key,
                along,
                columns,
                skipSetting,
                regroupings,
                where,
                walk,
                Optional.of(
                    new TableCopy(
                        table,
                        it.columns(),
                        it.sameKey(),
                        it.same(),
                        key.stream().map(KeyColumn::name).toList(),
                        it.lanes()))));
  }

  /** Whether rows are visited from block to block. */
  @JsonIgnore
  public boolean byBlocks() {
    return key.isEmpty() || walk.isPresent();
  }

  /** All old columns with what they give way to: groups of one and one, then the larger ones. */
  public List<GroupMapping> groups() {
    return Stream.concat(columns.stream().map(ColumnMapping::alone), regroupings.stream()).toList();
  }

  /**
   * One pair of columns.
   *
   * @param up the new value, from the old one
   * @param newIsUp whether the new value is the image of the old one
   * @param oldIsDown whether the old value is the image of the new one
   * @param down the old value, from the new one; empty where there is no way back, and in plans of
   *     versions that did not write it down
   */
  public record ColumnMapping(
      Identifier oldColumn,
      Identifier newColumn,
      String up,
      String newIsUp,
      String oldIsDown,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> down) {

    public ColumnMapping {
      down = Objects.requireNonNullElse(down, Optional.empty());
    }

    /** Without a way back. */
    public ColumnMapping(
        Identifier oldColumn, Identifier newColumn, String up, String newIsUp, String oldIsDown) {
      this(oldColumn, newColumn, up, newIsUp, oldIsDown, Optional.empty());
    }

    private GroupMapping alone() {
      return new GroupMapping(
          List.of(oldColumn),
          List.of(new Filled(newColumn, up)),
          newIsUp,
          oldIsDown,
          down.map(it -> new Filled(oldColumn, it)).stream().toList());
    }
  }

  /**
   * Old columns and the new ones that they give way to together.
   *
   * @param newIsUp whether all new values are the images of the old ones
   * @param oldIsDown whether all old values are the images of the new ones
   * @param downs the old values, from the new ones; none where there is no way back, and in plans
   *     of versions that did not write it down
   */
  public record GroupMapping(
      List<Identifier> olds,
      List<Filled> news,
      String newIsUp,
      String oldIsDown,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Filled> downs) {

    public GroupMapping {
      olds = List.copyOf(olds);
      news = List.copyOf(news);
      downs = List.copyOf(Objects.requireNonNullElse(downs, List.of()));
    }
  }

  /**
   * A column that is filled.
   *
   * @param up its value, from the columns of the other side
   */
  public record Filled(Identifier column, String up) {}
}
