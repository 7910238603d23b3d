package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.token.Token;
import dev.gatefold.planner.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what SQL does, by its words. It is no parser: what it does not know, it leaves as it
 * stands, and no check finds anything in it.
 */
final class Statements {

  private static final String NAMES = Action.NAME + "(?: \\. " + Action.NAME + ")*";

  private static final Pattern ALTER_TABLE =
      Pattern.compile(
          "^ALTER (?:FOREIGN )?TABLE (?:IF EXISTS )?(?:ONLY )?(" + NAMES + ")(?: \\*)? ");

  /** Where other statements have the name of a table. */
  private static final List<Pattern> TABLES =
      List.of(
          named("^CREATE (?:UNIQUE )?INDEX (?:.*? )?ON (?:ONLY )?(%s)"),
          named("^CREATE (?:UNLOGGED )?TABLE (%s)"),
          named("^CREATE (?:OR REPLACE )?VIEW (%s)"),
          named("^DROP TABLE (%s)"),
          named("^TRUNCATE (?:TABLE )?(?:ONLY )?(%s)"),
          named("^REINDEX (?:\\( .*? \\) )?TABLE (?:CONCURRENTLY )?(%s)"),
          named("^(?:CREATE|ALTER|DROP) (?:POLICY|TRIGGER) .*? ?ON (%s)"),
          named("^(?:CLUSTER|VACUUM)(?: \\( .*? \\))?(?: (?:FULL|FREEZE|VERBOSE|ANALYZE))* (%s)"),
          named("^UPDATE (?:ONLY )?(%s)"),
          named("^DELETE FROM (?:ONLY )?(%s)"),
          named("^INSERT INTO (%s)"));

  private static final Pattern MAYBE = Pattern.compile(" IF (?:NOT )?EXISTS\\b");

  /** ADD, ALTER, DROP and RENAME speak of a column where they say nothing else. */
  private static final Pattern BARE =
      Pattern.compile(
          "^(ADD|ALTER|DROP|RENAME) (?!(?:COLUMN|CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE|NOT|TO)\\b)");

  private Statements() {}

  /** Everything that a text does, in order. */
  static List<Action> actions(StageName stage, boolean unproven, String sql) {
    List<Action> actions = new ArrayList<>();
    for (List<String> pieces : split(pieces(sql), ";")) {
      String statement = String.join(" ", pieces);
      Matcher alter = ALTER_TABLE.matcher(statement);
      if (alter.find()) {
        List<TableName> table = table(alter.group(1)).stream().toList();
        split(pieces.subList(pieces(alter.group()).size(), pieces.size()), ",").stream()
            .map(action -> new Action(stage, unproven, table, "ALTER TABLE " + whole(action)))
            .forEach(actions::add);
      } else {
        String text = MAYBE.matcher(statement).replaceAll("");
        actions.add(new Action(stage, unproven, tables(text), text));
      }
    }
    return actions;
  }

  /** The statements of a text, in canonical words. */
  static List<String> statements(String sql) {
    return split(pieces(sql), ";").stream().map(pieces -> String.join(" ", pieces)).toList();
  }

  /** A name as it was written; empty where it can be none. */
  static Optional<Identifier> identifier(String written) {
    try {
      return Optional.of(Identifier.parse(written));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A table's name as it was written, without a schema one of {@code public}. */
  static Optional<TableName> table(String written) {
    try {
      return Optional.of(TableName.parse(written.replace(" . ", ".")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The plain columns that an index begins with; none of a partial one. */
  static List<String> leading(String definition) {
    List<String> pieces = pieces(definition);
    int open = pieces.indexOf("(");
    if (open < 0 || pieces.contains("WHERE")) {
      return List.of();
    }
    List<String> columns = new ArrayList<>();
    for (List<String> key : split(inside(pieces.subList(open + 1, pieces.size())), ",")) {
      Optional<Identifier> name = key.contains("(") ? Optional.empty() : identifier(key.get(0));
      if (name.isEmpty()) {
        break;
      }
      columns.add(name.get().value());
    }
    return columns;
  }

  /** Up to the parenthesis that closes the one before. */
  private static List<String> inside(List<String> pieces) {
    int depth = 1;
    for (int i = 0; i < pieces.size(); i++) {
      depth += pieces.get(i).equals("(") ? 1 : pieces.get(i).equals(")") ? -1 : 0;
      if (depth == 0) {
        return pieces.subList(0, i);
      }
    }
    return pieces;
  }

  private static Pattern named(String pattern) {
    return Pattern.compile(pattern.formatted(NAMES));
  }

  private static List<TableName> tables(String text) {
    return TABLES.stream()
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::find)
        .flatMap(matcher -> table(matcher.group(1)).stream())
        .limit(1)
        .toList();
  }

  private static String whole(List<String> action) {
    String text = MAYBE.matcher(String.join(" ", action)).replaceAll("");
    return BARE.matcher(text).replaceFirst("$1 COLUMN ");
  }

  private static List<String> pieces(String sql) {
    return Tokenizer.statement(sql).stream().map(Statements::piece).toList();
  }

  private static String piece(Token token) {
    return switch (token.kind()) {
      case WORD -> token.text().toUpperCase(Locale.ROOT);
      case QUOTED -> '"' + token.text().replace("\"", "\"\"") + '"';
      case VALUE -> "?";
      case SYMBOL -> token.text();
    };
  }

  /** At the separators that stand in no parentheses. */
  private static List<List<String>> split(List<String> pieces, String separator) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int depth = 0;
    for (String piece : pieces) {
      depth += piece.equals("(") ? 1 : piece.equals(")") ? -1 : 0;
      if (depth == 0 && piece.equals(separator)) {
        parts.add(part);
        part = new ArrayList<>();
      } else {
        part.add(piece);
      }
    }
    parts.add(part);
    return parts.stream().filter(it -> !it.isEmpty()).toList();
  }
}
