package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.SyncSpec.Limit;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the old columns refuse and the new ones may take: NOT NULL and checks. */
final class OldLimits {

  private final TableReplacement replacement;

  OldLimits(TableReplacement replacement) {
    this.replacement = replacement;
  }

  List<Limit> limits() {
    return Stream.concat(
            replacement.columns().stream().flatMap(column -> notNull(column).stream()),
            replacement.carried().constraints().stream()
                .flatMap(carried -> check(carried).stream()))
        .toList();
  }

  /** Where the new column refuses NULL as well, the server says so. */
  private static Optional<Limit> notNull(ColumnReplacement column) {
    return column.old().notNull() && !(column.notNull() && column.sameValues())
        ? Optional.of(
            new Limit(
                column.old().attnum(),
                "column " + column.old().name() + " is NOT NULL",
                new SqlTemplate(SqlTemplate.COLUMN + column.old().attnum() + " IS NOT NULL"),
                Map.of(),
                column.notNull()))
        : Optional.empty();
  }

  private Optional<Limit> check(CarriedConstraint carried) {
    Constraint constraint = carried.constraint();
    if (readsGenerated(constraint)) {
      // A BEFORE trigger does not see generated values yet; the server asks this one alone.
      return Optional.empty();
    }
    return replacement.columns().stream()
        .filter(column -> constraint.columns().contains(column.old().attnum()))
        .filter(column -> !column.sameValues())
        .findFirst()
        .flatMap(
            column ->
                Optional.ofNullable(replacement.probe().conditions().get(constraint.name()))
                    .map(
                        condition ->
                            new Limit(
                                column.old().attnum(),
                                "check " + constraint.name(),
                                condition,
                                otherNames(),
                                true)));
  }

  private boolean readsGenerated(Constraint constraint) {
    return replacement.table().columns().stream()
        .filter(Column::generated)
        .anyMatch(column -> constraint.columns().contains(column.attnum()));
  }

  private Map<Integer, Identifier> otherNames() {
    return replacement.table().columns().stream()
        .filter(
            column ->
                replacement.columns().stream()
                    .noneMatch(changed -> changed.old().attnum() == column.attnum()))
        .collect(Collectors.toMap(Column::attnum, Column::name));
  }
}
