package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.Names;
import dev.gatefold.planner.replacement.NullRefusal;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Changes that are metadata only: a wider varchar, DROP NOT NULL, another default, an identity, and
 * what a column has beside its values.
 */
final class InPlace {

  private final Target target;
  private final Dialect dialect;
  private final TableName table;
  private final Identifier column;
  private final Names names;
  private final ColumnWork work;
  private final TraitSteps traits;
  private final NumberingSteps numbering;

  InPlace(Target target, Dialect dialect) {
    this.target = target;
    this.dialect = dialect;
    this.table = target.table().name();
    this.column = target.column().name();
    this.names = new Names(target.change(), table);
    this.work = new ColumnWork(target, dialect);
    this.traits = new TraitSteps(work);
    this.numbering = new NumberingSteps(work);
  }

  /** Whether all that is wanted needs neither rewrite nor scan and leaves every value as it is. */
  static boolean serves(Target target) {
    Mapping mapping = target.operation().mapping();
    boolean samePlace = target.operation().finalName().equals(target.column().name());
    boolean sameValues = mapping.up().isEmpty() && mapping.down().isEmpty();
    return samePlace && sameValues && target.probe().inPlace();
  }

  List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    MappingChecks.typeFits(target).ifPresent(reasons::add);
    CarryChecks.nullableKey(target).ifPresent(reasons::add);
    if (differentType().isPresent()) {
      reasons.addAll(CarryChecks.dependents(target));
      reasons.addAll(SideChecks.inPlace(target));
      reasons.addAll(PartitionChecks.carried(target));
      reasons.addAll(FollowerChecks.inTheWay(target));
    }
    MappingChecks.defaultFits(target).ifPresent(reasons::add);
    MappingChecks.traitsFit(target).ifPresent(reasons::add);
    reasons.addAll(traits.reasons());
    reasons.addAll(numbering.reasons());
    if (reasons.isEmpty() && isThere()) {
      reasons.add(
          new Reason(
              "nothing-to-do",
              target.label(),
              "the column is already as the file wants it",
              "Take the operation out of the file."));
    }
    return reasons;
  }

  private boolean isThere() {
    return expand().isEmpty() && numbering.retire().isEmpty();
  }

  Planned planned() {
    return new Planned.Staged(
        List.of(new Plan.Claim(table, target.table().oid(), column, false)),
        Set.of(),
        Map.of(
            StageName.EXPAND, expand(),
            StageName.RETIRE, numbering.retire(),
            StageName.DROP, numbering.drop()),
        List.of(),
        numbering.deploys(),
        List.of(),
        List.of());
  }

  private List<Step> expand() {
    return Stream.of(traits.steps(), altered(), numbering.expand()).flatMap(List::stream).toList();
  }

  private List<Step> altered() {
    List<Step> steps = new ArrayList<>();
    if (!statements().isEmpty()) {
      steps.add(
          brief("expand.alter." + table + "." + column, "alter column", statements(), undo()));
    }
    if (gainsNotNull()) {
      // Rows may stand in its way: before what cannot be taken back, after a default for new rows.
      steps.addAll(differentType().isPresent() ? 0 : steps.size(), refuseNull());
    }
    return steps;
  }

  private List<Step> refuseNull() {
    return new NullRefusal(
            dialect,
            target.table(),
            column,
            names.notNullAgain(target.column().attnum()),
            List.of(dialect.setNotNull(table, column)))
        .steps(notNullId(), "");
  }

  private boolean gainsNotNull() {
    return !target.column().notNull()
        && (numbering.comes() || !target.operation().wanted().nullable().orElse(true));
  }

  private List<String> statements() {
    List<String> sql = new ArrayList<>();
    differentType().ifPresent(type -> sql.add(dialect.setType(table, column, type)));
    if (losesNotNull()) {
      sql.add(dialect.dropNotNull(table, column));
    }
    if (changesDefault()) {
      sql.add(dialect.setDefault(table, column, newDefault()));
    }
    return sql;
  }

  private Undo undo() {
    if (differentType().isPresent()) {
      return new Undo.PointOfNoReturn(
          "going back to %s would rewrite the table under a lock; plan a change back instead"
              .formatted(target.column().type().sql()));
    }
    List<Step> steps = new ArrayList<>();
    if (losesNotNull()) {
      steps.addAll(
          NullRefusal.again(dialect, target.table(), names, target.column().attnum())
              .steps(notNullId(), ".undo"));
    }
    if (changesDefault()) {
      steps.add(
          brief(
              "expand.default." + table + "." + column + ".undo",
              "set default back",
              List.of(dialect.setDefault(table, column, oldDefault())),
              new Undo.Nothing()));
    }
    return new Undo.Steps(steps);
  }

  private String notNullId() {
    return "expand.not-null." + table + "." + column;
  }

  private Step brief(String id, String kind, List<String> sql, Undo undo) {
    return work.brief(id, kind, LockMode.ACCESS_EXCLUSIVE, sql, undo);
  }

  private Optional<ColumnType> differentType() {
    return target
        .probe()
        .type()
        .<Optional<ColumnType>>match(Optional::of, rejected -> Optional.empty())
        .filter(type -> !type.sql().equals(target.column().type().sql()));
  }

  private boolean losesNotNull() {
    return target.column().notNull() && target.operation().wanted().nullable().orElse(false);
  }

  private boolean changesDefault() {
    return target.operation().wanted().defaultValue().isPresent()
        && !newDefault().equals(oldDefault())
        // It goes in the instant in which the identity comes.
        && !numbering.comes();
  }

  private Optional<String> oldDefault() {
    return target.column().defaultValue().map(Column.Default::expression);
  }

  private Optional<String> newDefault() {
    return target.probe().newDefault().match(value -> value, rejected -> Optional.empty());
  }
}
