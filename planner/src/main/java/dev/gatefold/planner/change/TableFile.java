package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.ColumnDraft;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.ShapeDraft;
import dev.gatefold.planner.draft.TableDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.List;

/** Reads operations on whole tables. */
final class TableFile {

  private TableFile() {}

  static CreateTable create(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    List<ColumnDraft> columns = new ArrayList<>();
    for (YamlMap column : map.list("columns")) {
      columns.add(column(column));
    }
    TableDraft draft =
        new TableDraft(
            table,
            columns,
            map.texts("primary_key", Identifier::parse),
            map.parsed("partition_by", ChangeFile::sql),
            map.flag("unlogged").orElse(false),
            map.text("comment"));
    if (draft.unlogged() && draft.partitionBy().isPresent()) {
      throw map.errorAt("unlogged", "does not go with \"partition_by\": partitions keep the rows");
    }
    return new CreateTable(draft, constraints(map, table), indexes(map, table));
  }

  static RenameTable rename(YamlMap map) throws ChangeFileException {
    RenameTable operation =
        new RenameTable(
            map.requiredParsed("table", TableName::parse),
            map.requiredParsed("to", TableName::parse));
    if (operation.table().equals(operation.to())) {
      throw map.errorAt("to", "is the name that the table has");
    }
    return operation;
  }

  static RebuildTable rebuild(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    List<ShapeDraft.Partition> partitions = new ArrayList<>();
    for (YamlMap item : map.has("partitions") ? map.list("partitions") : List.<YamlMap>of()) {
      partitions.add(
          new ShapeDraft.Partition(
              item.requiredParsed("name", TableName::parse),
              item.requiredParsed("values", ChangeFile::sql)));
      item.end();
    }
    ShapeDraft shape =
        new ShapeDraft(
            table,
            map.texts("primary_key", Identifier::parse),
            map.parsed("partition_by", ChangeFile::sql),
            partitions);
    if (shape.partitionBy().isPresent() == partitions.isEmpty()) {
      throw map.errorAt("partitions", "goes with \"partition_by\", and it with them");
    }
    if (shape.primaryKey().isEmpty() && shape.partitionBy().isEmpty()) {
      throw map.errorAt("table", "wants \"primary_key\" or \"partition_by\" beside it");
    }
    return new RebuildTable(shape);
  }

  static DropTable drop(YamlMap map) throws ChangeFileException {
    return new DropTable(map.requiredParsed("table", TableName::parse));
  }

  private static ColumnDraft column(YamlMap map) throws ChangeFileException {
    ColumnDraft column =
        new ColumnDraft(
            map.requiredParsed("name", Identifier::parse),
            map.requiredParsed("type", ChangeFile::sql),
            map.flag("nullable").orElse(true),
            map.parsed("default", ChangeFile::sql),
            map.parsed("generated", ChangeFile::sql),
            map.parsed("identity", TableFile::identity),
            map.parsed("collation", ChangeFile::sql),
            map.parsed("check", ChangeFile::sql),
            map.text("comment"));
    map.end();
    return column;
  }

  private static ColumnDraft.Identity identity(String text) {
    return ChangeFile.word(text, "always", "by_default").equals("always")
        ? ColumnDraft.Identity.ALWAYS
        : ColumnDraft.Identity.BY_DEFAULT;
  }

  private static List<ConstraintDraft> constraints(YamlMap map, TableName table)
      throws ChangeFileException {
    List<ConstraintDraft> constraints = new ArrayList<>();
    for (YamlMap item : map.has("constraints") ? map.list("constraints") : List.<YamlMap>of()) {
      constraints.add(ConstraintFile.constraint(item, table));
      item.end();
    }
    return constraints;
  }

  private static List<IndexDraft> indexes(YamlMap map, TableName table) throws ChangeFileException {
    List<IndexDraft> indexes = new ArrayList<>();
    for (YamlMap item : map.has("indexes") ? map.list("indexes") : List.<YamlMap>of()) {
      indexes.add(IndexFile.index(item, table));
      item.end();
    }
    return indexes;
  }
}
