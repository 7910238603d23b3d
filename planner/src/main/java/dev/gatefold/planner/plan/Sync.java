package dev.gatefold.planner.plan;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;

/**
 * The sync of one table after a step.
 *
 * @param oid the table's OID
 * @param mode the mode from now on; empty where the step takes the sync away
 * @param skipSetting the session setting under which the update trigger does not fire
 */
public record Sync(
    TableName table,
    long oid,
    Optional<SyncMode> mode,
    Identifier insertTrigger,
    Identifier updateTrigger,
    String skipSetting) {}
