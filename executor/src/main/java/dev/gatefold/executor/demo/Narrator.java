package dev.gatefold.executor.demo;

import dev.gatefold.executor.cli.text.Console;
import dev.gatefold.executor.cli.text.Console.Style;
import java.util.Locale;

/** Puts the story into lines: in one place, so that they look alike. */
final class Narrator {

  private static final String INDENT = " ".repeat(12);

  private final Console console;
  private volatile boolean silent;

  Narrator(Console console) {
    this.console = console;
  }

  /** From here on nothing is printed. May be called by any thread. */
  void fallSilent() {
    silent = true;
  }

  boolean silent() {
    return silent;
  }

  void title(String text) {
    line(Style.STRONG, text);
    line("");
  }

  void heading(String text) {
    line("");
    line(Style.STRONG, text);
    line("");
  }

  /** The file of a change. */
  void file(String yaml) {
    yaml.lines().forEach(text -> line(Style.FAINT, INDENT + text));
    line("");
  }

  /** Something that happens, and a line of figures below it if there are any. */
  void event(String word, String text, String figures, Style style) {
    line("  " + console.styled(style, pad(word)) + text);
    if (!figures.isEmpty()) {
      line(Style.FAINT, INDENT + figures);
    }
  }

  void command(String text) {
    say("$ " + text);
  }

  void say(String text) {
    line(INDENT + text);
  }

  /** On a terminal only; the next line takes its place. */
  void progress(String word, String text) {
    if (!silent) {
      console.redraw("  " + console.styled(Style.ATTENTION, pad(word)) + text);
    }
  }

  void figure(String name, String value, boolean good) {
    line(
        String.format(Locale.ROOT, "  %-21s", name)
            + console.styled(good ? Style.STRONG : Style.BAD, value));
  }

  void end(String text, boolean good) {
    line("");
    line(good ? Style.GOOD : Style.BAD, "  " + text);
  }

  private static String pad(String word) {
    return String.format(Locale.ROOT, "%-10s", word);
  }

  private void line(Style style, String text) {
    line(console.styled(style, text));
  }

  private void line(String text) {
    if (!silent) {
      console.line(text);
    }
  }
}
