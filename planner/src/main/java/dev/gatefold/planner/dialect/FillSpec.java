package dev.gatefold.planner.dialect;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.draft.RowSql;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * Columns of one table that are to be filled.
 *
 * @param token tells this change's triggers from every other's, as hexadecimal digits
 * @param kind tells them from others of the same change
 * @param insertsOnly whether a row that is there stays as it is
 */
public record FillSpec(
    ChangeName change,
    TableName table,
    String token,
    String kind,
    boolean insertsOnly,
    List<Filled> columns) {

  public FillSpec {
    columns = List.copyOf(columns);
  }

  /** A column, and what a row gets that nobody gave a value. */
  public record Filled(Identifier column, RowSql value) {}

  /** The trigger on INSERT. */
  public Identifier insertTrigger() {
    return new Identifier(SyncSpec.TRIGGER_PREFIX + token + "_" + kind + "_insert");
  }

  /** The trigger on UPDATE. */
  public Identifier updateTrigger() {
    return new Identifier(SyncSpec.TRIGGER_PREFIX + token + "_" + kind + "_update");
  }

  public TableName function() {
    return new TableName(
        new Identifier("gatefold"), new Identifier("sync_" + token + "_" + kind + "_row"));
  }

  /** The session setting by which a backfill's own writes are known, as {@code name=value}. */
  public String skipSetting() {
    return "gatefold.backfill=" + token;
  }
}
