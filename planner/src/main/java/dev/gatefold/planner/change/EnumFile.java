package dev.gatefold.planner.change;

import dev.gatefold.planner.change.AddEnumValue.Place;
import dev.gatefold.planner.name.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads operations on enums. */
final class EnumFile {

  private EnumFile() {}

  static CreateEnum create(YamlMap map) throws ChangeFileException {
    List<String> values = map.someTexts("values", text -> text);
    if (new HashSet<>(values).size() < values.size()) {
      throw map.errorAt("values", "names a value twice");
    }
    return new CreateEnum(type(map), values);
  }

  static DropEnum drop(YamlMap map) throws ChangeFileException {
    return new DropEnum(type(map));
  }

  static AddEnumValue addValue(YamlMap map) throws ChangeFileException {
    TableName type = type(map);
    String value = map.required("value");
    Optional<Place> before = map.text("before").map(neighbour -> new Place(true, neighbour));
    Optional<Place> after = map.text("after").map(neighbour -> new Place(false, neighbour));
    if (before.isPresent() && after.isPresent()) {
      throw map.errorAt("after", "stands beside \"before\": one place is enough");
    }
    return new AddEnumValue(type, value, before.or(() -> after));
  }

  static RenameEnumValue renameValue(YamlMap map) throws ChangeFileException {
    RenameEnumValue operation =
        new RenameEnumValue(type(map), map.required("from"), map.required("to"));
    if (operation.from().equals(operation.to())) {
      throw map.errorAt("to", "is the name that the value has");
    }
    return operation;
  }

  static RemoveEnumValue removeValue(YamlMap map) throws ChangeFileException {
    RemoveEnumValue operation =
        new RemoveEnumValue(type(map), map.required("value"), map.required("replace_by"));
    if (operation.value().equals(operation.replaceBy())) {
      throw map.errorAt("replace_by", "is the value that goes");
    }
    return operation;
  }

  private static TableName type(YamlMap map) throws ChangeFileException {
    return map.requiredParsed("type", TableName::parse);
  }
}
