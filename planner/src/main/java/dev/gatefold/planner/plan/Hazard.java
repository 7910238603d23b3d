package dev.gatefold.planner.plan;

/**
 * A danger that the plan carries for running applications.
 *
 * @param code stable, for machines and for the page in the docs
 * @param object the table or column concerned
 * @param message what happens
 * @param cure what to do about it
 */
public record Hazard(String code, Severity severity, String object, String message, String cure) {

  /** How much attention it needs. */
  public enum Severity {
    NOTE,
    WARNING,
    DANGER
  }
}
