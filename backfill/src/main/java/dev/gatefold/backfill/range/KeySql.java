package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The places of rows as SQL over the row {@code t}: the columns of the key, or, where there is
 * none, {@code ctid}. Immutable and thread-safe.
 */
public final class KeySql {

  private static final Part CTID = new Part(RowMapping.ROW + ".ctid", "tid", "", "");

  private final String table;
  private final List<Part> parts;

  public KeySql(RowMapping mapping) {
    this.table = "%s %s AS %s".formatted(mapping.table().quoted(), RowMapping.MARK, RowMapping.ROW);
    this.parts = mapping.byBlocks() ? List.of(CTID) : mapping.key().stream().map(Part::of).toList();
  }

  /** How many columns a key has. */
  public int width() {
    return parts.size();
  }

  /** The table with the alias under which every other part sees it. */
  public String table() {
    return table;
  }

  /** The key as texts, one output column for each key column. */
  public String texts() {
    return each(part -> part.value() + "::text");
  }

  /**
   * The key as texts of the row that comes after so many others. Only of that one: to print the key
   * of each row that is passed over takes longer than to find it.
   *
   * @param rows everything from WHERE on, with its parameters
   */
  BoundStatement textsAfter(int passed, BoundStatement rows) {
    String query =
        "SELECT %s FROM (SELECT %s FROM %s %s OFFSET ?::bigint LIMIT 1) AS %s"
            .formatted(texts(), each(Part::value), table, rows.sql(), RowMapping.ROW);
    List<String> parameters = new ArrayList<>(rows.parameters());
    parameters.add(Integer.toString(passed));
    return BoundStatement.of(query, parameters);
  }

  public String ascending() {
    return each(part -> part.value() + part.upwards());
  }

  public String descending() {
    return each(part -> part.value() + " DESC" + part.downwards());
  }

  /** The condition for a row to be in the range; binds {@link KeyRange#parameters}. */
  public String within(KeyRange range) {
    String upTo = compared("<=");
    return range.after().isPresent() ? compared(">") + " AND " + upTo : upTo;
  }

  /** The condition for a row to be behind a key, which it binds. */
  String behind() {
    return compared(">");
  }

  /** The same with what it binds. */
  public BoundStatement rows(KeyRange range) {
    return BoundStatement.of(within(range), range.parameters());
  }

  /** The condition for a row to be one of those, and what it binds. */
  public BoundStatement rows(List<Key> keys) {
    List<String> arrays = new ArrayList<>();
    for (int column = 0; column < parts.size(); column++) {
      int at = column;
      arrays.add(array(keys.stream().map(key -> key.values().get(at)).toList()));
    }
    String columns =
        IntStream.range(0, parts.size())
            .mapToObj(i -> "k.c%d::%s".formatted(i, parts.get(i).type()))
            .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, parts.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    return BoundStatement.of(
        "(%s) IN (SELECT %s FROM unnest(%s) AS k (%s))"
            .formatted(each(Part::value), columns, each(part -> "?::text::text[]"), names),
        arrays);
  }

  /** As the server reads an array of texts. */
  private static String array(List<String> texts) {
    return texts.stream()
        .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String compared(String operator) {
    // A row comparison, not a chain of ORs: only this form becomes one condition on the index.
    return "(%s) %s (%s)"
        .formatted(each(Part::value), operator, each(part -> "?::text::" + part.type()));
  }

  private String each(Function<Part, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(", "));
  }

  /**
   * One column of the place.
   *
   * @param upwards what ORDER BY needs to follow the index: where it would have NULLs
   */
  private record Part(String value, String type, String upwards, String downwards) {

    static Part of(KeyColumn column) {
      return new Part(
          RowMapping.ROW + "." + column.name().quoted(),
          column.type(),
          column.nullsFirst() ? " NULLS FIRST" : "",
          column.nullsFirst() ? " NULLS LAST" : "");
    }
  }
}
