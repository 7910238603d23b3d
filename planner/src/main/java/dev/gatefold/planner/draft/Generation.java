package dev.gatefold.planner.draft;

/**
 * A column whose value the server makes from the others of its row.
 *
 * @param stored whether it lies in the row; else it is made when it is read, PostgreSQL 18 on
 */
public record Generation(String expression, boolean stored) {}
