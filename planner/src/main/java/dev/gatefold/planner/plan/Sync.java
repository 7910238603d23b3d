package dev.gatefold.planner.plan;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The sync of one table after a step.
 *
 * @param oid the table's OID
 * @param mode the mode from now on; empty where the step takes the sync away
 * @param skipSetting the session setting under which the update trigger does not fire
 * @param sql makes it just so, whatever is left of it; empty where the step takes it away
 * @param recorder what the step makes anew to record the writes; empty where it leaves that as it
 *     is, or takes it away together with the sync
 */
public record Sync(
    TableName table,
    long oid,
    Optional<SyncMode> mode,
    Identifier insertTrigger,
    Identifier updateTrigger,
    String skipSetting,
    List<String> sql,
    Optional<Recorder> recorder) {

  public Sync {
    sql = List.copyOf(sql);
  }

  /** The same sync of a step that leaves the recorder alone. */
  public Sync withoutRecorder() {
    return new Sync(
        table, oid, mode, insertTrigger, updateTrigger, skipSetting, sql, Optional.empty());
  }
}
