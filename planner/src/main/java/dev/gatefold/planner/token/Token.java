package dev.gatefold.planner.token;

import java.util.Locale;

/**
 * A piece of SQL text.
 *
 * @param text a name as the catalog would store it; of a symbol the one character
 */
public record Token(Kind kind, String text) {

  /** What sort of piece it is. */
  public enum Kind {
    /** A name or keyword without quotes. */
    WORD,
    /** A name in double quotes, so no keyword. */
    QUOTED,
    /** A number, a string or a parameter. */
    VALUE,
    /** Any other character. */
    SYMBOL
  }

  /** What stands before the first token and after the last. */
  public static final Token NONE = new Token(Kind.SYMBOL, "");

  public boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  public boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.equals(String.valueOf(symbol));
  }

  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  static Token word(String text) {
    return new Token(Kind.WORD, text.toLowerCase(Locale.ROOT));
  }
}
