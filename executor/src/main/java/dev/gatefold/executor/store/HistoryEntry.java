package dev.gatefold.executor.store;

import dev.gatefold.planner.change.ChangeName;
import java.time.Instant;

/**
 * One line of what happened.
 *
 * @param actor the database's session user
 * @param kind a stable word: submitted, promoted, step-done, stage-done, failed, paused, ...
 */
public record HistoryEntry(ChangeName change, Instant at, String actor, String kind, String text) {}
