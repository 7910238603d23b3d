package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Pair;
import java.util.List;
import java.util.function.Function;

/** Statements that keep a row whose two values agree, and do something else with any other. */
final class Agreement {

  /** The new value is the image of the old one. */
  static final Function<Pair, List<Term>> NEW_IS_UP =
      pair -> List.of(new Term(Row.newIsUp(pair), pair.up().infallible()));

  /** Either value is the image of the other. */
  static final Function<Pair, List<Term>> EITHER =
      pair ->
          List.of(
              new Term(Row.newIsUp(pair), pair.up().infallible()),
              new Term(Row.oldIsDown(pair), pair.down().infallible()));

  private record Term(String condition, boolean infallible) {}

  private Agreement() {}

  static String orRefuse(
      SyncSpec sync, Pair pair, Function<Pair, List<Term>> terms, Refusals refusal) {
    return orElse(pair, terms, refusal.raise(sync, pair));
  }

  /**
   * Each term is asked in a block of its own: a mapping that fails on this value does not agree,
   * and must not keep the other one from being asked.
   */
  static String orElse(Pair pair, Function<Pair, List<Term>> terms, String otherwise) {
    StringBuilder sql = new StringBuilder("DECLARE\n  agreed boolean := false;\nBEGIN\n");
    for (Term term : terms.apply(pair)) {
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
