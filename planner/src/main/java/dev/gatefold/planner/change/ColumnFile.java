package dev.gatefold.planner.change;

import dev.gatefold.planner.change.ColumnTraits.Compression;
import dev.gatefold.planner.change.ColumnTraits.Storage;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.ColumnChange;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Locale;
import java.util.Optional;

/** Reads operations on columns. */
final class ColumnFile {

  private static final String TARGET = "expects a number from 0 to 10000, or default";

  private ColumnFile() {}

  static RenameColumn rename(YamlMap map) throws ChangeFileException {
    RenameColumn operation =
        new RenameColumn(
            map.requiredParsed("table", TableName::parse),
            map.requiredParsed("column", Identifier::parse),
            map.requiredParsed("to", Identifier::parse));
    if (operation.column().equals(operation.to())) {
      throw map.errorAt("to", "is the name that the column has");
    }
    return operation;
  }

  static DropColumn drop(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    Identifier column = map.requiredParsed("column", Identifier::parse);
    return new DropColumn(
        table,
        column,
        map.parsed("down", ChangeFile::sql).map(down -> new ValueDraft(table, column, down)));
  }

  static AlterColumn alter(YamlMap map) throws ChangeFileException {
    AlterColumn operation =
        new AlterColumn(
            map.requiredParsed("table", TableName::parse),
            map.requiredParsed("column", Identifier::parse),
            new ColumnChange(
                map.parsed("to", Identifier::parse),
                map.parsed("type", ChangeFile::sql),
                map.flag("nullable"),
                defaultChange(map),
                traits(map)),
            mapping(map));
    boolean numbered =
        operation
            .wanted()
            .traits()
            .numbering()
            .filter(Numbering.Counting.class::isInstance)
            .isPresent();
    if (numbered && operation.wanted().nullable().orElse(false)) {
      throw map.errorAt("nullable", "contradicts \"identity\": such a column is never NULL");
    }
    return operation;
  }

  private static ColumnTraits traits(YamlMap map) throws ChangeFileException {
    return new ColumnTraits(
        map.isNull("comment") ? Optional.of("") : map.text("comment"),
        map.parsed(
            "storage",
            text ->
                Storage.valueOf(
                    ChangeFile.word(text, "plain", "external", "extended", "main", "default")
                        .toUpperCase(Locale.ROOT))),
        map.parsed(
            "compression",
            text ->
                Compression.valueOf(
                    ChangeFile.word(text, "pglz", "lz4", "default").toUpperCase(Locale.ROOT))),
        map.parsed("statistics", ColumnFile::target),
        NumberingFile.numbering(map));
  }

  private static int target(String text) {
    if (text.equals("default")) {
      return -1;
    }
    try {
      int target = Integer.parseInt(text);
      if (target >= 0 && target <= 10_000) {
        return target;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(TARGET, e);
    }
    throw new IllegalArgumentException(TARGET);
  }

  static WidenKey widenKey(YamlMap map) throws ChangeFileException {
    return new WidenKey(
        map.requiredParsed("table", TableName::parse),
        map.requiredParsed("column", Identifier::parse),
        map.requiredParsed("type", text -> ChangeFile.word(text, "bigint", "integer")));
  }

  static Optional<DefaultChange> defaultChange(YamlMap map) throws ChangeFileException {
    if (map.isNull("default")) {
      return Optional.of(new DefaultChange.Drop());
    }
    return map.parsed("default", ChangeFile::sql).map(DefaultChange.Set::new);
  }

  private static Mapping mapping(YamlMap map) throws ChangeFileException {
    return new Mapping(
        map.parsed("up", ChangeFile::sql),
        map.parsed("down", ChangeFile::sql),
        map.flag("same_meaning").orElse(false),
        map.parsed("volatile", text -> ChangeFile.word(text, "accepted")).isPresent(),
        map.parsed("on_down_failure", ColumnFile::onDownFailure).orElse(OnDownFailure.REFUSE));
  }

  static OnDownFailure onDownFailure(String text) {
    return ChangeFile.word(text, "refuse", "give_up_rollback").equals("refuse")
        ? OnDownFailure.REFUSE
        : OnDownFailure.GIVE_UP_ROLLBACK;
  }
}
