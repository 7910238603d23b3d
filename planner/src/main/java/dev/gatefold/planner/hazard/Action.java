package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that a statement does: of an ALTER TABLE each of its actions by itself.
 *
 * @param stage the stage in which it runs
 * @param unproven whether it is a user's own SQL, whose locks nobody has seen
 * @param tables the tables that it names, as far as it can be told
 * @param text the words of it, keywords in upper case, without what the tables are called
 */
public record Action(StageName stage, boolean unproven, List<TableName> tables, String text) {

  /** A name, as {@link Statements} writes it. */
  static final String NAME = "(?:\"(?:[^\"]++|\"\")*+\"|[\\w$\\x80-\\uFFFF]++)";

  private static final Pattern COLUMN =
      Pattern.compile("^ALTER TABLE (?:ADD|ALTER|DROP|RENAME) COLUMN (" + NAME + ")");

  public Action {
    tables = List.copyOf(tables);
  }

  boolean is(Pattern pattern) {
    return pattern.matcher(text).find();
  }

  /** What a group of the pattern holds, where the pattern fits. */
  Optional<String> group(Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
  }

  /** The first table that it names. */
  Optional<TableName> table() {
    return tables.stream().findFirst();
  }

  /** For people: the table, or the statement itself where it names none. */
  String object() {
    return table().map(TableName::toString).orElseGet(() -> words(text));
  }

  /** The column that an action of ALTER TABLE is about. */
  Optional<Identifier> column() {
    return group(COLUMN).flatMap(Statements::identifier);
  }

  /** Table and column, for people. */
  String columnObject() {
    return object() + column().map(name -> "." + name).orElse("");
  }

  private static String words(String text) {
    int most = 60;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
