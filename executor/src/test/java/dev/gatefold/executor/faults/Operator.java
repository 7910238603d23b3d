package dev.gatefold.executor.faults;

import dev.gatefold.executor.crash.Command;
import dev.gatefold.executor.crash.Command.Verb;
import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.faults.nemesis.Fault.Mending;
import dev.gatefold.executor.faults.nemesis.FaultKind;
import dev.gatefold.executor.faults.nemesis.Moment;
import dev.gatefold.executor.faults.nemesis.Scene;
import dev.gatefold.executor.faults.nemesis.Strike;
import dev.gatefold.executor.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives one command after the other, and the same again where it did not come to its end: that is
 * all that Gatefold ever asks of a person, but for what an administrator broke.
 */
final class Operator {

  /** More than any fault needs: whoever needs so many never comes to an end. */
  private static final int ATTEMPTS = 12;

  private final World world;
  private final Executors executors;
  private final Schedule schedule;
  private final SplittableRandom random;
  private final List<String> log = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<FaultKind> struck = EnumSet.noneOf(FaultKind.class);
  private final List<String> strikes = new ArrayList<>();

  Operator(World world, Executors executors, Schedule schedule, SplittableRandom random) {
    this.world = world;
    this.executors = executors;
    this.schedule = schedule;
    this.random = random;
  }

  List<String> log() {
    return log;
  }

  List<String> problems() {
    return problems;
  }

  /** Everything that struck so far. */
  Set<FaultKind> struck() {
    return struck;
  }

  List<String> strikes() {
    return strikes;
  }

  /** How a command ended at last. */
  enum End {
    DONE,
    /** The sync is gone: there is only a way back. */
    ONLY_BACK,
    /** Something is wrong, and written down. */
    STUCK
  }

  /** Lets a command come to its end. */
  End run(Verb verb, String change, String argument) throws Exception {
    return run(verb, change, argument, EnumSet.noneOf(FaultKind.class));
  }

  /** The same, where faults that struck before are not made good yet. */
  End run(Verb verb, String change, String argument, Set<FaultKind> during) throws Exception {
    Command command = Command.of(world.way(), change, verb, argument);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Rollout> rollout = world.observer().rollout(change);
      Optional<Strike> strike = rollout.flatMap(it -> schedule.next(command, it));
      String result = attempt(again(command, rollout, attempt), strike, during);
      log.add(command + strike.map(it -> " with " + it).orElse("") + " -> " + shortened(result));
      if (result.startsWith("Done")) {
        return gateHeld(strike, verb, rollout) ? End.DONE : End.STUCK;
      }
      if (!explained(result, during)) {
        problems.add("unexplained: " + command + " -> " + result);
        return End.STUCK;
      }
      if (result.startsWith("Differs")) {
        // Its rows are named; the sync works by now, or is put back to work with them.
        world.mend();
      }
      if (verb == Verb.PROMOTE && during.contains(FaultKind.SYNC_DROPPED)) {
        return End.ONLY_BACK;
      }
    }
    problems.add("never ends: " + command);
    return End.STUCK;
  }

  private Command again(Command command, Optional<Rollout> rollout, int attempt) {
    boolean failed = rollout.flatMap(Rollout::failure).isPresent();
    return failed && attempt > 1 && random.nextInt(3) == 0
        ? Command.of(command.url(), command.change(), Verb.RETRY, "")
        : command;
  }

  /** Nothing may be promoted past a sync that was broken before. */
  private boolean gateHeld(Optional<Strike> strike, Verb verb, Optional<Rollout> rollout) {
    boolean broken =
        verb == Verb.PROMOTE
            && strike
                .filter(it -> it.kind().breaksSync() && it.moment() == Moment.REST)
                .isPresent();
    if (broken) {
      problems.add("a gate let a broken sync pass: " + rollout);
    }
    return !broken;
  }

  private static boolean explained(String result, Set<FaultKind> during) {
    return result.startsWith("Waits") || during.stream().anyMatch(kind -> kind.explains(result));
  }

  private String attempt(Command command, Optional<Strike> strike, Set<FaultKind> during)
      throws Exception {
    ExecutorProcess executor = executors.take();
    ExecutorProcess other = executors.take();
    List<Mending> mendings = new ArrayList<>();
    try {
      if (isAt(strike, Moment.REST)) {
        mendings.add(strike(strike.get(), scene(command, Optional.empty(), other), during));
      }
      Scene scene = scene(command, Optional.of(executor), other);
      executor.send(
          isAt(strike, Moment.POINT)
              ? command.standingStillAt(strike.get().line(), strike.get().skip())
              : command);
      Optional<CompletableFuture<Mending>> later =
          isAt(strike, Moment.INSTANT)
              ? Optional.of(CompletableFuture.supplyAsync(() -> late(strike.get(), scene, during)))
              : Optional.empty();
      String result = listen(executor, strike, scene, during, mendings);
      if (later.isPresent()) {
        mendings.add(later.get().get());
      }
      mendings.add(() -> executors.giveBack(other));
      executors.giveBack(executor);
      return result;
    } finally {
      for (Mending mending : mendings) {
        mending.mend();
      }
    }
  }

  private static boolean isAt(Optional<Strike> strike, Moment moment) {
    return strike.filter(it -> it.moment() == moment).isPresent();
  }

  private Scene scene(Command command, Optional<ExecutorProcess> victim, ExecutorProcess other) {
    return new Scene(
        world.server(),
        world.database(),
        world.wire(),
        command,
        victim,
        other,
        world,
        random.split());
  }

  private Mending strike(Strike strike, Scene scene, Set<FaultKind> during) throws Exception {
    during.add(strike.kind());
    struck.add(strike.kind());
    strikes.add(strike.kind().toString());
    schedule.struck(strike.kind());
    return strike.at(scene);
  }

  private Mending late(Strike strike, Scene scene, Set<FaultKind> during) {
    LockSupport.parkNanos(Duration.ofMillis(strike.afterMillis()).toNanos());
    try {
      return strike(strike, scene, during);
    } catch (Exception e) {
      throw new IllegalStateException(strike + " failed", e);
    }
  }

  /** What became of the command, as the executor says it; "gone" where it says nothing more. */
  private String listen(
      ExecutorProcess executor,
      Optional<Strike> strike,
      Scene scene,
      Set<FaultKind> during,
      List<Mending> mendings)
      throws Exception {
    for (Optional<String> line = executor.next(); line.isPresent(); line = executor.next()) {
      if (line.get().equals("still")) {
        mendings.add(strike(strike.orElseThrow(), scene, during));
        executor.goOn();
      } else if (line.get().startsWith("outcome ")) {
        return line.get().substring("outcome ".length());
      } else if (line.get().startsWith("error ") || line.get().startsWith("bug ")) {
        return line.get();
      }
    }
    return "gone";
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
