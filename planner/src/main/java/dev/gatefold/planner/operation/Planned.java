package dev.gatefold.planner.operation;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.ColumnReplacement;
import java.util.List;

/** What one operation asks of the plan. */
public sealed interface Planned {

  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R atOnce(AtOnce planned);

    R replace(Replace planned);

    R refused(Refused planned);
  }

  /** Safe at once, without a copy: steps of the stage {@code expand}. */
  record AtOnce(Identifier column, List<Step> steps) implements Planned {
    public AtOnce {
      steps = List.copyOf(steps);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.atOnce(this);
    }
  }

  /** A column gives way to a new one, in all stages. */
  record Replace(ColumnReplacement column) implements Planned {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.replace(this);
    }
  }

  /** It cannot be done, for all these reasons. */
  record Refused(List<Refusal.Reason> reasons) implements Planned {
    public Refused {
      reasons = List.copyOf(reasons);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }
}
