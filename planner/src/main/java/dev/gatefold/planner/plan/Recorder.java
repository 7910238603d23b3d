package dev.gatefold.planner.plan;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;

/**
 * What writes down who still writes which shape of a table.
 *
 * @param token by which its notes are told from those of every other
 * @param insertTrigger fires on INSERT
 * @param updateTrigger fires on UPDATE
 */
public record Recorder(
    String token, Identifier insertTrigger, Identifier updateTrigger, TableName function) {}
