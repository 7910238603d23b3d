package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.SqlDraft;
import dev.gatefold.planner.name.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Statements that the author answers for.
 *
 * @param down takes them back; none where nothing does
 * @param lock the strongest that they take, on each of the tables: a mode in the words of LOCK
 *     TABLE
 * @param stage its word, such as {@code expand}
 * @param done outside a transaction: a SELECT that says whether they were done
 */
public record RawSql(
    List<String> up,
    List<String> down,
    String lock,
    List<TableName> tables,
    Optional<String> done,
    String stage)
    implements DirectOperation {

  /** The kind of its steps, by which they are known for unproven. */
  public static final String KIND = "run sql";

  public RawSql {
    up = List.copyOf(up);
    down = List.copyOf(down);
    tables = List.copyOf(tables);
  }

  /** Short, and the same for the same statements. */
  public String label() {
    String text = String.join(";", up) + "|" + String.join(";", down);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
  }

  /** What is looked at. */
  public SqlDraft draft() {
    return new SqlDraft(
        "sql " + label(),
        Stream.of(up.stream(), down.stream(), done.stream()).flatMap(texts -> texts).toList());
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(draft());
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.rawSql(this);
  }
}
