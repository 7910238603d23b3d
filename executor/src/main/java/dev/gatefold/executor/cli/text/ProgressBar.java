package dev.gatefold.executor.cli.text;

import dev.gatefold.backfill.progress.Progress;
import java.util.Locale;
import java.util.OptionalInt;

/** One line that says how far a pass is; what is too much for a narrow terminal is cut off. */
final class ProgressBar {

  /** One less than the usual 80, for some terminals wrap at the last column. */
  static final int WIDTH = 79;

  private static final int CELLS = 16;

  private ProgressBar() {}

  static String draw(String position, Progress progress) {
    OptionalInt percent =
        Wording.percent(progress.rowsDone(), progress.rowsTotalEstimate().orElse(0));
    StringBuilder line = new StringBuilder(position);
    if (percent.isPresent()) {
      int full = percent.getAsInt() * CELLS / 100;
      line.append(" [")
          .append("#".repeat(full))
          .append(".".repeat(CELLS - full))
          .append(String.format(Locale.ROOT, "] %3d%%", percent.getAsInt()));
    }
    line.append("  ").append(Wording.count(progress.rowsDone())).append(" rows");
    progress
        .rowsPerSecond()
        .ifPresent(
            speed -> line.append("  ").append(Wording.count(Math.round(speed))).append("/s"));
    line.append("  ").append(Wording.left(progress.remaining()));
    if (!progress.pressure().reasons().isEmpty()) {
      line.append("  ").append(Wording.pressure(progress.pressure()));
    }
    return line.toString();
  }

  static boolean fits(String line) {
    return line.length() <= WIDTH;
  }

  static String cut(String line) {
    return fits(line) ? line : line.substring(0, WIDTH - 3) + "...";
  }
}
