package dev.gatefold.planner.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One name as the catalog stores it, never quoted. The only place that turns a name into SQL text.
 *
 * <p>Immutable and thread-safe.
 */
public record Identifier(@JsonValue String value) implements Comparable<Identifier> {

  /** PostgreSQL keeps 63 bytes of a name ({@code NAMEDATALEN - 1}) and cuts the rest silently. */
  public static final int MAX_BYTES = 63;

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

  @JsonCreator
  public Identifier {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a name must not be empty");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name must not contain a zero byte");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the name \"" + value + "\" is longer than " + MAX_BYTES + " bytes");
    }
  }

  /**
   * Reads a name as SQL would: unquoted it folds to lower case, in double quotes it stays.
   *
   * @throws IllegalArgumentException with a sentence for the author of the text
   */
  public static Identifier parse(String sql) {
    NameScanner scanner = new NameScanner(sql);
    Identifier name = scanner.next();
    scanner.end();
    return name;
  }

  static Identifier folded(String unquoted) {
    return new Identifier(unquoted.toLowerCase(Locale.ROOT));
  }

  /** The name for SQL text: always in double quotes, so that no keyword and no case can hurt. */
  public String quoted() {
    return '"' + value.replace("\"", "\"\"") + '"';
  }

  @Override
  public int compareTo(Identifier other) {
    return value.compareTo(other.value);
  }

  /** For messages: as it would be written in SQL, so in quotes only where it has to be. */
  @Override
  public String toString() {
    return PLAIN.matcher(value).matches() ? value : quoted();
  }
}
