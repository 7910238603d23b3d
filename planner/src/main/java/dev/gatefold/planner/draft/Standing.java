package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a table or view is beside its columns and constraints, as the server tells it.
 *
 * @param dependents what would have to go with it, in the server's words
 * @param publications those that name it
 * @param mentions functions whose bodies, kept as text, have a word like its name
 * @param comments those of columns
 * @param privileges what others than the owner may do with it
 * @param replicaIdentity how rows are told to subscribers, in the words of DDL
 */
public record Standing(
    Optional<String> comment,
    List<String> dependents,
    List<Identifier> publications,
    List<String> mentions,
    Map<Identifier, String> comments,
    List<Privilege> privileges,
    RowSecurity rowSecurity,
    String replicaIdentity) {

  public Standing {
    dependents = List.copyOf(dependents);
    publications = List.copyOf(publications);
    mentions = List.copyOf(mentions);
    comments = Map.copyOf(comments);
    privileges = List.copyOf(privileges);
  }

  /**
   * One right.
   *
   * @param column the column that it is on; empty for the whole
   * @param grantee a quoted role or {@code PUBLIC}
   */
  public record Privilege(
      String privilege, Optional<Identifier> column, String grantee, boolean grantable) {}

  /**
   * Who sees which rows.
   *
   * @param policies by name, as a statement that makes each, with its comment behind it
   */
  public record RowSecurity(
      boolean enabled, boolean forced, Map<Identifier, List<String>> policies) {

    public RowSecurity {
      policies = Map.copyOf(policies);
    }
  }
}
