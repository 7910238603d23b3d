package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * Gives ranges of a backfill to workers. Each method but {@link #pass} works in the open
 * transaction of its connection. Immutable and thread-safe.
 */
public final class RangeLedger {

  /**
   * Rows of a range at most: a second's work or less, so that little waits for a worker that died,
   * and many enough that claiming them costs nothing beside filling them.
   */
  static final int MOST_ROWS = 50_000;

  /** Less would be claimed more often than it is worth. */
  static final int FEWEST_ROWS = 2_000;

  /**
   * A range is no more than this part of what is left, so that all workers come to the end at about
   * the same time.
   */
  static final int PARTS = 8;

  /**
   * How long a worker may be silent. Each batch starts it anew; it has to outlast the longest
   * batch, a pause of the machine and a lost connection's first retries, and should not keep others
   * from the rows of a worker that died for longer than people wait.
   */
  public static final Duration LEASE = Duration.ofSeconds(10);

  private final BackfillOwner owner;
  private final RowMapping mapping;
  private final String worker;
  private final Duration lease;

  /**
   * A ledger for one worker.
   *
   * @param worker who it is, for people
   */
  public RangeLedger(BackfillOwner owner, RowMapping mapping, String worker, Duration lease) {
    this.owner = owner;
    this.mapping = mapping;
    this.worker = worker;
    this.lease = lease;
  }

  /**
   * Makes known that the backfill begins, or begins again, and of which parts it consists. Answers
   * why it cannot; empty where it does.
   */
  public Optional<String> open(Connection connection) throws SQLException {
    BoundStatement.of(
            """
            INSERT INTO gatefold.backfill (%s, table_oid) VALUES (?::bigint, ?::bigint)
            ON CONFLICT DO NOTHING
            """
                .formatted(owner.column()),
            identity())
        .run(connection);
    return new PartTable(mapping).refresh(connection, locked(connection));
  }

  /** Whether the backfill is under way, or was; as long as the transaction lasts it stays so. */
  public boolean isBegun(Connection connection) throws SQLException {
    return locked(connection) != 0;
  }

  /**
   * Looks for the rows that come next along a key; locks nothing of the ledger. Empty where there
   * are none, where as many workers have some as may, and where no look is needed.
   */
  public Optional<KeyAhead> ahead(Connection connection, int workers) throws SQLException {
    if (mapping.byBlocks()) {
      return Optional.empty();
    }
    long backfill = backfill(connection, "");
    Optional<Part> part =
        ranges(connection, backfill) < workers
            ? new PartTable(mapping).unfinished(connection, backfill, "")
            : Optional.empty();
    if (part.isEmpty()) {
      return Optional.empty();
    }
    Part next = part.get();
    KeyRange range =
        Ranges.of(next.rows(mapping)).slice(connection, next.rest(), MOST_ROWS).range();
    return Optional.of(new KeyAhead(next, range));
  }

  /**
   * Asks for the rows that come next; at most so many workers have some at a time.
   *
   * @param ahead what a look ahead has found, if there was one
   * @param rowsPerBlock of a part, as far as the worker knows
   */
  public Claim claim(
      Connection connection,
      int workers,
      Optional<KeyAhead> ahead,
      ToDoubleFunction<Part> rowsPerBlock)
      throws SQLException {
    // Claims come one after the other, so that nobody miscounts the workers.
    long backfill = locked(connection);
    Optional<LeasedRange> abandoned = abandoned(connection, backfill);
    int ranges = (int) ranges(connection, backfill);
    long rowsDone = rowsDone(connection, backfill);
    if (abandoned.isPresent()) {
      return new Claim.Granted(abandoned.get(), rowsDone, ranges);
    }
    Optional<LeasedRange> next =
        ranges < workers ? next(connection, backfill, ahead, rowsPerBlock) : Optional.empty();
    if (next.isPresent()) {
      return new Claim.Granted(next.get(), rowsDone, ranges + 1);
    }
    return ranges > 0 ? new Claim.OthersWork(rowsDone) : new Claim.AllDone(rowsDone);
  }

  /**
   * Whether it may be worth while to claim: something was not given away yet and there are fewer
   * workers than so many, or the worker of some range is gone. Locks nothing.
   */
  public boolean isAnyFree(Connection connection, int workers) throws SQLException {
    return BoundStatement.of(
            """
            WITH part AS (
              SELECT p.* FROM gatefold.backfill_part AS p
              JOIN gatefold.backfill AS b ON b.id = p.backfill_id
              WHERE b.%s = ?::bigint AND b.table_oid = ?::bigint),
            range AS (
              SELECT r.* FROM gatefold.backfill_range AS r JOIN part ON part.id = r.part_id)
            SELECT WHERE EXISTS (SELECT FROM part AS p WHERE %s)
                AND (SELECT count(*) FROM range) < ?::bigint
              OR EXISTS (SELECT FROM range
                         WHERE leased_until < clock_timestamp() OR NOT %s)
            """
                .formatted(owner.column(), PartTable.REMAINS, WorkerSession.lives("range.session")),
            List.of(
                Long.toString(owner.id()), Long.toString(mapping.oid()), Integer.toString(workers)))
        .query(connection, ResultSet::next);
  }

  private Optional<LeasedRange> abandoned(Connection connection, long backfill)
      throws SQLException {
    return BoundStatement.of(
            """
            UPDATE gatefold.backfill_range AS r
            SET fence = r.fence + 1, token = gen_random_uuid(), worker = ?,
                session = pg_catalog.pg_backend_pid(), leased_until = clock_timestamp() + ?::interval
            FROM gatefold.backfill_part AS p
            WHERE p.id = r.part_id AND r.id = (
              SELECT free.id FROM gatefold.backfill_range AS free
              JOIN gatefold.backfill_part AS of ON of.id = free.part_id
              WHERE of.backfill_id = ?::bigint
                AND (free.leased_until < clock_timestamp() OR NOT %s)
              ORDER BY free.id LIMIT 1
              -- A batch that is being committed makes its lease new.
              FOR UPDATE OF free SKIP LOCKED)
            RETURNING r.id AS range_id, r.fence, r.token, r.after_key, r.done_key,
                      r.end_key AS range_end, %s
            """
                .formatted(WorkerSession.lives("free.session"), PartTable.COLUMNS),
            List.of(worker, lease.toString(), Long.toString(backfill)))
        .query(
            connection,
            rows ->
                rows.next() ? Optional.of(range(rows, PartTable.read(rows))) : Optional.empty());
  }

  private static LeasedRange range(ResultSet row, Part part) throws SQLException {
    Optional<Key> done = Keys.read(row, "done_key");
    return new LeasedRange(
        row.getLong("range_id"),
        row.getLong("fence"),
        row.getObject("token", UUID.class),
        part,
        new KeyRange(
            done.isPresent() ? done : Keys.read(row, "after_key"),
            Keys.read(row, "range_end").orElseThrow()));
  }

  private Optional<LeasedRange> next(
      Connection connection,
      long backfill,
      Optional<KeyAhead> ahead,
      ToDoubleFunction<Part> rowsPerBlock)
      throws SQLException {
    PartTable parts = new PartTable(mapping);
    Optional<Part> part = parts.unfinished(connection, backfill, "FOR UPDATE");
    if (part.isEmpty()) {
      return Optional.empty();
    }
    Part from = part.get();
    Optional<KeyRange> seen = ahead.filter(it -> it.part().equals(from)).map(KeyAhead::range);
    KeyRange range =
        seen.isPresent() ? seen.get() : range(connection, from, rowsPerBlock.applyAsDouble(from));
    parts.advance(connection, from, range.end());
    return Optional.of(cut(connection, from, range));
  }

  private KeyRange range(Connection connection, Part part, double rowsPerBlock)
      throws SQLException {
    Ranges ranges = Ranges.of(part.rows(mapping));
    long left = ranges.estimate(part.rest(), rowsPerBlock).orElse(Long.MAX_VALUE);
    int rows = (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, left / PARTS));
    Optional<KeyRange> portion = ranges.portion(part.rest(), rows, rowsPerBlock);
    // Others wait for the ledger: few keys are soon skipped, and the next claim looks ahead again.
    return portion.isPresent()
        ? portion.get()
        : ranges.slice(connection, part.rest(), FEWEST_ROWS).range();
  }

  private LeasedRange cut(Connection connection, Part part, KeyRange range) throws SQLException {
    List<String> parameters = new ArrayList<>(List.of(Long.toString(part.id())));
    range.after().ifPresent(key -> parameters.addAll(key.values()));
    parameters.addAll(range.end().values());
    parameters.addAll(List.of(worker, lease.toString()));
    return BoundStatement.of(
            """
            INSERT INTO gatefold.backfill_range
              (part_id, after_key, end_key, worker, session, leased_until)
            VALUES (?::bigint, %s, %s, ?, pg_catalog.pg_backend_pid(), clock_timestamp() + ?::interval)
            RETURNING id, fence, token
            """
                .formatted(range.after().map(Keys::array).orElse("NULL"), Keys.array(range.end())),
            parameters)
        .query(
            connection,
            rows -> {
              rows.next();
              return new LeasedRange(
                  rows.getLong(1), rows.getLong(2), rows.getObject(3, UUID.class), part, range);
            });
  }

  /**
   * What ends a batch: the range is done up to a place, unless an error takes the batch back.
   *
   * @param rows that were passed; empty to let the server count
   */
  public BoundStatement pass(LeasedRange range, Key done, OptionalLong rows) {
    List<String> parameters =
        new ArrayList<>(
            List.of(
                Long.toString(range.id()), Long.toString(range.fence()), range.token().toString()));
    parameters.addAll(done.values());
    parameters.add(rows.isPresent() ? Long.toString(rows.getAsLong()) : "");
    parameters.add(lease.toString());
    return BoundStatement.of(
        """
        SELECT gatefold.pass_range(?::bigint, ?::bigint, ?::uuid, %s, nullif(?::text, '')::bigint, ?::interval)
        """
            .formatted(Keys.array(done)),
        parameters);
  }

  /** How many workers have rows now, this one included: others come and go within a range. */
  public BoundStatement workers(LeasedRange range) {
    return BoundStatement.of(
        """
        SELECT pg_catalog.count(*) FROM gatefold.backfill_range AS r
        JOIN gatefold.backfill_part AS p ON p.id = r.part_id
        WHERE p.backfill_id = (SELECT backfill_id FROM gatefold.backfill_part WHERE id = ?::bigint)
        """,
        List.of(Long.toString(range.part().id())));
  }

  /** Makes a lease new, unless another worker has the range by now: then it changes no row. */
  public BoundStatement renew(LeasedRange range) {
    return BoundStatement.of(
        """
        UPDATE gatefold.backfill_range SET leased_until = clock_timestamp() + ?::interval
        WHERE id = ?::bigint AND fence = ?::bigint AND token = ?::uuid
        """,
        List.of(
            lease.toString(),
            Long.toString(range.id()),
            Long.toString(range.fence()),
            range.token().toString()));
  }

  private long locked(Connection connection) throws SQLException {
    return backfill(connection, "FOR UPDATE");
  }

  private long backfill(Connection connection, String lock) throws SQLException {
    return BoundStatement.of(
            """
            SELECT id FROM gatefold.backfill
            WHERE %s = ?::bigint AND table_oid = ?::bigint %s
            """
                .formatted(owner.column(), lock),
            identity())
        .query(connection, rows -> rows.next() ? rows.getLong(1) : 0);
  }

  private List<String> identity() {
    return List.of(Long.toString(owner.id()), Long.toString(mapping.oid()));
  }

  private static long ranges(Connection connection, long backfill) throws SQLException {
    return number(
        connection,
        """
        SELECT count(*) FROM gatefold.backfill_range AS r
        JOIN gatefold.backfill_part AS p ON p.id = r.part_id WHERE p.backfill_id = ?::bigint
        """,
        backfill);
  }

  private static long rowsDone(Connection connection, long backfill) throws SQLException {
    return number(
        connection,
        """
        SELECT rows_done FROM gatefold.backfill_progress WHERE id = ?::bigint
        """,
        backfill);
  }

  private static long number(Connection connection, String sql, long backfill) throws SQLException {
    return BoundStatement.of(sql, List.of(Long.toString(backfill)))
        .query(connection, rows -> rows.next() ? rows.getLong(1) : 0);
  }
}
