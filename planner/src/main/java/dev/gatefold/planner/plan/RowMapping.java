package dev.gatefold.planner.plan;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.List;

/**
 * How the rows of one table go from the old to the new shape, as SQL over a row {@code t}.
 *
 * @param key the columns of the unique key along which batches run, in key order; empty where they
 *     run from block to block
 * @param along what they run along, and why, in words
 * @param skipSetting the session setting under which the sync leaves a batch's rows alone
 */
public record RowMapping(
    TableName table,
    long oid,
    List<KeyColumn> key,
    String along,
    List<ColumnMapping> columns,
    String skipSetting) {

  /** The alias under which the expressions see the row. */
  public static final String ROW = "t";

  /** Stands in each statement over the rows, so that its use of the columns is known for ours. */
  public static final String MARK = "/* gatefold */";

  public RowMapping {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  /**
   * One pair of columns.
   *
   * @param up the new value, from the old one
   * @param newIsUp whether the new value is the image of the old one
   * @param oldIsDown whether the old value is the image of the new one
   */
  public record ColumnMapping(
      Identifier oldColumn, Identifier newColumn, String up, String newIsUp, String oldIsDown) {}
}
