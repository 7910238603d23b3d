package dev.gatefold.planner.operation;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.replacement.ColumnGroup;
import dev.gatefold.planner.replacement.ColumnReplacement;
import dev.gatefold.planner.replacement.Fill;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one operation asks of the plan. */
public sealed interface Planned {

  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R staged(Staged planned);

    R replace(Replace planned);

    R regrouped(Regrouped planned);

    R refused(Refused planned);
  }

  /**
   * Steps that are written down, of whatever stages.
   *
   * @param claims what no other change may touch meanwhile
   * @param columns what it reads or makes of a table: nothing that gives way in the same change
   * @param deploys what applications must do between the stages, for people
   * @param leaving what goes for good with nothing in its place
   * @param fills new columns to fill in rows that nobody gave a value
   */
  record Staged(
      List<Claim> claims,
      Set<TableColumn> columns,
      Map<StageName, List<Step>> steps,
      List<Hazard> hazards,
      List<String> deploys,
      List<Leaving> leaving,
      List<Fill> fills)
      implements Planned {

    public Staged {
      claims = List.copyOf(claims);
      columns = Set.copyOf(columns);
      steps = Map.copyOf(steps);
      hazards = List.copyOf(hazards);
      deploys = List.copyOf(deploys);
      leaving = List.copyOf(leaving);
      fills = List.copyOf(fills);
    }

    /** The steps of one stage, in order. */
    public List<Step> in(StageName stage) {
      return steps.getOrDefault(stage, List.of());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.staged(this);
    }
  }

  /** A column by its table. */
  record TableColumn(TableName table, Identifier column) {}

  /** A column gives way to a new one, in all stages. */
  record Replace(TableName table, ColumnReplacement column) implements Planned {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.replace(this);
    }
  }

  /** Columns give way to others together, in all stages. */
  record Regrouped(TableName table, ColumnGroup group) implements Planned {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.regrouped(this);
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
