package dev.gatefold.executor.faults;

import dev.gatefold.executor.crash.Command;
import dev.gatefold.executor.crash.Command.Verb;
import dev.gatefold.executor.faults.nemesis.FaultKind;
import dev.gatefold.executor.faults.nemesis.Moment;
import dev.gatefold.executor.faults.nemesis.Strike;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Which fault strikes which command, and when. Each seed gives two kinds, so that a few seeds in a
 * row give all; further ones come at random.
 */
final class Schedule {

  /** So many kinds each seed brings. */
  private static final int SURE = 2;

  /** So many seeds in a row bring each kind. */
  static final int ROUND = (FaultKind.values().length + SURE - 1) / SURE;

  private static final int MOST_MILLIS = 900;

  private final SplittableRandom random;
  private final List<FaultKind> pending = new ArrayList<>();

  Schedule(long seed, SplittableRandom random) {
    this.random = random;
    FaultKind[] kinds = FaultKind.values();
    for (int i = 0; i < SURE; i++) {
      pending.add(kinds[(int) Math.floorMod(SURE * seed + i, (long) kinds.length)]);
    }
    for (int more = random.nextInt(3); more > 0; more--) {
      pending.add(kinds[random.nextInt(kinds.length)]);
    }
  }

  /** A fault for this command, if one shall strike it. */
  Optional<Strike> next(Command command, Rollout rollout) {
    if (pending.isEmpty() || random.nextInt(8) == 0) {
      return Optional.empty();
    }
    FaultKind kind = pending.get(random.nextInt(Math.min(SURE, pending.size())));
    Moment moment = kind.moments().get(random.nextInt(kind.moments().size()));
    if (!fits(kind, moment, command, rollout)) {
      return Optional.empty();
    }
    return switch (moment) {
      case REST -> Optional.of(new Strike(kind, moment, "", 0, 0));
      case INSTANT -> Optional.of(new Strike(kind, moment, "", 0, random.nextInt(MOST_MILLIS)));
      case POINT -> point(kind, lines(kind, command, rollout));
    };
  }

  private Optional<Strike> point(FaultKind kind, List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String line = lines.get(random.nextInt(lines.size()));
    int skip = line.equals(ROWS) ? random.nextInt(2) : 0;
    return Optional.of(new Strike(kind, Moment.POINT, line, skip, 0));
  }

  /** It has happened. */
  void struck(FaultKind kind) {
    pending.remove(kind);
  }

  private static final String ROWS = "rows ";

  private static boolean fits(FaultKind kind, Moment moment, Command command, Rollout rollout) {
    boolean backfill = command.verb() == Verb.PROMOTE && command.argument().equals("backfill");
    return switch (kind) {
      case DISK_FULL -> backfill;
      // In the middle of a stage no gate looks: see docs/faults.md.
      case INDEX_ADDED -> promotes(command) && !rollout.state().underWay();
      case SYNC_DISABLED, SYNC_DROPPED ->
          hasSync(rollout)
              && (moment == Moment.REST || promotes(command))
              && isNext(command, rollout);
      default -> command.verb() != Verb.SUBMIT;
    };
  }

  private static boolean promotes(Command command) {
    return command.verb() == Verb.PROMOTE;
  }

  /** Not the same once more after its reply was lost: no gate is asked then. */
  private static boolean isNext(Command command, Rollout rollout) {
    return !promotes(command)
        || rollout.next().filter(it -> it.word().equals(command.argument())).isPresent();
  }

  private static boolean hasSync(Rollout rollout) {
    return rollout.state() == RolloutState.EXPANDED
        || rollout.state() == RolloutState.BACKFILLED
        || rollout.state() == RolloutState.RETIRED;
  }

  /** What the executor will say on its way, as the plan has it. */
  private static List<String> lines(FaultKind kind, Command command, Rollout rollout) {
    if (kind == FaultKind.DISK_FULL) {
      return List.of(ROWS);
    }
    List<String> lines = new ArrayList<>();
    rollout.plan().stages().stream()
        .filter(stage -> runs(stage.name(), command, rollout))
        .flatMap(stage -> steps(stage, command.verb()))
        .forEach(id -> lines.addAll(List.of("started " + id, "done " + id)));
    if (command.verb() == Verb.PROMOTE && !command.argument().equals("expand")) {
      // As often as all steps together: batches are where most of the time is spent.
      lines.addAll(Collections.nCopies(lines.size() / 2, ROWS));
    }
    return lines;
  }

  private static boolean runs(StageName stage, Command command, Rollout rollout) {
    if (command.verb() == Verb.PROMOTE) {
      return stage.word().equals(command.argument());
    }
    Optional<StageName> stays = RolloutState.of(command.argument()).flatMap(RolloutState::stage);
    return stays.filter(it -> it.compareTo(stage) >= 0).isEmpty()
        && rollout.stage().filter(it -> it.compareTo(stage) >= 0).isPresent();
  }

  private static Stream<String> steps(Stage stage, Verb verb) {
    return stage.steps().stream()
        .flatMap(step -> verb == Verb.ROLLBACK ? step.undo().steps().stream() : Stream.of(step))
        .map(Step::id);
  }
}
