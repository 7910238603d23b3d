package dev.gatefold.executor.faults.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.faults.history.Transaction.Outcome;
import dev.gatefold.executor.faults.history.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories made by hand, right ones and wrong ones: the checker must tell them apart. */
class CheckerTest {

  private final History history = new History();

  @Test
  void aRowThatIsAsItWasLastWrittenIsRight() {
    commit(old(1, "a"));
    commit(old(2, "b"));
    sees(2, "b", "b!");
    assertThat(found()).isEmpty();
  }

  @Test
  void ofTwoConcurrentStatesAReaderMaySeeEither() {
    commit(old(1, "a"));
    long invoked = history.tick();
    long reading = history.tick();
    read(reading, 1, "a", "a!");
    read(reading, 2, "b", "b!");
    end(invoked, Outcome.COMMITTED, old(2, "b"));
    assertThat(found()).isEmpty();
  }

  @Test
  void anAcknowledgedWriteThatIsNotThereIsLost() {
    commit(old(1, "a"));
    commit(old(2, "b"));
    sees(1, "a", "a!");
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void soIsARowThatIsNotThere() {
    commit(old(1, "a"));
    seesNothing();
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void soIsAValueThatALaterWriteOfOtherColumnsWentOver() {
    commit(old(1, "a"));
    commit(old(2, "b"));
    commit(Write.change(7, 3, Map.of()));
    sees(3, "a", "a!");
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void aDeletedRowThatIsThereIsResurrected() {
    commit(old(1, "a"));
    commit(Write.delete(7, 2));
    sees(1, "a", "a!");
    assertThat(found()).containsExactly(Kind.RESURRECTED);
  }

  @Test
  void soIsAWriteThatWasRolledBack() {
    commit(old(1, "a"));
    end(history.tick(), Outcome.ABORTED, old(2, "b"));
    sees(2, "b", "b!");
    assertThat(found()).containsExactly(Kind.RESURRECTED);
  }

  @Test
  void soIsAnOverwrittenValueOnceTheNewerWasSeen() {
    commit(old(1, "a"));
    commit(old(2, "b"));
    sees(2, "b", "b!");
    sees(2, "a", "a!");
    assertThat(found()).containsExactly(Kind.RESURRECTED);
  }

  @Test
  void shapesThatDisagreeAreTorn() {
    commit(old(1, "a"));
    commit(old(2, "b"));
    sees(2, "b", "a!");
    assertThat(found()).containsExactly(Kind.TORN);
  }

  @Test
  void soIsAValueThatNobodyWrote() {
    commit(old(1, "a"));
    sees(1, "x", "x!");
    assertThat(found()).containsExactly(Kind.TORN);
  }

  @Test
  void aRowThatMovedIsThereUnderOneKeyOnly() {
    commit(old(1, "a"));
    commit(Write.move(7, 8, 2));
    read(history.tick(), 8, new Seen(2, List.of(cells("a", "a!"))), 0);
    seesNothing();
    assertThat(found()).isEmpty();
    sees(1, "a", "a!");
    assertThat(found()).containsExactly(Kind.RESURRECTED);
  }

  @Test
  void whatOnlyTheNewShapeHeldEndsWithItsColumn() {
    commit(Write.put(7, 1, Map.of(0, new Cell(Optional.of("a"), Optional.of("a?"), 0))));
    sees(1, "a", "a?");
    read(history.tick(), 7, new Seen(1, List.of(cells("a", "a!"))), 1);
    assertThat(found()).isEmpty();
    read(history.tick(), 7, new Seen(1, List.of(cells("a", "a?"))), 1);
    assertThat(found()).containsExactly(Kind.TORN);
  }

  private static String up(String value) {
    return value + "!";
  }

  private List<Kind> found() {
    return Checker.check(history, List.of(CheckerTest::up)).stream().map(Violation::kind).toList();
  }

  private static Write old(long version, String value) {
    return Write.put(
        7, version, Map.of(0, new Cell(Optional.of(value), Optional.of(up(value)), 0)));
  }

  private void commit(Write write) {
    end(history.tick(), Outcome.COMMITTED, write);
  }

  private void end(long invoked, Outcome outcome, Write write) {
    history.add(new Transaction(invoked, 0, invoked, history.tick(), outcome, List.of(write)));
  }

  private void sees(long version, String old, String now) {
    read(history.tick(), version, old, now);
  }

  private void read(long invoked, long version, String old, String now) {
    read(invoked, 7, new Seen(version, List.of(cells(old, now))), 0);
  }

  private void read(long invoked, long key, Seen seen, int epoch) {
    history.add(
        new Reading("a test", key, invoked, history.tick(), List.of(epoch), Optional.of(seen)));
  }

  private void seesNothing() {
    long now = history.tick();
    history.add(new Reading("a test", 7, now, now, List.of(0), Optional.empty()));
  }

  private static Map<Side, Optional<String>> cells(String old, String now) {
    return Map.of(Side.OLD, Optional.of(old), Side.NEW, Optional.of(now));
  }
}
