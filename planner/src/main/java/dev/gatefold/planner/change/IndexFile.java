package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads operations on indexes. */
final class IndexFile {

  private IndexFile() {}

  static CreateIndex create(YamlMap map) throws ChangeFileException {
    return new CreateIndex(index(map));
  }

  static AlterIndex alter(YamlMap map) throws ChangeFileException {
    return new AlterIndex(index(map));
  }

  static DropIndex drop(YamlMap map) throws ChangeFileException {
    return new DropIndex(
        map.requiredParsed("table", TableName::parse),
        map.requiredParsed("name", Identifier::parse));
  }

  private static IndexDraft index(YamlMap map) throws ChangeFileException {
    return index(map, map.requiredParsed("table", TableName::parse));
  }

  /** What an index asks for, without its table. */
  static IndexDraft index(YamlMap map, TableName table) throws ChangeFileException {
    return new IndexDraft(
        table,
        map.requiredParsed("name", Identifier::parse),
        map.flag("unique").orElse(false),
        map.parsed("using", Identifier::parse),
        map.someTexts("columns", ChangeFile::sql),
        map.texts("include", Identifier::parse),
        map.flag("nulls_not_distinct").orElse(false),
        options(map),
        map.parsed("where", ChangeFile::sql));
  }

  private static Map<Identifier, String> options(YamlMap map) throws ChangeFileException {
    Map<Identifier, String> options = new LinkedHashMap<>();
    Optional<YamlMap> with = map.map("with");
    if (with.isPresent()) {
      for (Map.Entry<String, String> option : with.get().texts().entrySet()) {
        try {
          options.put(Identifier.parse(option.getKey()), option.getValue());
        } catch (IllegalArgumentException e) {
          throw with.get().errorAt(option.getKey(), "is no name: " + e.getMessage());
        }
      }
    }
    return options;
  }
}
