package dev.gatefold.planner.plan;

/**
 * A question to the catalog.
 *
 * @param sql a SELECT of one boolean, and maybe of a text that people are told as well
 * @param failure what to tell people where the answer is not true
 */
public record Check(String sql, String failure) {}
