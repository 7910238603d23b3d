package dev.gatefold.planner.change;

import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.ColumnChange;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;

/** Reads operations on columns. */
final class ColumnFile {

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
                defaultChange(map)),
            mapping(map));
    return operation;
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
