package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * One object of CREATE STATISTICS.
 *
 * @param name its name, with the schema that it lies in, which need not be the table's
 * @param columns every column of the table that it reads
 * @param target its statistics target, where one was set
 * @param otherOwner the owner, quoted, where that is not the connected role itself
 * @param manageable whether the connected role may rename it and make another one beside it
 */
public record ExtendedStatistics(
    long oid,
    TableName name,
    Set<Integer> columns,
    Optional<Integer> target,
    Optional<String> otherOwner,
    boolean manageable,
    Optional<String> comment) {

  public ExtendedStatistics {
    columns = Set.copyOf(columns);
  }

  /** The name of its probe: two objects in different schemas may have the same name. */
  public Identifier probe() {
    return new Identifier(String.valueOf(oid));
  }
}
