package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.replacement.ColumnGroup;
import dev.gatefold.planner.replacement.NewColumn;
import dev.gatefold.planner.replacement.OldColumn;
import dev.gatefold.planner.schema.TableProbe.NewProbe;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code split_column} and {@code merge_columns}: always by replacing columns. Nothing that hangs
 * on the old ones comes over, for nobody but the author knows to which new one it belongs.
 */
final class RegroupPlanner {

  private RegroupPlanner() {}

  static Planned plan(RegroupTarget target) {
    List<Reason> unsuitable = RegroupChecks.unsuitable(target);
    if (!unsuitable.isEmpty()) {
      // Whatever else the server said is about this: it would only hide the reason.
      return new Planned.Refused(unsuitable);
    }
    List<Reason> reasons = new ArrayList<>(RegroupChecks.reasons(target));
    reasons.addAll(
        HangingChecks.reasons(
            target.table(),
            target.olds(),
            "the columns that a %s makes".formatted(target.operation().kind())));
    reasons.addAll(RegroupMappingChecks.reasons(target));
    return reasons.isEmpty()
        ? new Planned.Regrouped(target.table().name(), group(target))
        : new Planned.Refused(reasons);
  }

  private static ColumnGroup group(RegroupTarget target) {
    List<OldColumn> olds = new ArrayList<>();
    for (int i = 0; i < target.olds().size(); i++) {
      olds.add(new OldColumn(target.olds().get(i), target.probe().olds().get(i).down().accepted()));
    }
    List<NewColumn> news = new ArrayList<>();
    for (int i = 0; i < target.operation().news().size(); i++) {
      Regroup.New wanted = target.operation().news().get(i);
      NewProbe probe = target.probe().news().get(i);
      news.add(
          new NewColumn(
              target.olds().get(0).attnum() + "_" + (i + 1),
              probe.number(),
              wanted.column(),
              false,
              probe.type().accepted(),
              !wanted.nullable(),
              probe.defaultValue().accepted(),
              probe.up().accepted()));
    }
    return new ColumnGroup(
        olds, news, target.operation().onDownFailure() == OnDownFailure.GIVE_UP_ROLLBACK);
  }
}
