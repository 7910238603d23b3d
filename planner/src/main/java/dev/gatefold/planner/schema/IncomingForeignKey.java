package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A foreign key by which some table, maybe the same one, refers to this one.
 *
 * @param child the table that refers
 * @param ordinary whether that is a table that is neither partitioned nor a partition
 * @param owned whether the connected role owns it, directly or through a role
 * @param childColumns the columns that refer
 * @param columns the columns of this table that it refers to
 * @param ownColumns the columns that refer, where they are of this same table
 * @param validated false where it was added NOT VALID and never validated
 */
public record IncomingForeignKey(
    long oid,
    Identifier name,
    TableName child,
    long childOid,
    boolean ordinary,
    boolean owned,
    List<Identifier> childColumns,
    Set<Integer> columns,
    Set<Integer> ownColumns,
    boolean validated,
    Optional<String> comment) {

  public IncomingForeignKey {
    childColumns = List.copyOf(childColumns);
    columns = Set.copyOf(columns);
    ownColumns = Set.copyOf(ownColumns);
  }

  /** The name of its probe: foreign keys of two tables may have the same name. */
  public Identifier probe() {
    return new Identifier(String.valueOf(oid));
  }
}
