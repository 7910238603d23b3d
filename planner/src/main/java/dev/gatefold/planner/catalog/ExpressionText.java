package dev.gatefold.planner.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether an author's text stays inside the parentheses that it is put in. It reads strings,
 * quoted names and comments as the server does with {@code standard_conforming_strings} on. Not
 * thread-safe.
 */
final class ExpressionText {

  private static final Pattern DOLLAR_TAG =
      Pattern.compile("\\$(?:[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_\\x{80}-\\x{10FFFF}]*)?\\$");

  private final String text;
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;

  private ExpressionText(String text) {
    this.text = text;
  }

  /** What is wrong with the text, in words; empty if it is one balanced piece of SQL. */
  static Optional<String> defect(String text) {
    return text.isBlank() ? Optional.of("the text is empty") : new ExpressionText(text).defect();
  }

  private Optional<String> defect() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        return Optional.of("a single expression is expected, but it contains a semicolon");
      }
      if (!(isQuote(c) ? skipQuoted(c) : isComment() ? skipComment() : bracket(c))) {
        return Optional.of("unbalanced quotes, comments or brackets");
      }
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of("unbalanced quotes, comments or brackets");
  }

  private boolean bracket(char c) {
    at++;
    return switch (c) {
      case '(', '[' -> open.add(c);
      case ')' -> closes('(');
      case ']' -> closes('[');
      default -> true;
    };
  }

  private boolean closes(char opening) {
    Character last = open.pollLast();
    return last != null && last == opening;
  }

  private boolean isQuote(char c) {
    return c == '\'' || c == '"' || (c == '$' && dollarTag().isPresent());
  }

  private boolean isComment() {
    return text.startsWith("--", at) || text.startsWith("/*", at);
  }

  private boolean skipQuoted(char quote) {
    if (quote == '$') {
      String tag = dollarTag().orElseThrow();
      int end = text.indexOf(tag, at + tag.length());
      at = end + tag.length();
      return end >= 0;
    }
    return (quote == '\'' && hasEscapes()) ? skipEscaped() : skipTo(quote);
  }

  private boolean skipTo(char quote) {
    int end = text.indexOf(quote, at + 1);
    at = end + 1;
    return end >= 0;
  }

  // A string with escapes goes on after white space and another quote, in the same manner.
  private boolean skipEscaped() {
    do {
      for (at++; at < text.length() && text.charAt(at) != '\''; at++) {
        if (text.charAt(at) == '\\') {
          at++;
        }
      }
      if (at++ >= text.length()) {
        return false;
      }
    } while (goesOn());
    return true;
  }

  private boolean goesOn() {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    boolean again = next < text.length() && text.charAt(next) == '\'';
    at = again ? next : at;
    return again;
  }

  private boolean skipComment() {
    if (text.startsWith("--", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
      return true;
    }
    int depth = 0;
    do {
      depth += text.startsWith("/*", at) ? 1 : text.startsWith("*/", at) ? -1 : 0;
      at += text.startsWith("/*", at) || text.startsWith("*/", at) ? 2 : 1;
    } while (depth > 0 && at < text.length());
    return depth == 0;
  }

  private boolean hasEscapes() {
    return at > 0
        && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
        && !isNamePart(at - 2);
  }

  private Optional<String> dollarTag() {
    Matcher tag = DOLLAR_TAG.matcher(text).region(at, text.length());
    return !isNamePart(at - 1) && tag.lookingAt() ? Optional.of(tag.group()) : Optional.empty();
  }

  private boolean isNamePart(int index) {
    return index >= 0
        && (Character.isLetterOrDigit(text.charAt(index))
            || text.charAt(index) == '_'
            || text.charAt(index) == '$'
            || text.charAt(index) >= 0x80);
  }
}
