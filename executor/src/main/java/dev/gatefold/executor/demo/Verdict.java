package dev.gatefold.executor.demo;

import dev.gatefold.executor.demo.traffic.Counts;

/**
 * How it all ended.
 *
 * @param told whether every step ended as it should
 * @param audited rows that were compared with what the applications wrote
 * @param compared rows that Gatefold compared, old with new
 */
record Verdict(boolean told, Counts counts, long audited, long compared, long mismatches) {

  private static final int DONE = 0;
  private static final int STOPPED = 5;
  private static final int DIFFERS = 6;

  int exitCode() {
    if (mismatches > 0 || counts.lost() > 0) {
      return DIFFERS;
    }
    return told && counts.failed() == 0 ? DONE : STOPPED;
  }

  void print(Narrator narrator) {
    narrator.heading("What the applications met");
    narrator.figure("statements run", Figures.number(counts.statements()), true);
    narrator.figure("failed", Figures.number(counts.failed()), counts.failed() == 0);
    narrator.figure("longest stall", Figures.millis(counts.longest()), true);
    narrator.figure(
        "rows verified",
        "%s against what was written, %s old against new"
            .formatted(Figures.number(audited), Figures.number(compared)),
        audited > 0);
    narrator.figure("mismatches", Figures.number(mismatches), mismatches == 0);
    narrator.figure("lost or torn writes", Figures.number(counts.lost()), counts.lost() == 0);
    narrator.end(
        exitCode() == DONE
            ? "Three breaking changes, no downtime, nothing lost."
            : "This is not how it should end.",
        exitCode() == DONE);
  }
}
