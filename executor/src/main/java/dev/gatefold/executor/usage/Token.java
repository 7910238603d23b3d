package dev.gatefold.executor.usage;

import java.util.Locale;

/**
 * A piece of SQL text.
 *
 * @param text a name as the catalog would store it; of a symbol the one character
 */
record Token(Kind kind, String text) {

  enum Kind {
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
  static final Token NONE = new Token(Kind.SYMBOL, "");

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.equals(String.valueOf(symbol));
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  static Token word(String text) {
    return new Token(Kind.WORD, text.toLowerCase(Locale.ROOT));
  }
}
