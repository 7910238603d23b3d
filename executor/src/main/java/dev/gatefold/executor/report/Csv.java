package dev.gatefold.executor.report;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values, quoted as RFC 4180 has it. */
public final class Csv {

  private Csv() {}

  public static String line(List<String> values) {
    return values.stream().map(Csv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String value) {
    return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
