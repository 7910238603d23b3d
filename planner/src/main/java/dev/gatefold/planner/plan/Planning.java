package dev.gatefold.planner.plan;

import java.util.function.Function;

/** The planner's answer: a plan, or the reasons why there is none. */
public sealed interface Planning permits Plan, Refusal {

  default <R> R match(Function<Plan, R> plan, Function<Refusal, R> refusal) {
    return this instanceof Plan p ? plan.apply(p) : refusal.apply((Refusal) this);
  }
}
