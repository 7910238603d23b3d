package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.client.Deployment.Running;
import dev.gatefold.executor.faults.client.Step.Style;
import dev.gatefold.executor.faults.history.Cell;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.history.Write;
import dev.gatefold.executor.faults.scenario.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Makes up what an application does next. Values and versions are used once in a run. */
final class Generator {

  private final List<Column> columns;
  private final Keys keys;
  private final AtomicLong numbers;
  private final RandomGenerator random;

  Generator(List<Column> columns, Keys keys, AtomicLong numbers, RandomGenerator random) {
    this.columns = columns;
    this.keys = keys;
    this.numbers = numbers;
    this.random = random;
  }

  /** The statements of a transaction, no two on one row; shared rows last, lest two deadlock. */
  List<Step> transaction(Version version, Running running) {
    int length = random.nextInt(5) == 0 ? 2 + random.nextInt(2) : 1;
    List<Step> steps = new ArrayList<>();
    Set<Long> used = new HashSet<>();
    for (int i = 0; i < length; i++) {
      Step step = step(version, running);
      if (used.contains(step.write().key()) || used.contains(step.write().from())) {
        continue;
      }
      used.add(step.write().key());
      used.add(step.write().from());
      steps.add(step);
      if (step.counted()) {
        break;
      }
    }
    return steps;
  }

  private Step step(Version version, Running running) {
    List<Integer> epochs = running.epochs();
    Optional<Long> key = keys.present(random);
    int chance = key.isEmpty() ? 0 : random.nextInt(100);
    if (chance < 14) {
      return put(Style.INSERT, keys.absent(random), version, epochs);
    }
    if (chance < 22) {
      return put(
          Style.UPSERT,
          random.nextBoolean() ? keys.absent(random) : key.orElseThrow(),
          version,
          epochs);
    }
    if (chance < 30) {
      return new Step(Style.DELETE, Write.delete(key.orElseThrow(), numbers.incrementAndGet()));
    }
    if (chance < 36) {
      return new Step(
          Style.MOVE,
          Write.move(key.orElseThrow(), keys.absent(random), numbers.incrementAndGet()));
    }
    if (chance < 40 && running.guarded()) {
      return refusable(key.orElseThrow(), version, epochs);
    }
    return chance < 52
        ? change(Style.UPDATE_SHARED, 1 + random.nextInt(Keys.SHARED), some(version, epochs))
        : change(Style.UPDATE, key.orElseThrow(), some(version, epochs));
  }

  private Step put(Style style, long key, Version version, List<Integer> epochs) {
    Map<Integer, Cell> cells = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.put(i, cell(i, version, epochs));
    }
    return new Step(style, Write.put(key, numbers.incrementAndGet(), cells));
  }

  private Step change(Style style, long key, Map<Integer, Cell> cells) {
    return new Step(style, Write.change(key, numbers.incrementAndGet(), cells));
  }

  /** Some of the columns, now and then none: an update of something else. */
  private Map<Integer, Cell> some(Version version, List<Integer> epochs) {
    Map<Integer, Cell> cells = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (random.nextInt(4) > 0) {
        cells.put(i, cell(i, version, epochs));
      }
    }
    return cells;
  }

  private Cell cell(int column, Version version, List<Integer> epochs) {
    if (columns.get(column).nullable() && random.nextInt(12) == 0) {
      return new Cell(Optional.empty(), Optional.empty(), epochs.get(column));
    }
    return columns
        .get(column)
        .cell(version.writes(column), numbers.incrementAndGet(), epochs.get(column));
  }

  /** What the sync must refuse, where this version can do such a thing. */
  private Step refusable(long key, Version version, List<Integer> epochs) {
    Optional<Integer> both =
        IntStream.range(0, columns.size()).boxed().filter(version::usesBoth).findFirst();
    if (both.isPresent() && !columns.get(both.get()).keepsName()) {
      Cell cell =
          columns.get(both.get()).contradiction(numbers::incrementAndGet, epochs.get(both.get()));
      return change(Style.CONTRADICTION, key, Map.of(both.get(), cell));
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).wayless().isPresent() && version.writes(i) == Side.NEW) {
        String value = columns.get(i).wayless().get().apply(numbers.incrementAndGet());
        return change(
            Style.WAYLESS,
            key,
            Map.of(i, new Cell(Optional.empty(), Optional.of(value), epochs.get(i))));
      }
    }
    return change(Style.UPDATE, key, some(version, epochs));
  }
}
