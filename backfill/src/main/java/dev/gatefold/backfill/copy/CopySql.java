package dev.gatefold.backfill.copy;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.TableCopy;
import java.util.stream.Collectors;

/**
 * The statements that make the rows of one table those of another. Which rows is a condition that
 * {@link KeySql} makes. Immutable and thread-safe.
 */
public final class CopySql {

  private static final String ANOTHER =
      "(%1$s.tableoid, %1$s.ctid) IS DISTINCT FROM (%2$s.tableoid, %2$s.ctid)"
          .formatted(TableCopy.OTHER, RowMapping.ROW);

  private final RowMapping from;
  private final TableCopy copy;
  private final KeySql originals;
  private final KeySql copies;

  /** {@code from} has the originals. */
  public CopySql(RowMapping from) {
    this.from = from;
    this.copy = from.copy().orElseThrow();
    this.originals = new KeySql(from);
    this.copies = new KeySql(from.mirrored().orElseThrow());
  }

  /**
   * Copies those of the rows of which there is no copy as they are, and answers with their keys. Of
   * two rows with one key, which the other table may not hold, it fails on the second.
   */
  public BoundStatement missing(BoundStatement rows) {
    return with(
        inserted(rows, Breath.HELD, copy.sameKey() + " AND " + copy.same()),
        " RETURNING " + copies.texts());
  }

  /**
   * The same but for rows of which another copy has a unique value: whoever has that one's lane
   * makes room.
   */
  public BoundStatement fitting(BoundStatement rows) {
    return with(
        inserted(rows, Breath.HELD, copy.sameKey() + " AND " + copy.same()),
        " ON CONFLICT DO NOTHING RETURNING " + copies.texts());
  }

  /** Answers with the keys of those of the rows of which there is no copy as they are. */
  public BoundStatement uncopied(BoundStatement rows) {
    return BoundStatement.of(
        "SELECT %s FROM %s WHERE %s AND NOT %s"
            .formatted(
                originals.texts(),
                originals.table(),
                rows.sql(),
                exists(copy.table().quoted(), copy.sameKey() + " AND " + copy.same())),
        rows.parameters());
  }

  /**
   * Copies those of the rows that have no copy, but for any that has a unique value which another
   * copy still has: that was changed since, both are told of, and are made anew by whoever follows.
   */
  public BoundStatement copied(BoundStatement rows, Breath breath) {
    return with(inserted(rows, breath, copy.sameKey()), " ON CONFLICT DO NOTHING");
  }

  private static BoundStatement with(BoundStatement statement, String more) {
    return BoundStatement.of(statement.sql().strip() + more, statement.parameters());
  }

  private BoundStatement inserted(BoundStatement rows, Breath breath, String unlessThereIs) {
    return BoundStatement.of(
        """
        INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s WHERE %s AND %s
        """
            .formatted(
                copies.table(),
                copy.columns().stream().map(Identifier::quoted).collect(Collectors.joining(", ")),
                copy.columns().stream()
                    .map(column -> RowMapping.ROW + "." + column.quoted())
                    .collect(Collectors.joining(", ")),
                originals.table(),
                rows.sql(),
                breath.at("NOT " + exists(copy.table().quoted(), unlessThereIs))),
        rows.parameters());
  }

  /**
   * Takes away those of the copies that are not as their original is, or have none, and answers
   * with their keys; what remains to be done is to copy what is missing. So rows may trade unique
   * values, and move between partitions.
   */
  public BoundStatement stale(BoundStatement rows) {
    return BoundStatement.of(
        """
        DELETE FROM %s WHERE %s AND NOT %s RETURNING %s
        """
            .formatted(
                copies.table(),
                rows.sql(),
                original(copy.sameKey() + " AND " + copy.same()),
                copies.texts()),
        rows.parameters());
  }

  /** Takes all copies away. */
  public BoundStatement none() {
    return BoundStatement.of("TRUNCATE " + copy.table().quoted());
  }

  /** Asks whether there is nothing to copy. */
  public BoundStatement noOriginals() {
    return BoundStatement.of("SELECT NOT EXISTS (SELECT FROM %s)".formatted(originals.table()));
  }

  /** Takes away the copies of which there is no original. */
  public BoundStatement strays() {
    return BoundStatement.of(
        "DELETE FROM %s WHERE NOT %s".formatted(copies.table(), original(copy.sameKey())));
  }

  /** How many copies of a range are none. */
  public BoundStatement orphans(KeyRange range) {
    return BoundStatement.of(
        """
        SELECT count(*) FROM %s WHERE %s AND %s
        """
            .formatted(copies.table(), copies.within(range), orphan()),
        range.parameters());
  }

  /**
   * The condition on a copy to be one of nothing: there is no row of its key, or there are two
   * copies of one, and this is not the right one.
   */
  public String orphan() {
    return "CASE WHEN NOT %s THEN true WHEN %s THEN false ELSE %s END"
        .formatted(
            original(copy.sameKey()),
            original(copy.sameKey() + " AND " + copy.same()),
            exists(copy.table().quoted(), copy.sameKey() + " AND " + ANOTHER));
  }

  private String original(String condition) {
    return exists(from.table().quoted(), condition);
  }

  private static String exists(String table, String condition) {
    return "EXISTS (SELECT FROM %s %s AS %s WHERE %s)"
        .formatted(table, RowMapping.MARK, TableCopy.OTHER, condition);
  }
}
