package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.DirectOperation;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.RawSql;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.change.RemoveEnumValue;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.direct.DirectPlanner;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.operation.OperationPlanner;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.RenameColumnPlanner;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code (Schema, Change) -> Straight}. Pure and thread-safe.
 *
 * <p>It says nothing of operations that do not go together in one change: the planner does. The
 * statements come as the stages do, what is made before what is replaced and that before what goes:
 * an operation may read a column that another one, before it in the file, drops.
 */
public final class StraightDdl {

  private final Dialect dialect;

  public StraightDdl(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The straight way of a change on the catalog as it was read for it. */
  public Straight of(Schema schema, Change asked) {
    Change change = asked.whole(schema.drafts());
    Site site = new Site(change, schema, dialect);
    OperationPlanner replacing = new OperationPlanner(schema, change, dialect);
    Sorted sorted = new Sorted(site, replacing);
    change.operations().forEach(sorted::add);
    List<Reason> reasons = new ArrayList<>(sorted.reasons);
    ReplacedColumns replaced =
        new ReplacedColumns(schema, dialect, change.trades(), sorted.altered, sorted.regrouped);
    if (reasons.isEmpty()) {
      reasons.addAll(replaced.reasons());
    }
    if (!reasons.isEmpty()) {
      return new Straight.Refused(reasons.stream().distinct().toList());
    }
    Piece all =
        Piece.all(
            Stream.of(
                    sorted.making.stream(),
                    Stream.of(replaced.piece(sorted.trading)),
                    sorted.leaving.stream())
                .flatMap(pieces -> pieces)
                .toList());
    return new Straight.Script(
        all.there(),
        change.operations().stream().allMatch(StraightDdl::isTransactional),
        all.back());
  }

  private static boolean isTransactional(Operation operation) {
    return !(operation instanceof RawSql raw && raw.done().isPresent());
  }

  /** The operations by when their turn comes. Used once, by one thread. */
  private static final class Sorted implements Operation.Cases<Planned> {

    private final Site site;
    private final OperationPlanner replacing;
    private final List<Piece> making = new ArrayList<>();
    private final List<String> trading = new ArrayList<>();
    private final List<Operation.AlterColumn> altered = new ArrayList<>();
    private final List<Planned.Regrouped> regrouped = new ArrayList<>();
    private final List<Piece> leaving = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    Sorted(Site site, OperationPlanner replacing) {
      this.site = site;
      this.replacing = replacing;
    }

    void add(Operation operation) {
      Planned planned = operation.match(this);
      if (planned instanceof Planned.Refused refused) {
        reasons.addAll(refused.reasons());
      } else if (operation instanceof DirectOperation direct
          && planned instanceof Planned.Staged staged) {
        Piece piece = direct.match(new StraightOperations(site, staged));
        if (operation instanceof RemoveEnumValue) {
          trading.addAll(piece.there());
        } else {
          (goes(staged) ? leaving : making).add(piece);
        }
      } else if (planned instanceof Planned.Regrouped group) {
        regrouped.add(group);
      }
    }

    private static boolean goes(Planned.Staged staged) {
      return !staged.in(StageName.RETIRE).isEmpty() || !staged.in(StageName.DROP).isEmpty();
    }

    @Override
    public Planned renameColumn(Operation.RenameColumn rename) {
      altered.add(RenameColumnPlanner.asAlterColumn(rename));
      return replacing.renameColumn(rename);
    }

    @Override
    public Planned alterColumn(Operation.AlterColumn alter) {
      altered.add(alter);
      return replacing.alterColumn(alter);
    }

    @Override
    public Planned regroup(Regroup regroup) {
      return replacing.regroup(regroup);
    }

    @Override
    public Planned direct(DirectOperation operation) {
      return operation.match(new DirectPlanner(site));
    }
  }
}
