package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import java.util.List;

/** Every check, in the order in which people meet the dangers. */
public final class Hazards {

  private static final List<HazardCheck> CHECKS =
      List.of(
          new StraightUsed(),
          new UnprovenSql(),
          new RewriteUnderLock(),
          new ScanUnderLock(),
          new IndexUnderLock(),
          new PartitionUnderLock(),
          new LocksHeldTogether(),
          new LocksOtherTable(),
          new ManyPartitions(),
          new WaitsForTransactions(),
          new WholeTableWrite(),
          new BackfillWrites(),
          new TablesInStep(),
          new ShapesLag(),
          new LessUnique(),
          new LogKept(),
          new SelectStarPrepared(),
          new ColumnlessInsert(),
          new OrmColumns(),
          new CachedPlan(),
          new Published(),
          new Subscribed(),
          new ReplicaIdentityChanged(),
          new VolatileDefault(),
          new DefaultChanged(),
          new NullAppears(),
          new JsonNotComparable(),
          new EnumValueAdded(),
          new EnumValueRenamed(),
          new WritesRefused(),
          new RuleGone(),
          new ForeignKeyUnindexed(),
          new UniqueOnBoth(),
          new UpsertLosesIndex(),
          new ConstraintRenamed(),
          new IndexDropped(),
          new RowSecurityChanged(),
          new TriggerNamesColumn(),
          new TriggerMissesColumn(),
          new WholeRow(),
          new ColumnRenamed(),
          new TableRenamed(),
          new StandInView(),
          new FunctionNamesTable(),
          new RightTaken(),
          new OwnerNotDenied(),
          new WholeTableDenied(),
          new RightNotCarried(),
          new DependentsDropped(),
          new GoesAlong(),
          new GeneratedDropped(),
          new MaybeThere(),
          new NameTooLong(),
          new SpaceKept(),
          new DataDeleted(),
          new DropIsFinal());

  private Hazards() {}

  /** What the checks find in a plan. */
  public static List<Hazard> of(Scene scene) {
    return CHECKS.stream().flatMap(check -> check.in(scene).stream()).toList();
  }

  /** Every danger that there is a check for. */
  public static List<Danger> dangers() {
    return CHECKS.stream().map(HazardCheck::danger).toList();
  }
}
