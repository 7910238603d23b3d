package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.plan.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        TriggerSql.before(
            "INSERT", sync.table(), sync.insertTrigger(), "", sync.insertFunctionName()),
        TriggerSql.before(
            "UPDATE",
            sync.table(),
            sync.updateTrigger(),
            condition(sync, mode),
            sync.updateFunctionName()),
        TriggerSql.always(sync.table(), sync.insertTrigger()),
        TriggerSql.always(sync.table(), sync.updateTrigger()));
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
        TriggerSql.before(
            "UPDATE", sync.table(), sync.moveTrigger(), moved, sync.moveFunctionName()),
        TriggerSql.always(sync.table(), sync.moveTrigger()));
  }

  List<String> drop(SyncSpec sync) {
    List<String> sql = new ArrayList<>(dropInsertAndUpdate(sync));
    if (!sync.key().isEmpty()) {
      sql.add(TriggerSql.drop(sync.table(), sync.moveTrigger()));
      sql.add(TriggerSql.dropFunction(sync.moveFunctionName()));
    }
    return List.copyOf(sql);
  }

  private static List<String> dropInsertAndUpdate(SyncSpec sync) {
    return List.of(
        TriggerSql.drop(sync.table(), sync.insertTrigger()),
        TriggerSql.drop(sync.table(), sync.updateTrigger()),
        TriggerSql.dropFunction(sync.insertFunctionName()),
        TriggerSql.dropFunction(sync.updateFunctionName()));
  }

  private static String condition(SyncSpec sync, SyncMode mode) {
    String concerned =
        Row.finished(
            Stream.concat(
                    sync.groups().stream().map(group -> concerns(group, mode)),
                    sync.fills().in(mode).stream()
                        .map(column -> Row.verbatim(FillTriggers.isStillMissing(column))))
                .collect(Collectors.joining("\n    OR ")));
    return "%s\n  AND (%s)".formatted(TriggerSql.notOurs(sync), concerned);
  }

  private static String concerns(Group group, SyncMode mode) {
    String changed = Row.anyChanged(group.olds()) + "\n    OR " + Row.anyChanged(group.news());
    // Until both ways are open, a row that the backfill has not filled yet is filled by any update:
    // the update may move it to where the backfill has been already.
    return mode == SyncMode.BOTH ? changed : changed + "\n    OR " + Row.allNull(group.news());
  }
}
