package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * An object that the server binds to columns by their numbers. It does not follow a name: it has to
 * be made to read the new column in the swap.
 *
 * @param identity kind and qualified name in the server's words, such as {@code policy p on
 *     public.t}
 * @param relation the view that it is or the relation that it belongs to; for a function its schema
 *     and name
 * @param name its own name where it belongs to a relation, else that of {@code relation}
 * @param columns the changed columns that it reads itself, not by way of a view
 * @param over the identities of the views that it reads
 * @param definition what the server prints of it, every name qualified
 * @param obstacle why it cannot be carried over
 * @param fixed why it could not be dropped and made again, where that should be needed
 */
public record Follower(
    Kind kind,
    String identity,
    TableName relation,
    Identifier name,
    Set<Integer> columns,
    Set<String> over,
    String definition,
    Optional<String> obstacle,
    Optional<String> fixed) {

  public Follower {
    columns = Set.copyOf(columns);
    over = Set.copyOf(over);
  }

  /** Whether it reads a changed column itself, not by way of a view. */
  public boolean direct() {
    return !columns.isEmpty();
  }

  /** Kinds of followers, in the order in which they are made to read another column. */
  public enum Kind {
    VIEW,
    RULE,
    POLICY,
    TRIGGER,
    /** A function or procedure with a body that the server has parsed: {@code BEGIN ATOMIC}. */
    FUNCTION
  }
}
