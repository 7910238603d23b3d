package dev.gatefold.planner.name;

/** Walks over a dotted name such as {@code public."Order Item"}. Not thread-safe. */
final class NameScanner {

  private final String text;
  private int at;

  NameScanner(String text) {
    this.text = text.strip();
  }

  Identifier next() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a name; write names with blanks or upper case in double quotes");
    }
    return Identifier.folded(text.substring(start, at));
  }

  boolean dot() {
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      return true;
    }
    return false;
  }

  void end() {
    if (at < text.length()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a plain name: \""
              + text.substring(at)
              + "\" is left over; write names with blanks, dots or upper case in double quotes");
    }
  }

  private Identifier quoted() {
    StringBuilder name = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '"') {
        name.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        name.append('"');
        at++;
      } else {
        at++;
        return new Identifier(name.toString());
      }
    }
    throw new IllegalArgumentException("the name " + text + " lacks its closing double quote");
  }

  private static boolean isNamePart(char c, boolean first) {
    return c == '_'
        || Character.isLetter(c)
        || Character.isSurrogate(c)
        || (!first && (c == '$' || (c >= '0' && c <= '9')));
  }
}
