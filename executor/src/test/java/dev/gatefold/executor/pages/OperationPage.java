package dev.gatefold.executor.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page about one operation.
 *
 * @param change the change file that it shows
 * @param tables makes the tables on which it runs
 * @param directDdl leads to the same end
 * @param others what other tools do, by their names
 */
record OperationPage(
    String operation, String change, String tables, String directDdl, Map<String, String> others) {

  static final Path FOLDER = Path.of("..", "docs", "operations");

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern OTHER = Pattern.compile("(?m)^- ([\\w-]+): (.+)$");

  /** Every page, by name. */
  static List<OperationPage> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(OperationPage::read).toList();
    }
  }

  private static OperationPage read(Path file) {
    String text = text(file);
    return new OperationPage(
        file.getFileName().toString().replace(".md", ""),
        block(text, "yaml", 0),
        block(text, "sql", 0),
        block(text, "sql", 1),
        others(text));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private static String block(String text, String language, int number) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .skip(number)
        .map(block -> block.group(2))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + language + " block in " + text));
  }

  private static Map<String, String> others(String text) {
    Map<String, String> others = new LinkedHashMap<>();
    Matcher other = OTHER.matcher(text.substring(text.indexOf("## Others")));
    while (other.find()) {
      others.put(other.group(1), other.group(2));
    }
    return others;
  }

  @Override
  public String toString() {
    return operation;
  }
}
