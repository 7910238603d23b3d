package dev.gatefold.planner.change;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.stream.Stream;

/** The tables that whoever reads a change knows to be touched. */
public final class NamedTables implements Operation.Cases<List<TableName>> {

  private NamedTables() {}

  /** Those of one operation. */
  public static Stream<TableName> of(Operation operation) {
    return operation.match(new NamedTables()).stream();
  }

  @Override
  public List<TableName> renameColumn(Operation.RenameColumn rename) {
    return List.of(rename.table());
  }

  @Override
  public List<TableName> alterColumn(Operation.AlterColumn alter) {
    return List.of(alter.table());
  }

  @Override
  public List<TableName> regroup(Regroup regroup) {
    return List.of(regroup.table());
  }

  @Override
  public List<TableName> direct(DirectOperation direct) {
    return direct.tables();
  }
}
