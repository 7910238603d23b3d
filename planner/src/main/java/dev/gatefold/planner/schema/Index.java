package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import java.util.Optional;
import java.util.Set;

/**
 * One index.
 *
 * @param columns every column that it reads, as key, INCLUDE, expression or predicate
 * @param constraint the constraint that it stands behind
 * @param remarks what of it is not carried over, in words for a refusal; empty where all is
 */
public record Index(
    Identifier name,
    boolean unique,
    boolean primary,
    Set<Integer> columns,
    Optional<Identifier> constraint,
    Optional<String> comment,
    Optional<String> remarks) {

  public Index {
    columns = Set.copyOf(columns);
  }
}
