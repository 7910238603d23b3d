package dev.gatefold.executor.twin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One random statement on rows of one writer, before it is known which of the two tables it is for.
 * Values are SQL; {@code null} stands for nothing and {@code NULL} for NULL.
 */
final class Draft {

  /** Each writer has its own keys, in two ranges between which rows move. */
  static final int KEYS = 150;

  private final SplittableRandom random;
  private final int writer;
  private final int writers;

  Draft(SplittableRandom random, int writer, int writers) {
    this.random = random;
    this.writer = writer;
    this.writers = writers;
  }

  /** Renders a statement for a table whose columns have the names that are given. */
  @FunctionalInterface
  interface Rendering {
    String sql(String table, Spelling spelling);
  }

  /** Under which names a value of a column is written: one, or both. */
  @FunctionalInterface
  interface Spelling {
    List<String> of(String column);
  }

  List<Rendering> next() {
    long id = id();
    return switch (random.nextInt(12)) {
      case 0, 1 -> List.of(insert(id, ""), number(id));
      case 2 -> List.of(insert(id, " ON CONFLICT (id) DO NOTHING"), number(id));
      case 3, 4 -> List.of(upsert(id), number(id));
      case 5 -> List.of(delete(id));
      case 6 -> List.of(move(id));
      case 7 -> List.of(bulk());
      default -> List.of(update(id));
    };
  }

  /** Two sequences give different numbers; and the sync cannot tell one that was given by hand. */
  private Rendering number(long id) {
    String number = String.valueOf(random.nextInt(1_000_000));
    return (table, spelling) ->
        "UPDATE %s SET %s WHERE id = %d"
            .formatted(table, assignments(written(Map.of("no", number), spelling)), id);
  }

  private Rendering insert(long id, String conflict) {
    Map<String, String> row = row(id);
    return (table, spelling) -> {
      Map<String, String> written = written(row, spelling);
      return "INSERT INTO %s (%s) VALUES (%s)%s"
          .formatted(
              table,
              String.join(", ", written.keySet()),
              String.join(", ", written.values()),
              conflict);
    };
  }

  private Rendering upsert(long id) {
    Map<String, String> set = values(1 + random.nextInt(2));
    Rendering insert = insert(id, " ON CONFLICT (id) DO UPDATE SET ");
    return (table, spelling) ->
        insert.sql(table, spelling)
            + assignments(written(set, spelling))
            + ", note = EXCLUDED.note";
  }

  private Rendering update(long id) {
    Map<String, String> set = values(1 + random.nextInt(3));
    return (table, spelling) ->
        "UPDATE %s SET %s WHERE id = %d".formatted(table, assignments(written(set, spelling)), id);
  }

  private Rendering bulk() {
    String note = "'n" + random.nextInt(1000) + "'";
    String total = String.valueOf(random.nextInt(1000));
    int part = random.nextInt(10);
    return (table, spelling) ->
        "UPDATE %s SET note = %s, %s WHERE id < %d AND id %% %d = %d AND id / %d %% 10 = %d"
            .formatted(
                table,
                note,
                assignments(written(Map.of("total", total), spelling)),
                KEYS * writers,
                writers,
                writer,
                writers,
                part);
  }

  private Rendering delete(long id) {
    return (table, spelling) -> "DELETE FROM %s WHERE id = %d".formatted(table, id);
  }

  /** The key itself changes, under the feet of the backfill. */
  private Rendering move(long from) {
    long to = id();
    return (table, spelling) -> "UPDATE %s SET id = %d WHERE id = %d".formatted(table, to, from);
  }

  private long id() {
    return (long) random.nextInt(KEYS) * writers
        + writer
        + (random.nextBoolean() ? 0 : 1_000_000L * writers);
  }

  private Map<String, String> row(long id) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("id", String.valueOf(id));
    row.put("note", "'r" + random.nextInt(1000) + "'");
    row.putAll(values(random.nextInt(4)));
    // In an INSERT the sync takes NULL for "left out", and the default is what the twin lacks then.
    row.replace("price", "NULL", "'0.5'");
    return row;
  }

  /** Some columns with values, right ones mostly. */
  private Map<String, String> values(int columns) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of("total", "price", "customer", "email"));
    for (int i = 0; i < columns; i++) {
      String name = names.remove(random.nextInt(names.size()));
      values.put(name, value(name));
    }
    if (values.isEmpty()) {
      values.put("note", "NULL");
    }
    return values;
  }

  private String value(String column) {
    if (random.nextInt(8) == 0) {
      return "NULL";
    }
    return switch (column) {
      // Below -100 the check refuses it.
      case "total" -> String.valueOf(random.nextInt(-110, 2000));
      case "price" -> "'%d.%03d'".formatted(random.nextInt(1000), random.nextInt(1000));
      // The last one is nobody.
      case "customer" -> "'c%d'".formatted(random.nextInt(1, 42));
      case "email" -> "'m%d-%d'".formatted(writer, random.nextInt(KEYS));
      default -> throw new IllegalArgumentException(column);
    };
  }

  private static Map<String, String> written(Map<String, String> values, Spelling spelling) {
    Map<String, String> written = new LinkedHashMap<>();
    values.forEach(
        (column, value) -> spelling.of(column).forEach(name -> written.put(name, value)));
    return written;
  }

  private static String assignments(Map<String, String> values) {
    List<String> assignments = new ArrayList<>();
    values.forEach((name, value) -> assignments.add(name + " = " + value));
    return String.join(", ", assignments);
  }
}
