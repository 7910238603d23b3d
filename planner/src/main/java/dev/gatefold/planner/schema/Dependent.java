package dev.gatefold.planner.schema;

/**
 * An object that the server would not let outlive a column, and that is none of those carried over.
 *
 * @param attnum the column
 * @param description in the server's own words, such as {@code statistics object sales.pairs}
 */
public record Dependent(int attnum, String description) {}
