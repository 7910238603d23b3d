package dev.gatefold.executor.faults;

import dev.gatefold.executor.crash.Command.Verb;
import dev.gatefold.executor.faults.Operator.End;
import dev.gatefold.executor.faults.client.Refusal;
import dev.gatefold.executor.faults.history.Checker;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.nemesis.FaultKind;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.rollout.RolloutState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One run: the changes of a scenario go there and back at random while applications write and
 * faults strike. Moves, faults and what applications do follow from the seed; how their threads
 * interleave does not.
 */
final class FaultRun {

  private static final int MOST_ROLLBACKS = 2;

  private final long seed;
  private final World world;
  private final Operator operator;
  private final Shipping shipping;
  private final SplittableRandom random;
  private final Map<String, Integer> rollbacks = new HashMap<>();

  private FaultRun(long seed, World world, Executors executors, SplittableRandom random) {
    this.seed = seed;
    this.world = world;
    this.random = random;
    this.operator =
        new Operator(world, executors, new Schedule(seed, random.split()), random.split());
    this.shipping = new Shipping(world.scenario());
  }

  static Report of(long seed, Server server, Executors executors) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Scenario scenario = Scenario.ALL.get(scenario(seed));
    try (World world = World.on(server, "faults", scenario)) {
      FaultRun run = new FaultRun(seed, world, executors, random);
      try {
        return run.run();
      } catch (Exception | AssertionError e) {
        throw new AssertionError(run.report(List.of("the harness failed: " + e)).text(), e);
      }
    }
  }

  /** Round by round each kind of fault meets another scenario. */
  private static int scenario(long seed) {
    return Math.floorMod(
        Math.floorDiv(seed, Schedule.ROUND) + Math.floorMod(seed, Schedule.ROUND),
        Scenario.ALL.size());
  }

  private Report run() throws Exception {
    world.start(random.split());
    world.deploy(shipping.versions());
    List<String> open =
        new ArrayList<>(world.scenario().changes().stream().map(Scenario.File::change).toList());
    boolean stuck = false;
    while (!open.isEmpty() && !stuck) {
      String change = open.get(random.nextInt(open.size()));
      stuck = move(change) == End.STUCK;
      RolloutState state = world.observer().state(change);
      if (state == RolloutState.COMPLETED || mayEnd(change, state)) {
        open.remove(change);
      }
    }
    world.goOn();
    world.stop();
    world.observe("at the end");
    List<String> problems = new ArrayList<>(operator.problems());
    problems.addAll(unexplained());
    if (!stuck) {
      problems.addAll(new Leftovers(world).look());
    }
    return report(problems);
  }

  private Report report(List<String> problems) {
    return new Report(
        seed,
        world.scenario().name(),
        world.history().transactions().size(),
        operator.log(),
        operator.strikes(),
        Checker.check(world.history(), world.scenario().up()),
        problems);
  }

  private boolean mayEnd(String change, RolloutState state) {
    return state == RolloutState.ROLLED_BACK
        && rollbacks.getOrDefault(change, 0) > 0
        && random.nextInt(3) == 0;
  }

  /** The next command for a change, and a look at all rows after it. */
  private End move(String change) throws Exception {
    RolloutState state = world.observer().state(change);
    End end =
        switch (state) {
          case ROLLED_BACK -> submit(change);
          case PLANNED -> promote(change, "expand");
          case EXPANDED ->
              back(20, change)
                  ? rollback(change, RolloutState.PLANNED)
                  : promote(change, "backfill");
          case BACKFILLED -> fromBackfilled(change);
          case RETIRED -> fromRetired(change);
          case EXPANDING, BACKFILLING, RETIRING, DROPPING, ROLLING_BACK, COMPLETED ->
              throw new IllegalStateException(change + " rests in " + state);
        };
    if (end == End.ONLY_BACK) {
      end = onlyBack(change);
    }
    RolloutState now = world.observer().state(change);
    if (now == RolloutState.ROLLED_BACK && state != RolloutState.ROLLED_BACK) {
      world.forgetNewShape(change);
    }
    shipping.rests(change, now);
    world.guarded();
    world.deploy(shipping.versions());
    world.goOn();
    world.observe("at rest in " + now.word() + " of " + change);
    return end;
  }

  private End submit(String change) throws Exception {
    String yaml =
        world.scenario().changes().stream()
            .filter(file -> file.change().equals(change))
            .findFirst()
            .orElseThrow()
            .yaml();
    return operator.run(Verb.SUBMIT, change, yaml);
  }

  private End promote(String change, String stage) throws Exception {
    return operator.run(Verb.PROMOTE, change, stage);
  }

  private End rollback(String change, RolloutState to) throws Exception {
    rollbacks.merge(change, 1, Integer::sum);
    return operator.run(Verb.ROLLBACK, change, to.word());
  }

  private boolean back(int percent, String change) {
    return rollbacks.getOrDefault(change, 0) < MOST_ROLLBACKS && random.nextInt(100) < percent;
  }

  private End fromBackfilled(String change) throws Exception {
    if (back(30, change)) {
      only(change, Side.OLD);
      return rollback(change, random.nextBoolean() ? RolloutState.EXPANDED : RolloutState.PLANNED);
    }
    only(change, Side.NEW);
    return promote(change, "retire");
  }

  private End fromRetired(String change) throws Exception {
    if (!back(35, change)) {
      return promote(change, "drop");
    }
    if (random.nextInt(3) > 0) {
      return rollback(change, RolloutState.BACKFILLED);
    }
    // In one go no version of the application could live all the way.
    world.deploy(List.of());
    return rollback(change, RolloutState.PLANNED);
  }

  /** The stage cannot be promoted: its sync is gone. */
  private End onlyBack(String change) throws Exception {
    RolloutState state = world.observer().state(change);
    boolean retired = state == RolloutState.RETIRED || state == RolloutState.DROPPING;
    if (!retired) {
      only(change, Side.OLD);
    }
    return operator.run(
        Verb.ROLLBACK,
        change,
        (retired ? RolloutState.BACKFILLED : RolloutState.PLANNED).word(),
        EnumSet.of(FaultKind.SYNC_DROPPED));
  }

  private void only(String change, Side side) {
    shipping.only(change, side);
    world.deploy(shipping.versions());
  }

  /** Errors that applications met and nothing announced. */
  private List<String> unexplained() {
    return world.refusals().stream()
        .filter(refusal -> !isExplained(refusal))
        .map(refusal -> "an application met " + refusal)
        .distinct()
        .toList();
  }

  private boolean isExplained(Refusal refusal) {
    return refusal.announced()
        || refusal.message().contains("cached plan must not change result type")
        || operator.struck().stream().anyMatch(kind -> kind.explainsState(refusal.state()));
  }
}
