package dev.gatefold.planner.draft;

/**
 * A new column whose rows the server numbers.
 *
 * @param serial whether by a default and a sequence of the column's own, rather than an identity
 */
public record Numbered(boolean serial, SequenceOptions sequence) {}
