package dev.gatefold.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.hazard.Danger;
import dev.gatefold.planner.hazard.Hazards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each hazard has its page and each page its hazard, and both say the same of it. */
class HazardDocsTest {

  private static final Path DOCS = Path.of("..", "docs");

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| \\[`([\\w-]+)`\\]\\(hazards/\\1\\.md\\) \\| (\\w+) \\| (\\w*) \\|",
          Pattern.MULTILINE);

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");

  @Test
  void theTableNamesEachWithItsSeverity() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(DOCS.resolve("hazards.md")))
            .results()
            .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Hazards.dangers().stream()
                .map(danger -> danger.code() + " " + severity(danger) + " " + danger.weighedBy())
                .toList());
  }

  @Test
  void eachHasItsPageAndEachPageItsHazard() throws IOException {
    try (Stream<Path> pages = Files.list(DOCS.resolve("hazards"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Hazards.dangers().stream().map(danger -> danger.code() + ".md").toList());
    }
    for (Danger danger : Hazards.dangers()) {
      assertThat(Files.readString(page(danger)))
          .startsWith("# `" + danger.code() + "`: ")
          .containsIgnoringCase("**" + severity(danger) + "**")
          .contains("## What happens", "## Where a plan names it", "## What to do");
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path page :
        Stream.concat(
                Stream.of(DOCS.resolve("hazards.md")),
                Hazards.dangers().stream().map(HazardDocsTest::page))
            .toList()) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        assertThat(page.resolveSibling(link.group(1))).as("%s", page).exists();
      }
    }
  }

  private static Path page(Danger danger) {
    return DOCS.resolve("hazards").resolve(danger.code() + ".md");
  }

  private static String severity(Danger danger) {
    return danger.usual().name().toLowerCase(Locale.ROOT);
  }
}
