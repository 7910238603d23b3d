package dev.gatefold.backfill;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.lease.KeyAhead;
import dev.gatefold.backfill.lease.LeasedRange;
import dev.gatefold.backfill.lease.Part;
import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.range.Detour.Leg;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.Ranges.Slice;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.BoundStatement.Answer;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Transaction;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/** The transactions of one worker, each whole or not at all. Not thread-safe. */
final class Batch {

  /** Of {@code gatefold.pass_range}. */
  private static final String TAKEN = "GF101";

  private static final String OTHER_FILE = "GF104";
  private static final String OTHER_TABLE = "GF105";

  private final RowMapping mapping;
  private final Connection connection;
  private final Transactions transactions;
  private final RangeLedger ledger;
  private final BatchFence fence;
  private final BooleanSupplier sharesBound;
  private final Ticker ticker;

  /** {@code sharesBound} says whether there is a bound on the speed of all workers together. */
  Batch(
      BackfillJob job,
      Connection connection,
      Transactions transactions,
      Desk desk,
      BooleanSupplier sharesBound,
      Ticker ticker) {
    this.mapping = job.rows();
    this.connection = connection;
    this.transactions = transactions;
    this.ledger = desk.ledger();
    this.fence = desk.fence();
    this.sharesBound = sharesBound;
    this.ticker = ticker;
  }

  /**
   * Finds out of which parts the backfill consists; at the very first, fixes where they end.
   *
   * @param begins whether it may be begun; it may have ended while somebody still helps, and would
   *     be done anew
   */
  BatchResult open(boolean begins) throws SQLException {
    return guarded(
        () -> {
          try (Transaction transaction = transactions.begin()) {
            fence.statement().run(connection);
            if (!begins && !ledger.isBegun(connection)) {
              return ended(new BackfillOutcome.OwnerLost("the backfill has ended"));
            }
            Optional<String> gone = objection();
            Optional<String> stop = gone.isPresent() ? gone : ledger.open(connection);
            if (stop.isPresent()) {
              return stopped(stop.get());
            }
            transaction.commit();
            return new BatchResult.Opened();
          } catch (SQLException e) {
            return moved(e, mapping.byBlocks());
          }
        });
  }

  private Optional<String> objection() throws SQLException {
    // Names the table first, and so locks it: what is read then stays true.
    BoundStatement.of("SELECT FROM " + mapping.table().quoted() + " WHERE false").run(connection);
    if (TableIdentity.read(connection, mapping).isEmpty()) {
      return Optional.of(TableIdentity.gone(mapping));
    }
    // Of blocks there may be those of partitions, which the ledger looks for.
    return mapping.byBlocks() ? Optional.empty() : Ranges.of(mapping).objection(connection);
  }

  /** Asks whether the worker may go on, and does not; its lease begins anew. */
  BatchResult ask(Optional<LeasedRange> range) throws SQLException {
    return guarded(
        () -> {
          // A lease need not outlive a crash, and must not wait for a standby: while one lags,
          // whoever waits for it has to hear of a pause.
          BoundStatement asked =
              transactions.settings().then(Transactions.UNFLUSHED).then(fence.statement());
          if (range.isEmpty()) {
            asked.run(connection);
            return new BatchResult.Asked();
          }
          Answer answer = asked.then(ledger.renew(range.get())).answer(connection);
          return answer.changed() == 0 ? new BatchResult.Taken() : new BatchResult.Asked();
        });
  }

  /**
   * Asks for rows; at most so many workers have some at a time.
   *
   * @param rowsPerBlock of a part, as far as this worker knows
   */
  BatchResult claim(int workers, ToDoubleFunction<Part> rowsPerBlock) throws SQLException {
    return guarded(
        () -> {
          try (Transaction transaction = transactions.begin()) {
            Optional<KeyAhead> ahead = ledger.ahead(connection, workers);
            fence.statement().run(connection);
            BatchResult claimed =
                new BatchResult.Claimed(ledger.claim(connection, workers, ahead, rowsPerBlock));
            transaction.commit();
            return claimed;
          } catch (SQLException e) {
            return moved(e, mapping.byBlocks());
          }
        });
  }

  /** Fills about so many of the rows that are left of a range. */
  BatchResult fill(PartRows part, LeasedRange range, int size, Breath breath) throws SQLException {
    return guarded(
        () -> {
          Optional<KeyRange> guess = part.guess(range.rest(), size);
          return guess.isPresent()
              ? send(part, range, filling(part, guess.get(), size, breath))
              : sliced(part, range, size, breath);
        });
  }

  /** Fills rows of the range that were looked at before. */
  BatchResult fill(PartRows part, LeasedRange range, Leg leg) throws SQLException {
    return guarded(
        () -> send(part, range, walking(part.sql().update(leg.range(), Breath.HELD), leg)));
  }

  /** Leaves the row of the range that comes next as it is, with a statement in its stead. */
  BatchResult leave(PartRows part, LeasedRange range, Leg leg, BoundStatement record)
      throws SQLException {
    return guarded(() -> send(part, range, walking(record, leg)));
  }

  private static Sent walking(BoundStatement work, Leg leg) {
    OptionalLong rows = OptionalLong.of(leg.rows());
    return new Sent(leg.range(), work, leg.passable(), false, rows, (int) leg.rows(), false);
  }

  private BatchResult sliced(PartRows part, LeasedRange range, int size, Breath breath)
      throws SQLException {
    Slice slice;
    try (Transaction transaction = transactions.begin()) {
      slice = part.slice(transaction.connection(), range.rest(), size);
    } catch (SQLException e) {
      return moved(e, part.mapping().oid() != mapping.oid());
    }
    return send(
        part,
        range,
        new Sent(
            slice.range(),
            part.sql().update(slice.range(), breath),
            true,
            !breath.isHeld(),
            OptionalLong.of(slice.rows()),
            size,
            true));
  }

  private static Sent filling(PartRows part, KeyRange guess, int size, Breath breath) {
    return new Sent(
        guess,
        part.sql().update(guess, breath),
        true,
        !breath.isHeld(),
        OptionalLong.empty(),
        size,
        part.guessesWell());
  }

  /**
   * What a batch does.
   *
   * @param fills whether what it writes are rows of the table
   * @param naps whether it sleeps now and then
   * @param counted how many rows it has, where that is known
   * @param asked how many it should have
   * @param ordinary whether it has them unless the range ends before
   */
  private record Sent(
      KeyRange rows,
      BoundStatement work,
      boolean fills,
      boolean naps,
      OptionalLong counted,
      int asked,
      boolean ordinary) {}

  /** What the numbers in the answer to a message are, the rows that were passed being the last. */
  private record Numbers(boolean slept, boolean workers) {
    BoundStatement asked(BoundStatement before, BoundStatement forWorkers) {
      BoundStatement first = slept ? before.then(Breath.SLEPT) : before;
      return workers ? first.then(forWorkers) : first;
    }

    Duration slept(Answer answer) {
      return slept ? Duration.of(answer.numbers().get(0), ChronoUnit.MICROS) : Duration.ZERO;
    }

    OptionalInt workers(Answer answer) {
      return workers
          ? OptionalInt.of(answer.numbers().get(slept ? 1 : 0).intValue())
          : OptionalInt.empty();
    }
  }

  /**
   * All in one message, and no transaction is open before or after it: a worker that is stopped or
   * cut off between two messages holds no lock that an application could wait for.
   */
  private BatchResult send(PartRows part, LeasedRange range, Sent batch) throws SQLException {
    // Only who shares a bound on the speed with others has to know how many they are.
    Numbers numbers = new Numbers(batch.naps(), sharesBound.getAsBoolean());
    BoundStatement asked =
        transactions.writing().then(part.countBefore()).then(batch.work()).then(fence.statement());
    BoundStatement message =
        numbers
            .asked(asked, ledger.workers(range))
            .then(ledger.pass(range, batch.rows().end(), batch.counted()));
    long began = ticker.nanos();
    try {
      Answer answer = message.answer(connection);
      // Where the server counts no rows that are read, those that were written have to do.
      part.passed(batch.rows(), Math.max(answer.number(), batch.fills() ? answer.changed() : 0));
      LeasedRange rest = range.passed(batch.rows().end());
      Duration took = Duration.ofNanos(ticker.nanos() - began);
      return new BatchResult.Passed(
          rest,
          answer.number(),
          batch.fills() ? answer.changed() : 0,
          batch.asked(),
          batch.ordinary() && !rest.isDone(),
          numbers.workers(answer),
          took,
          Collections.min(List.of(took, numbers.slept(answer))));
    } catch (SQLException e) {
      if (isOfRows(e)) {
        return new BatchResult.Rejected(batch.rows(), e);
      }
      return moved(e, part.mapping().oid() != mapping.oid());
    }
  }

  /** A partition may go while its table stays. */
  private static BatchResult moved(SQLException error, boolean maybePartition) throws SQLException {
    if (maybePartition && Failure.isMissingObject(error)) {
      return new BatchResult.Moved(Failure.sentence(error));
    }
    throw error;
  }

  private static boolean isOfRows(SQLException error) {
    return Failure.of(error) == Failure.DATA
        && !Optional.ofNullable(error.getSQLState()).orElse("").startsWith("GF1");
  }

  private interface Work {
    BatchResult done() throws SQLException;
  }

  private BatchResult guarded(Work work) throws SQLException {
    try {
      return work.done();
    } catch (SQLException e) {
      return answer(e);
    }
  }

  private static BatchResult answer(SQLException error) throws SQLException {
    return switch (Optional.ofNullable(error.getSQLState()).orElse("")) {
      case TAKEN -> new BatchResult.Taken();
      case OTHER_FILE, OTHER_TABLE -> new BatchResult.Moved(Failure.sentence(error));
      case BatchFence.PAUSED -> ended(new BackfillOutcome.Paused(Failure.sentence(error)));
      case BatchFence.LOST -> ended(new BackfillOutcome.OwnerLost(Failure.sentence(error)));
      default -> otherAnswer(error);
    };
  }

  private static BatchResult otherAnswer(SQLException error) throws SQLException {
    if (Failure.of(error) == Failure.BUSY) {
      return new BatchResult.Hindered(error);
    }
    if (Failure.isMissingObject(error)) {
      return stopped(Failure.sentence(error));
    }
    throw error;
  }

  private static BatchResult stopped(String reason) {
    return ended(new BackfillOutcome.Stopped(reason));
  }

  private static BatchResult ended(BackfillOutcome outcome) {
    return new BatchResult.Ended(outcome);
  }
}
