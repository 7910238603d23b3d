package dev.gatefold.executor.migration;

import dev.gatefold.planner.Planner;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.straight.Straight;
import dev.gatefold.planner.straight.StraightDdl;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Both ways of a change to the same end, from one look at the catalog.
 *
 * @param straight empty where there is no plan
 */
public record Ways(Planning staged, Optional<Straight> straight) {

  /** The ways from this schema, which was read for the change. */
  public static Ways of(Schema schema, Change change) {
    PostgresDialect dialect = new PostgresDialect();
    Planning staged = new Planner(dialect).plan(schema, change);
    return new Ways(
        staged,
        staged.match(
            plan -> Optional.of(new StraightDdl(dialect).of(schema, change)),
            refusal -> Optional.empty()));
  }

  /** The same with a plan that says more. */
  public Ways with(UnaryOperator<Plan> more) {
    return new Ways(staged.match(more::apply, refusal -> refusal), straight);
  }
}
