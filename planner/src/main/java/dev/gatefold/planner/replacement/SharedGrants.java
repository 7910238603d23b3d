package dev.gatefold.planner.replacement;

import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Column.Grant;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Privileges on the old columns of a larger group. Who has one on all of them gets it on each new
 * one, which tells no more than they did together; who has it on some would see the others.
 *
 * @param carried those on all of them
 * @param lost those on some
 */
public record SharedGrants(List<Grant> carried, List<Grant> lost) {

  /** Those of a table, or of a partition, whose columns have privileges of their own. */
  public static SharedGrants of(Table table, ColumnGroup group) {
    List<Column> olds =
        group.olds().stream().flatMap(old -> table.column(old.name()).stream()).toList();
    List<Grant> carried =
        olds.get(0).grants().stream().flatMap(grant -> onAll(olds, grant).stream()).toList();
    List<Grant> lost =
        olds.stream()
            .flatMap(old -> old.grants().stream())
            .filter(grant -> carried.stream().noneMatch(it -> isSame(it, grant)))
            .toList();
    return new SharedGrants(carried, lost);
  }

  private static Optional<Grant> onAll(List<Column> olds, Grant grant) {
    List<Grant> found =
        olds.stream()
            .flatMap(
                old -> old.grants().stream().filter(it -> isSame(it, grant)).findFirst().stream())
            .toList();
    return found.size() < olds.size()
        ? Optional.empty()
        : Optional.of(
            new Grant(
                grant.privilege(),
                grant.grantee(),
                Stream.concat(Stream.of(grant), found.stream()).allMatch(Grant::grantable),
                grant.byOwner()));
  }

  private static boolean isSame(Grant one, Grant other) {
    return one.privilege().equals(other.privilege()) && one.grantee().equals(other.grantee());
  }
}
