package dev.gatefold.planner.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Turns the tree of a change file into another one, a little wrong or very wrong. */
final class Mutation {

  /** Names that are there, that are not, that are something else, and that hardly are names. */
  private static final List<Object> VALUES =
      List.of(
          "orders",
          "customers",
          "open_orders",
          "event",
          "event_1",
          "heir",
          "pg_catalog.pg_class",
          "gatefold.rollout",
          "information_schema.tables",
          "\"Odd \"\"Name\"\"\"",
          "nowhere.t",
          "id",
          "total",
          "customer",
          "note",
          "mood",
          "doubled",
          "ctid",
          "xmin",
          "no_such_column",
          "orders_pkey",
          "orders_note_idx",
          "orders_total_check",
          "customers_pkey",
          "by_mood",
          "integer",
          "bigint",
          "text",
          "numeric(12,2)",
          "varchar(3)",
          "mood",
          "int[]",
          "citext",
          "setof int",
          "record",
          "serial",
          "no_such_type",
          "text COLLATE \"C\"",
          "json",
          "total",
          "total + 1",
          "total / 0",
          "random()::int",
          "now()",
          "(SELECT 1)",
          "count(*)",
          "total::text::int",
          "lower(note)",
          "id, total",
          "*",
          "t.*",
          "orders",
          "NULL",
          "1); DROP",
          "1; SELECT 1",
          "'unclosed",
          "$$",
          "/* open",
          "--",
          "a\0b",
          "",
          " ",
          "\u00e9\u4e2d\ud83d\ude00",
          "x".repeat(64),
          "x".repeat(10_000),
          "true",
          true,
          false,
          0,
          -1,
          1.5,
          Long.MAX_VALUE,
          "cascade",
          "set null",
          "gist",
          "btree",
          "rename",
          "revoke",
          "accepted",
          "1s",
          "99d",
          "{}",
          "[]",
          "~",
          "!!int x",
          "&a *a",
          "%TAG",
          "0x1F",
          "1e999",
          "2026-01-01");

  private final SplittableRandom random;
  private final List<Object> donors;

  Mutation(SplittableRandom random, List<Object> donors) {
    this.random = random;
    this.donors = donors;
  }

  /** Another tree; the given one stays as it is. */
  Object of(Object tree, int times) {
    Object result = copy(tree);
    for (int i = 0; i < times; i++) {
      result = once(result);
    }
    return result;
  }

  private Object once(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(40) > 0) {
      return inMap(map);
    }
    if (tree instanceof List<?> list && !list.isEmpty() && random.nextInt(40) > 0) {
      return inList(list);
    }
    if (random.nextInt(12) == 0) {
      return copy(pick(donors));
    }
    // The first of them are names and types that exist.
    return random.nextBoolean() ? VALUES.get(random.nextInt(40)) : pick(VALUES);
  }

  private Object inMap(Map<?, ?> map) {
    Map<Object, Object> result = new LinkedHashMap<>(map);
    // Most of what can go wrong lies below the operations.
    boolean whole = map.containsKey("operations") && random.nextInt(10) > 0;
    Object key = whole ? "operations" : pick(new ArrayList<>(result.keySet()));
    Object value = result.get(key);
    switch (whole ? 3 : random.nextInt(14)) {
      case 0 -> result.remove(key);
      case 1 -> result.put(pick(keys()), value);
      case 2 -> {
        result.remove(key);
        result.put(pick(keys()), value);
      }
      default -> result.put(key, once(value));
    }
    return result;
  }

  private Object inList(List<?> list) {
    List<Object> result = new ArrayList<>(list);
    int place = random.nextInt(result.size());
    switch (random.nextInt(10)) {
      case 0 -> result.remove(place);
      case 1 -> result.add(copy(result.get(place)));
      case 2 -> result.add(copy(pick(donors)));
      default -> result.set(place, once(result.get(place)));
    }
    return result;
  }

  /** Keys of all donors: an operation is given those of another. */
  private List<Object> keys() {
    List<Object> keys = new ArrayList<>(List.of("nope", "up", "table", "name", "to"));
    donors.forEach(donor -> collect(donor, keys));
    return keys;
  }

  private static void collect(Object tree, List<Object> keys) {
    if (tree instanceof Map<?, ?> map) {
      keys.addAll(map.keySet());
      map.values().forEach(value -> collect(value, keys));
    }
  }

  private static Object copy(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach((key, value) -> result.put(key, copy(value)));
      return result;
    }
    return tree instanceof List<?> list ? list.stream().map(Mutation::copy).toList() : tree;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
