package dev.gatefold.planner.token;

import dev.gatefold.planner.token.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes SQL text to pieces: names, values, symbols; comments fall away. It knows no grammar and
 * fails on no text: what does not end, ends with the text. Not thread-safe.
 */
public final class Tokenizer {

  private final String sql;
  private final boolean inside;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokenizer(String sql, boolean inside) {
    this.sql = sql;
    this.inside = inside;
  }

  /** The pieces of a statement; what its strings say is of no interest. */
  public static List<Token> statement(String sql) {
    return new Tokenizer(sql, false).run();
  }

  /** The pieces of code, those of its strings among them: they may be run as statements. */
  public static List<Token> code(String sql) {
    return new Tokenizer(sql, true).run();
  }

  private List<Token> run() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = indexOrEnd(sql.indexOf('\n', at));
      } else if (sql.startsWith("/*", at)) {
        comment();
      } else if (c == '\'') {
        string(false);
      } else if (c == '"') {
        quoted();
      } else if (c == '$') {
        dollar();
      } else if (isLetter(c)) {
        word();
      } else if (isDigit(c)) {
        number();
      } else {
        tokens.add(new Token(Kind.SYMBOL, String.valueOf(c)));
        at++;
      }
    }
    return List.copyOf(tokens);
  }

  /** Comments nest. */
  private void comment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
  }

  private void string(boolean escapes) {
    StringBuilder text = new StringBuilder();
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '\'' && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
        at++;
      } else if (c == '\'') {
        break;
      } else if (c == '\\' && escapes) {
        at++;
      }
      text.append(c);
    }
    at = Math.min(at + 1, sql.length());
    value(text.toString());
  }

  /** A value; where it may be run as code, what it says as well. */
  private void value(String text) {
    tokens.add(new Token(Kind.VALUE, ""));
    if (inside) {
      tokens.addAll(code(text));
      tokens.add(new Token(Kind.VALUE, ""));
    }
  }

  private void quoted() {
    StringBuilder name = new StringBuilder();
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '"' && at + 1 < sql.length() && sql.charAt(at + 1) == '"') {
        at++;
      } else if (c == '"') {
        break;
      }
      name.append(c);
    }
    at = Math.min(at + 1, sql.length());
    tokens.add(new Token(Kind.QUOTED, name.toString()));
  }

  /** A parameter such as {@code $1}, or a string between two tags such as {@code $body$}. */
  private void dollar() {
    int end = at + 1;
    while (end < sql.length() && (isLetter(sql.charAt(end)) || isDigit(sql.charAt(end)))) {
      end++;
    }
    if (end < sql.length() && sql.charAt(end) == '$' && !isDigit(sql.charAt(at + 1))) {
      String tag = sql.substring(at, end + 1);
      int close = indexOrEnd(sql.indexOf(tag, end + 1));
      String text = sql.substring(end + 1, close);
      at = Math.min(close + tag.length(), sql.length());
      value(text);
    } else {
      at = end;
      tokens.add(new Token(Kind.VALUE, ""));
    }
  }

  private void word() {
    int start = at;
    while (at < sql.length() && isNamePart(sql.charAt(at))) {
      at++;
    }
    String word = sql.substring(start, at);
    boolean prefix = at < sql.length() && sql.charAt(at) == '\'' && word.length() == 1;
    if (prefix && "eEbBxXnN".contains(word)) {
      string("eE".contains(word));
    } else {
      tokens.add(Token.word(word));
    }
  }

  private void number() {
    while (at < sql.length() && (isNamePart(sql.charAt(at)) || sql.charAt(at) == '.')) {
      at++;
    }
    tokens.add(new Token(Kind.VALUE, ""));
  }

  private int indexOrEnd(int index) {
    return index < 0 ? sql.length() : index;
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || isDigit(c) || c == '$';
  }

  private static boolean isLetter(char c) {
    return c == '_' || Character.isLetter(c) || c >= 128;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
