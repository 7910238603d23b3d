package dev.gatefold.planner.replacement;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.dialect.Retirement;
import dev.gatefold.planner.dialect.Retirement.Retired;
import dev.gatefold.planner.plan.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What old columns tell while they are out of reach, and from whom they are taken. The end is the
 * same for a column that comes back and one that is about to be dropped.
 */
final class OutOfReach {

  private final ChangeName change;
  private final TableReplacement replacement;

  OutOfReach(ChangeName change, TableReplacement replacement) {
    this.change = change;
    this.replacement = replacement;
  }

  /** Inside the swap, once all columns have their names. */
  List<String> begin() {
    List<String> sql =
        new ArrayList<>(
            dialect()
                .tell(
                    replacement.name(),
                    token(),
                    replacement.groups().stream().flatMap(this::retired).toList(),
                    replacement.denies()));
    if (replacement.denies()) {
      sql.addAll(dialect().deny(token()));
    }
    return sql;
  }

  /** What must be true before, beside all else. */
  List<Check> possible() {
    return replacement.denies() ? List.of(dialect().grantedByOwner(replacement.name())) : List.of();
  }

  /** Whatever the columns are called then. */
  List<String> end() {
    List<String> sql = new ArrayList<>();
    if (replacement.denies()) {
      sql.addAll(dialect().allow(token()));
    }
    sql.addAll(dialect().forget(token()));
    return sql;
  }

  private Stream<Retired> retired(ColumnGroup group) {
    return group.olds().stream()
        .map(old -> new Retired(replacement.hidden(old.column()), words(group, old)));
  }

  private String words(ColumnGroup group, OldColumn old) {
    String instead =
        group.news().stream()
            .map(column -> column.name().quoted())
            .collect(Collectors.joining(" and "));
    return "was %s; retired by Gatefold for the change %s: use %s; gatefold status %s"
        .formatted(old.name().quoted(), change, instead, change);
  }

  private String token() {
    return replacement.names().token();
  }

  private Retirement dialect() {
    return replacement.dialect().retirement();
  }
}
