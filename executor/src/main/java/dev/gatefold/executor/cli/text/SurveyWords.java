package dev.gatefold.executor.cli.text;

import dev.gatefold.planner.plan.Survey.Seen;

/** How large and how busy a table is, as people say it. */
final class SurveyWords {

  private SurveyWords() {}

  /** {@code about 1,200 rows, 96 kB, 500 rows written and 2,000 scans an hour}. */
  static String of(Seen seen) {
    String traffic =
        seen.rowsWrittenPerHour().isPresent()
            ? "%s rows written and %s scans an hour".formatted(written(seen), scans(seen))
            : "traffic unknown";
    return rows(seen) + ", " + size(seen) + ", " + traffic;
  }

  static String rows(Seen seen) {
    return seen.rows().isPresent()
        ? "about " + Wording.count(seen.rows().getAsLong()) + " rows"
        : "rows unknown";
  }

  static String written(Seen seen) {
    return seen.rowsWrittenPerHour().isPresent()
        ? Wording.count(seen.rowsWrittenPerHour().getAsLong())
        : "unknown";
  }

  static String scans(Seen seen) {
    return seen.scansPerHour().isPresent()
        ? Wording.count(seen.scansPerHour().getAsLong())
        : "unknown";
  }

  static String size(Seen seen) {
    return Wording.bytes(seen.bytes());
  }
}
