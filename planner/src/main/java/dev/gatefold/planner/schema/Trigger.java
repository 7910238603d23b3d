package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;

/**
 * A trigger that a user made.
 *
 * @param beforeRow whether it may still change the row
 * @param onUpdate whether an UPDATE fires it
 * @param source the text of its function, or empty where it is not text
 */
public record Trigger(Identifier name, boolean beforeRow, boolean onUpdate, String source) {}
