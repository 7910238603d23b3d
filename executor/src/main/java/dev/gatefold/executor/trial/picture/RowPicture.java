package dev.gatefold.executor.trial.picture;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of tables, each table as a multiset for which a number and a sum stand: the rows
 * themselves are nobody's to keep.
 *
 * @param sequences how far each has gone from its start; -1 where it gave no number yet
 */
public record RowPicture(Map<TableName, Rows> tables, Map<String, BigDecimal> sequences) {

  private static final String SEQUENCES =
      """
      SELECT format('%I.%I', schemaname, sequencename),
             coalesce((last_value::numeric - start_value) * sign(increment_by), -1)
      FROM pg_sequences WHERE schemaname NOT IN ('gatefold', 'gatefold_trial')\
      """;

  /** Equal multisets have equal sums, whatever the order of their rows. */
  private static final String SUM =
      """
      SELECT count(*), coalesce(sum(('x' || left(md5(ROW(%s)::text), 15))::bit(60)::bigint), 0)
      FROM ONLY %s\
      """;

  public RowPicture {
    tables = Map.copyOf(tables);
    sequences = Map.copyOf(sequences);
  }

  /** How many rows, and what they come to. */
  public record Rows(long count, BigDecimal sum) {}

  /** Reads all rows of these tables, of each only these columns, in one snapshot. */
  public static RowPicture take(Connection connection, TableColumns columns) throws SQLException {
    return Transaction.in(
        connection,
        () -> {
          Query.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").update(connection);
          Map<TableName, Rows> tables = new TreeMap<>();
          for (TableName table : columns.tables().keySet()) {
            tables.put(table, rows(connection, table, columns.tables().get(table).keySet()));
          }
          Map<String, BigDecimal> sequences =
              Query.of(SEQUENCES)
                  .list(connection, row -> Map.entry(row.getString(1), row.getBigDecimal(2)))
                  .stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
          return new RowPicture(tables, sequences);
        });
  }

  private static Rows rows(Connection connection, TableName table, Collection<Identifier> columns)
      throws SQLException {
    String names =
        new TreeSet<>(columns).stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    return Query.of(SUM.formatted(names, table.quoted()))
        .first(connection, row -> new Rows(row.getLong(1), row.getBigDecimal(2)))
        .orElseThrow();
  }

  /** In what a later picture differs from this one, a sentence for each table or sequence. */
  public List<String> to(RowPicture later) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(tables)
        .forEach(
            (table, before) -> {
              Rows after = later.tables().get(table);
              if (!before.equals(after)) {
                words.add(table + ": " + difference(before, after));
              }
            });
    new TreeMap<>(sequences)
        .forEach(
            (sequence, before) -> {
              BigDecimal after = later.sequences().get(sequence);
              // Numbers that were taken are never given back, so that it may have gone on.
              if (after == null || after.compareTo(before) < 0) {
                words.add(
                    "the sequence %s had gone %s from its start, now %s"
                        .formatted(sequence, before, after));
              }
            });
    return words;
  }

  private static String difference(Rows before, @Nullable Rows after) {
    if (after == null) {
      return "the table is gone, with " + before.count() + " rows";
    }
    return before.count() == after.count()
        ? "%d rows as before, but other values in them".formatted(before.count())
        : "%d rows before, %d now".formatted(before.count(), after.count());
  }
}
