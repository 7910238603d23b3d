package dev.gatefold.executor.cli.text;

import java.io.PrintStream;

/**
 * The two streams of a command, the only place that writes to them. Standard output carries what
 * was asked for, standard error what went wrong. Not thread-safe.
 */
public final class Console {

  private static final String TO_LINE_START = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean colour;
  private boolean lineOpen;

  /**
   * Wraps the streams.
   *
   * @param terminal whether a person looks at standard output, so that a line can be drawn again
   * @param colour whether colours are wanted; only a terminal gets them
   */
  public Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.colour = terminal && colour;
  }

  /** Colours, by what they mean. */
  public enum Style {
    GOOD(32),
    BAD(31),
    ATTENTION(33),
    STRONG(1),
    FAINT(2);

    private final int code;

    Style(int code) {
      this.code = code;
    }
  }

  public boolean terminal() {
    return terminal;
  }

  public String styled(Style style, String text) {
    return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  public void line(String text) {
    endLine();
    out.print(text + "\n");
    out.flush();
  }

  /** Asks; the answer follows on the same line. */
  public void question(String text) {
    endLine();
    out.print(text + " ");
    out.flush();
  }

  /** Draws the last line again; on a terminal only. */
  public void redraw(String text) {
    if (terminal) {
      out.print(TO_LINE_START + text);
      out.flush();
      lineOpen = true;
    }
  }

  public void error(String text) {
    endLine();
    err.print(text + "\n");
    err.flush();
  }

  public void stackTrace(Throwable e) {
    endLine();
    e.printStackTrace(err);
    err.flush();
  }

  private void endLine() {
    if (lineOpen) {
      out.print(TO_LINE_START);
      out.flush();
      lineOpen = false;
    }
  }
}
