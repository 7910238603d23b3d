package dev.gatefold.executor.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of measurements, written to {@code target/benchmarks} as Markdown. */
final class Figures {

  private final String title;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Figures(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  Figures row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }

  void write(String file) throws IOException {
    StringBuilder text = new StringBuilder("## ").append(title).append("\n\n");
    text.append(line(columns)).append("|---".repeat(columns.size())).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    Path folder = Files.createDirectories(Path.of("target", "benchmarks"));
    Files.writeString(folder.resolve(file + ".md"), text);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
