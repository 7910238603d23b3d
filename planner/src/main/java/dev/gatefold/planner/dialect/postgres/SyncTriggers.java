package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Pair;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The BEFORE ROW triggers that keep old and new columns of a table in step: on INSERT, on UPDATE,
 * and on an UPDATE that moves a row along the key.
 *
 * <p>They compare OLD and NEW and never say {@code UPDATE OF}: that looks at the statement and
 * misses what another BEFORE trigger changed. They fire ALWAYS, so that replicated rows are mapped
 * too. The condition of the update trigger is inline: a write that leaves the columns alone pays a
 * comparison and no function call.
 */
final class SyncTriggers {

  private final SyncFunction functions = new SyncFunction();

  List<String> create(SyncSpec sync, SyncMode mode) {
    List<String> sql = new ArrayList<>(insertAndUpdate(sync, mode));
    if (!sync.key().isEmpty()) {
      sql.addAll(move(sync, mode));
    }
    return List.copyOf(sql);
  }

  private List<String> insertAndUpdate(SyncSpec sync, SyncMode mode) {
    return List.of(
        functions.onInsert(sync, mode),
        functions.onUpdate(sync, mode),
        """
        CREATE OR REPLACE TRIGGER %s BEFORE INSERT ON %s
        FOR EACH ROW EXECUTE FUNCTION %s()"""
            .formatted(
                sync.insertTrigger().quoted(),
                sync.table().quoted(),
                sync.insertFunctionName().quoted()),
        """
        CREATE OR REPLACE TRIGGER %s BEFORE UPDATE ON %s
        FOR EACH ROW WHEN (%s)
        EXECUTE FUNCTION %s()"""
            .formatted(
                sync.updateTrigger().quoted(),
                sync.table().quoted(),
                condition(sync, mode),
                sync.updateFunctionName().quoted()),
        always(sync.table(), sync.insertTrigger()),
        always(sync.table(), sync.updateTrigger()));
  }

  /**
   * A row that is moved from before a pass along the key to behind it would be passed over. The key
   * is named in the condition alone, which follows when somebody renames a column; a function would
   * fail.
   */
  private List<String> move(SyncSpec sync, SyncMode mode) {
    String moved =
        Row.finished(
            sync.key().stream().map(Row::changed).collect(Collectors.joining("\n    OR ")));
    return List.of(
        functions.onMove(sync, mode),
        """
        CREATE OR REPLACE TRIGGER %s BEFORE UPDATE ON %s
        FOR EACH ROW WHEN (%s)
        EXECUTE FUNCTION %s()"""
            .formatted(
                sync.moveTrigger().quoted(),
                sync.table().quoted(),
                moved,
                sync.moveFunctionName().quoted()),
        always(sync.table(), sync.moveTrigger()));
  }

  List<String> drop(SyncSpec sync) {
    List<String> sql = new ArrayList<>(dropInsertAndUpdate(sync));
    if (!sync.key().isEmpty()) {
      sql.add(dropTrigger(sync.table(), sync.moveTrigger()));
      sql.add(dropFunction(sync.moveFunctionName()));
    }
    return List.copyOf(sql);
  }

  private static List<String> dropInsertAndUpdate(SyncSpec sync) {
    return List.of(
        dropTrigger(sync.table(), sync.insertTrigger()),
        dropTrigger(sync.table(), sync.updateTrigger()),
        dropFunction(sync.insertFunctionName()),
        dropFunction(sync.updateFunctionName()));
  }

  private static String dropTrigger(TableName table, Identifier trigger) {
    return "DROP TRIGGER IF EXISTS %s ON %s".formatted(trigger.quoted(), table.quoted());
  }

  private static String dropFunction(TableName function) {
    return "DROP FUNCTION IF EXISTS %s()".formatted(function.quoted());
  }

  private static String always(TableName table, Identifier trigger) {
    return "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s".formatted(table.quoted(), trigger.quoted());
  }

  private static String condition(SyncSpec sync, SyncMode mode) {
    String concerned =
        Row.finished(
            sync.pairs().stream()
                .map(pair -> concerns(pair, mode))
                .collect(Collectors.joining("\n    OR ")));
    String[] skip = sync.skipSetting().split("=", 2);
    return "pg_catalog.current_setting(%s, true) IS DISTINCT FROM %s\n  AND (%s)"
        .formatted(Literal.of(skip[0]), Literal.of(skip[1]), concerned);
  }

  private static String concerns(Pair pair, SyncMode mode) {
    String changed = Row.changed(pair.old()) + "\n    OR " + Row.changed(pair.replacement());
    // Until both ways are open, a row that the backfill has not filled yet is filled by any update:
    // the update may move it to where the backfill has been already.
    return mode == SyncMode.BOTH
        ? changed
        : changed + "\n    OR " + Row.after(pair.replacement()) + " IS NULL";
  }
}
