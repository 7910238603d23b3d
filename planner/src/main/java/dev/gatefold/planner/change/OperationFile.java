package dev.gatefold.planner.change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one operation; the key behind its dash says of which kind it is. */
final class OperationFile {

  /** Reads what stands below the key of a kind. */
  interface Reader {
    Operation read(YamlMap map) throws ChangeFileException;
  }

  private static final Map<String, Reader> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("rename_column", ColumnFile::rename);
    KINDS.put("alter_column", ColumnFile::alter);
    KINDS.put("split_column", RegroupFile::split);
    KINDS.put("merge_columns", RegroupFile::merge);
    KINDS.put("move_columns", MoveFile::read);
    KINDS.put("add_column", NewColumnFile::add);
    KINDS.put("drop_column", ColumnFile::drop);
    KINDS.put("add_constraint", ConstraintFile::add);
    KINDS.put("drop_constraint", ConstraintFile::drop);
    KINDS.put("rename_constraint", ConstraintFile::rename);
    KINDS.put("alter_foreign_key", ConstraintFile::alterForeignKey);
    KINDS.put("create_index", IndexFile::create);
    KINDS.put("alter_index", IndexFile::alter);
    KINDS.put("drop_index", IndexFile::drop);
    KINDS.put("create_table", TableFile::create);
    KINDS.put("rename_table", TableFile::rename);
    KINDS.put("rebuild_table", TableFile::rebuild);
    KINDS.put("drop_table", TableFile::drop);
    KINDS.put("create_view", ViewFile::create);
    KINDS.put("replace_view", ViewFile::replace);
    KINDS.put("drop_view", ViewFile::drop);
    KINDS.put("create_policy", ViewFile::createPolicy);
    KINDS.put("drop_policy", ViewFile::dropPolicy);
    KINDS.put("row_security", ViewFile::rowSecurity);
    KINDS.put("set_replica_identity", ViewFile::replicaIdentity);
    KINDS.put("sql", SqlFile::read);
    KINDS.put("create_enum", EnumFile::create);
    KINDS.put("drop_enum", EnumFile::drop);
    KINDS.put("add_enum_value", EnumFile::addValue);
    KINDS.put("rename_enum_value", EnumFile::renameValue);
    KINDS.put("remove_enum_value", EnumFile::removeValue);
    KINDS.put("widen_key", ColumnFile::widenKey);
  }

  private OperationFile() {}

  static Operation read(YamlMap item) throws ChangeFileException {
    List<String> found = KINDS.keySet().stream().filter(item::has).toList();
    item.end();
    if (found.size() != 1) {
      throw item.errorAt(
          found.isEmpty() ? "operations" : found.get(1),
          "wants behind each dash one of " + String.join(", ", KINDS.keySet()));
    }
    String kind = found.get(0);
    YamlMap map = item.map(kind).orElseThrow();
    Operation operation = Optional.ofNullable(KINDS.get(kind)).orElseThrow().read(map);
    map.end();
    return operation;
  }
}
