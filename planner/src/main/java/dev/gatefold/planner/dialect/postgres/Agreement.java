package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import java.util.List;
import java.util.function.Function;

/** Statements that keep a row whose two values agree, and do something else with any other. */
final class Agreement {

  /** The new values are the images of the old ones. */
  static final Function<Group, List<Term>> NEW_IS_UP = group -> List.of(newIsUp(group));

  /** The values on either side are the images of those on the other. */
  static final Function<Group, List<Term>> EITHER =
      group ->
          List.of(
              newIsUp(group),
              new Term(Row.oldIsDown(group), SyncFunction.infallible(group.olds())));

  private static Term newIsUp(Group group) {
    return new Term(Row.newIsUp(group), SyncFunction.infallible(group.news()));
  }

  private record Term(String condition, boolean infallible) {}

  private Agreement() {}

  static String orRefuse(
      SyncSpec sync, Group group, Function<Group, List<Term>> terms, Refusals refusal) {
    return orElse(group, terms, refusal.raise(sync, group));
  }

  /**
   * Each term is asked in a block of its own: a mapping that fails on this value does not agree,
   * and must not keep the other one from being asked.
   */
  static String orElse(Group group, Function<Group, List<Term>> terms, String otherwise) {
    StringBuilder sql = new StringBuilder("DECLARE\n  agreed boolean := false;\nBEGIN\n");
    for (Term term : terms.apply(group)) {
      String ask = "agreed := agreed OR (" + term.condition() + ");";
      String guarded = term.infallible() ? ask : SyncFunction.guarded(ask, "NULL;");
      sql.append("  IF NOT agreed THEN\n    ")
          .append(guarded.replace("\n", "\n    "))
          .append("\n  END IF;\n");
    }
    return sql.append("  IF NOT agreed THEN\n    ")
        .append(otherwise.replace("\n", "\n    "))
        .append("\n  END IF;\nEND;")
        .toString();
  }
}
