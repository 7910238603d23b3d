package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Digest;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type that takes the place and the name of another in {@code retire}, and the names that both
 * have until then and from then on. Text that the server printed before means the same after it
 * only with the names of that time.
 *
 * @param type the name that both have, one after the other
 * @param building the new one's until the trade
 * @param aside the old one's after it
 */
public record TypeTrade(TableName type, TableName building, TableName aside) {

  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";

  /** A literal, to pass over, or two names with a point between that are no call of a function. */
  private static final Pattern PLACE =
      Pattern.compile(
          "[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|(?<![\\p{L}\\p{N}_$.\"])"
              + NAME
              + "\\."
              + NAME
              + "(?![\\p{L}\\p{N}_$(.\"])",
          Pattern.DOTALL);

  /** The trade of a type: one change at a time holds it. */
  static TypeTrade of(TableName type) {
    String token = Digest.of("enum " + type.quoted(), 6);
    return new TypeTrade(type, own(type, token + "_type_new"), own(type, token + "_type_old"));
  }

  private static TableName own(TableName type, String rest) {
    return new TableName(type.schema(), new Identifier("gatefold_" + rest));
  }

  /** What speaks of the old type, speaking of the new one before the trade. */
  public String toNew(String text) {
    return replaced(text, Map.of(type, building));
  }

  /** What speaks of the new type before the trade, speaking of the old one after it. */
  public String toOldAfter(String text) {
    return replaced(text, Map.of(building, aside, type, aside));
  }

  /** What was said before the trade, in the names after it. */
  public String after(String text) {
    return replaced(text, Map.of(type, aside, building, type));
  }

  private static String replaced(String text, Map<TableName, TableName> names) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    Optional.ofNullable(place.group(1))
                        .map(schema -> new TableName(name(schema), name(place.group(2))))
                        .flatMap(name -> Optional.ofNullable(names.get(name)))
                        .map(TableName::quoted)
                        .orElse(place.group())));
  }

  private static Identifier name(String sql) {
    return sql.startsWith("\"")
        ? new Identifier(sql.substring(1, sql.length() - 1).replace("\"\"", "\""))
        : new Identifier(sql);
  }
}
