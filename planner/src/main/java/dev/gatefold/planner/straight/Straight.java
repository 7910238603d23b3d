package dev.gatefold.planner.straight;

import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.List;
import java.util.function.Function;

/** The straight way of a change, or why there is none. */
public sealed interface Straight {

  default <R> R match(Function<Script, R> script, Function<Refused, R> refused) {
    return this instanceof Script s ? script.apply(s) : refused.apply((Refused) this);
  }

  /**
   * The statements, in order, none with a semicolon after it. Every name in them is qualified.
   *
   * @param transactional whether they can run in one transaction, as they should
   */
  record Script(List<String> statements, boolean transactional) implements Straight {
    public Script {
      statements = List.copyOf(statements);
    }
  }

  /** Nobody would get there by plain DDL. */
  record Refused(List<Reason> reasons) implements Straight {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
