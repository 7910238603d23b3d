package dev.gatefold.planner.straight;

import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.List;
import java.util.Optional;
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
   * @param back what takes them back; empty where nothing does without loss
   */
  record Script(List<String> statements, boolean transactional, Optional<Back> back)
      implements Straight {
    public Script {
      statements = List.copyOf(statements);
    }

    /** Of statements that nothing takes back. */
    public Script(List<String> statements, boolean transactional) {
      this(statements, transactional, Optional.empty());
    }
  }

  /**
   * A way back, of the same kind.
   *
   * @param readsRows whether it takes the longer the more rows there are
   */
  record Back(List<String> statements, boolean readsRows) {
    public Back {
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
