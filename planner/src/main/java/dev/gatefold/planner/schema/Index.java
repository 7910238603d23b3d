package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One index.
 *
 * @param columns every column that it reads, as key, INCLUDE, expression or predicate
 * @param constraint the constraint that it stands behind
 * @param replicaIdentity whether it identifies the rows that a publication sends
 * @param clustered whether CLUSTER goes along it
 * @param targets the statistics targets of its expressions, where they were set
 * @param definition what follows the table in it, from USING on; every name qualified
 * @param remarks what of it is not carried over, in words for a refusal; empty where all is
 */
public record Index(
    Identifier name,
    boolean unique,
    boolean primary,
    Set<Integer> columns,
    Optional<Identifier> constraint,
    boolean replicaIdentity,
    boolean clustered,
    List<Target> targets,
    Optional<String> comment,
    String definition,
    Optional<String> remarks) {

  public Index {
    columns = Set.copyOf(columns);
    targets = List.copyOf(targets);
  }

  /** The statistics target of one of the columns of an index, counted from one. */
  public record Target(int column, int value) {}
}
