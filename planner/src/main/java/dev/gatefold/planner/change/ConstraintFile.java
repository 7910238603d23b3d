package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintBody.Deferral;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads operations on constraints. */
final class ConstraintFile {

  private static final List<String> KINDS =
      List.of("check", "unique", "primary_key", "foreign_key", "exclude");

  private static final Deferral NONE = Deferral.NOT_DEFERRABLE;

  private ConstraintFile() {}

  static AddConstraint add(YamlMap map) throws ChangeFileException {
    return new AddConstraint(constraint(map, map.requiredParsed("table", TableName::parse)));
  }

  /** A constraint without its table. */
  static ConstraintDraft constraint(YamlMap map, TableName table) throws ChangeFileException {
    return new ConstraintDraft(table, map.requiredParsed("name", Identifier::parse), body(map));
  }

  /** What a constraint asks for; one of the keys of its kinds says which it is. */
  private static ConstraintBody body(YamlMap map) throws ChangeFileException {
    List<String> kinds = KINDS.stream().filter(map::has).toList();
    if (kinds.size() != 1) {
      throw map.errorAt(
          kinds.isEmpty() ? "name" : kinds.get(1),
          "wants beside it one of " + String.join(", ", KINDS));
    }
    onlyOf(map, "include", kinds.get(0), "unique", "primary_key");
    onlyOf(map, "nulls_not_distinct", kinds.get(0), "unique");
    onlyOf(map, "deferrable", kinds.get(0), "unique", "primary_key", "foreign_key", "exclude");
    return switch (kinds.get(0)) {
      case "check" -> new ConstraintBody.Check(map.requiredParsed("check", ChangeFile::sql));
      case "foreign_key" ->
          foreignKey(map.map("foreign_key").orElseThrow(), deferral(map).orElse(NONE));
      case "exclude" -> exclusion(map.map("exclude").orElseThrow(), deferral(map).orElse(NONE));
      default -> unique(map, kinds.get(0));
    };
  }

  private static void onlyOf(YamlMap map, String key, String kind, String... kinds)
      throws ChangeFileException {
    if (map.has(key) && !List.of(kinds).contains(kind)) {
      throw map.errorAt(key, "does not go with \"" + kind + "\"");
    }
  }

  private static ConstraintBody unique(YamlMap map, String kind) throws ChangeFileException {
    return new ConstraintBody.Unique(
        map.someTexts(kind, Identifier::parse),
        kind.equals("primary_key"),
        map.texts("include", Identifier::parse),
        kind.equals("unique") && map.flag("nulls_not_distinct").orElse(false),
        deferral(map).orElse(NONE));
  }

  private static ConstraintBody foreignKey(YamlMap map, Deferral deferral)
      throws ChangeFileException {
    ConstraintBody.ForeignKey key =
        new ConstraintBody.ForeignKey(
            map.someTexts("columns", Identifier::parse),
            map.requiredParsed("references", TableName::parse),
            map.texts("referenced_columns", Identifier::parse),
            map.parsed("on_delete", ConstraintFile::action),
            map.parsed("on_update", ConstraintFile::action),
            map.parsed("match", text -> ChangeFile.word(text, "simple", "full"))
                .filter(match -> match.equals("full"))
                .isPresent(),
            deferral);
    map.end();
    int referenced = key.referencedColumns().size();
    if (referenced != 0 && referenced != key.columns().size()) {
      throw map.errorAt("referenced_columns", "must name as many columns as \"columns\"");
    }
    return key;
  }

  private static ConstraintBody exclusion(YamlMap map, Deferral deferral)
      throws ChangeFileException {
    ConstraintBody body =
        new ConstraintBody.Exclusion(
            map.parsed("using", ChangeFile::sql),
            map.someTexts("elements", ChangeFile::sql),
            map.parsed("where", ChangeFile::sql),
            deferral);
    map.end();
    return body;
  }

  static Optional<Deferral> deferral(YamlMap map) throws ChangeFileException {
    return map.parsed("deferrable", ConstraintFile::deferral);
  }

  private static Deferral deferral(String text) {
    return switch (ChangeFile.word(text, "no", "deferrable", "initially_deferred")) {
      case "deferrable" -> Deferral.DEFERRABLE;
      case "initially_deferred" -> Deferral.INITIALLY_DEFERRED;
      default -> NONE;
    };
  }

  /** In the words of SQL. */
  static String action(String text) {
    return ChangeFile.word(text, "no action", "restrict", "cascade", "set null", "set default")
        .toUpperCase(Locale.ROOT);
  }

  static DropConstraint drop(YamlMap map) throws ChangeFileException {
    return new DropConstraint(
        map.requiredParsed("table", TableName::parse),
        map.requiredParsed("name", Identifier::parse));
  }

  static RenameConstraint rename(YamlMap map) throws ChangeFileException {
    RenameConstraint operation =
        new RenameConstraint(
            map.requiredParsed("table", TableName::parse),
            map.requiredParsed("name", Identifier::parse),
            map.requiredParsed("to", Identifier::parse));
    if (operation.constraint().equals(operation.to())) {
      throw map.errorAt("to", "is the name that the constraint has");
    }
    return operation;
  }

  static AlterForeignKey alterForeignKey(YamlMap map) throws ChangeFileException {
    return new AlterForeignKey(
        map.requiredParsed("table", TableName::parse),
        map.requiredParsed("name", Identifier::parse),
        map.parsed("on_delete", ConstraintFile::action),
        map.parsed("on_update", ConstraintFile::action),
        deferral(map));
  }
}
