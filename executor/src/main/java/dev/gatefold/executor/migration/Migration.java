package dev.gatefold.executor.migration;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.Digest;
import java.util.List;

/**
 * The direct DDL of a change.
 *
 * @param statements in order, each without a semicolon at its end or with one
 */
public record Migration(ChangeName change, List<String> statements) {

  private static final int DIGEST_BYTES = 8;

  public Migration {
    statements = List.copyOf(statements);
  }

  /**
   * The line by which a file is known again, whatever version it was given and whatever else a
   * later version of Gatefold writes into it: its statements are what counts.
   */
  String marker() {
    return marker(change) + Digest.of(String.join(";\n", statements), DIGEST_BYTES);
  }

  /** What the marker of each migration of a change begins with. */
  static String marker(ChangeName change) {
    return "-- Gatefold, change %s, direct DDL ".formatted(change);
  }

  /** One statement, which asks first; with comments before it. */
  public String text() {
    return MigrationText.of(this);
  }

  /** What Flyway calls it. */
  String fileName(String version) {
    return "V%s__%s.sql".formatted(version, change);
  }
}
