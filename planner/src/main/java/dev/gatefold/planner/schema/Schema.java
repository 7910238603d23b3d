package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What the catalog says about the tables that a change names.
 *
 * @param tables the named tables that exist
 * @param probes what the server said about the change's mappings, one for each such table
 * @param drafts what it said about everything else that the change wants made
 */
public record Schema(Server server, List<Table> tables, List<TableProbe> probes, Drafts drafts) {

  public Schema {
    tables = List.copyOf(tables);
    probes = List.copyOf(probes);
  }

  public Optional<Table> table(TableName name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  public Optional<TableProbe> probe(TableName name) {
    return probes.stream().filter(probe -> probe.table().equals(name)).findFirst();
  }

  /**
   * The server, as the connection saw it.
   *
   * @param version the major version, such as 17
   * @param skipsUserTriggers whether this role may set {@code session_replication_role}
   */
  public record Server(int version, boolean skipsUserTriggers) {}
}
