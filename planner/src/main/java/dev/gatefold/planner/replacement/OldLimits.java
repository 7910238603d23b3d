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
    return Stream.of(
            replacement.columns().stream().flatMap(column -> notNull(column).stream()),
            replacement.regroupings().stream().flatMap(OldLimits::notNulls),
            replacement.carried().constraints().stream()
                .flatMap(carried -> check(carried).stream()))
        .flatMap(limits -> limits)
        .toList();
  }

  /** Where the new column refuses NULL as well, the server says so. */
  private static Optional<Limit> notNull(ColumnReplacement column) {
    return column.old().notNull() && !(column.notNull() && column.sameValues())
        ? Optional.of(
            notNull(
                column.old(),
                column.notNull() ? Optional.of(holds(column.old().attnum())) : Optional.empty()))
        : Optional.empty();
  }

  private static Limit notNull(Column old, Optional<String> onNew) {
    return new Limit(
        old.attnum(),
        "column " + old.name() + " is NOT NULL",
        new SqlTemplate(holds(old.attnum())),
        Map.of(),
        onNew.map(SqlTemplate::new));
  }

  private static String holds(int number) {
    return SqlTemplate.COLUMN + number + " IS NOT NULL";
  }

  /** What a NOT NULL of the new columns refuses, the server refuses in their name. */
  private static Stream<Limit> notNulls(ColumnGroup group) {
    Optional<String> onNew =
        group.news().stream()
            .filter(NewColumn::notNull)
            .map(column -> holds(column.number()))
            .reduce((one, other) -> one + " AND " + other);
    return group.olds().stream()
        .map(OldColumn::column)
        .filter(Column::notNull)
        .map(old -> notNull(old, onNew));
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
                                Optional.of(condition.saying(replacement::ofNewTypes)))));
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
