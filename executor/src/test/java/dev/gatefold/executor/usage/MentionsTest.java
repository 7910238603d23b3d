package dev.gatefold.executor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as use of the column {@code total} of {@code public.orders}, and what does not. */
class MentionsTest {

  private static final Search SEARCH =
      Search.of(
          List.of(TableName.parse("orders"), TableName.parse("orders_2024")),
          List.of(TableName.parse("sales.totals")),
          List.of("total"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT total FROM orders",
        "SELECT o.TOTAL FROM Orders AS o WHERE id = $1",
        "SELECT \"total\" FROM \"public\".\"orders\"",
        "/* app */ SELECT id -- all\n, total FROM public.orders",
        "SELECT id FROM orders_2024 WHERE total > $1",
        "SELECT * FROM orders",
        "SELECT id, * FROM orders",
        "SELECT o.* FROM customers c JOIN orders o ON o.customer = c.id",
        "SELECT DISTINCT ON (customer) * FROM orders ORDER BY customer",
        "SELECT ALL * FROM ONLY orders",
        "SELECT count(*), (SELECT x FROM (SELECT * FROM orders) AS s) FROM customers",
        "DELETE FROM orders WHERE id = $1 RETURNING *",
        "UPDATE orders SET note = $1 RETURNING id, orders.*",
        "INSERT INTO orders (id, total) VALUES ($1, $2)",
        "INSERT INTO orders VALUES ($1, $2)",
        "INSERT INTO public.orders SELECT $1, $2",
        "INSERT INTO orders (SELECT id FROM other)",
        "INSERT INTO orders OVERRIDING SYSTEM VALUE VALUES ($1)",
        "INSERT INTO orders (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET total = $2",
        "MERGE INTO orders o USING other x ON o.id = x.id WHEN NOT MATCHED THEN INSERT VALUES (1)",
        "UPDATE orders SET total = total",
        "TABLE orders",
        "COPY orders TO STDOUT",
        "COPY public.orders FROM STDIN",
        "COPY orders (id, total) TO STDOUT",
        "COPY (SELECT * FROM orders) TO STDOUT",
        "SELECT to_jsonb(o) FROM orders o",
        "SELECT row_to_json(orders) FROM orders",
        "SELECT o FROM orders AS o",
        "SELECT (o).id, o::text FROM public.orders o",
        "SELECT id FROM orders NATURAL JOIN other",
        "SELECT id FROM orders JOIN other USING (total)",
        "PREPARE p AS SELECT total FROM orders",
        "DECLARE c CURSOR FOR SELECT total FROM orders",
        "EXPLAIN SELECT total FROM orders",
        "CREATE TABLE copied AS SELECT * FROM orders",
        "DO $$ BEGIN PERFORM total FROM orders; END $$",
        "SELECT amount FROM sales.totals",
        "SELECT amount FROM totals",
        "WITH o AS (SELECT * FROM orders) SELECT id FROM o",
        "SELECT total FROM a JOIN b ON a.x = b.x AND a.y = b.y, orders",
        "SELECT total FROM unnest($1) WITH ORDINALITY AS u, public.orders o",
        "SELECT total FROM (orders JOIN a ON a.x = orders.id)",
        "SELECT U&\"tot\\0061l\" FROM orders"
      })
  void counts(String sql) {
    assertThat(Mentions.inStatement(sql, SEARCH)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  -- nothing",
        "SELECT id FROM orders",
        "SELECT count(*) FROM orders",
        "SELECT count(*) * 2, price * $1, -price * (1 + 2) FROM orders",
        "SELECT o.id FROM customers AS c, orders o WHERE c.id = o.customer",
        "SELECT o.id FROM orders o, LATERAL (SELECT id FROM orders) x FOR UPDATE OF o",
        "SELECT id FROM orders -- total\n",
        "SELECT id /* * total /* nested */ total */ FROM orders",
        "SELECT 'total * ' || id FROM orders WHERE note = E'it\\'s total'",
        "SELECT total FROM archive.orders",
        "SELECT total FROM invoices",
        "SELECT \"Total\" FROM orders",
        "SELECT subtotal, total_amount FROM orders",
        "SELECT * FROM customers",
        "SELECT x.orders, x.total FROM x",
        "DELETE FROM orders WHERE id = $1 RETURNING id",
        "DELETE FROM orders USING other WHERE other.id = orders.id",
        "UPDATE orders SET note = $1 WHERE id = $2",
        "INSERT INTO orders (id, note) VALUES ($1, $2)",
        "INSERT INTO orders AS o (id) SELECT $1 ON CONFLICT DO NOTHING",
        "INSERT INTO orders DEFAULT VALUES",
        "COPY orders (id, note) TO STDOUT",
        "ANALYZE orders (total)",
        "ALTER TABLE orders ALTER COLUMN total SET STATISTICS 100",
        "CREATE INDEX ON orders (total)",
        "SELECT amount FROM other.totals",
        "SELECT amount AS totals FROM x AS totals",
        "TRUNCATE TABLE orders"
      })
  void doesNot(String sql) {
    assertThat(Mentions.inStatement(sql, SEARCH)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN EXECUTE 'SELECT total FROM orders'; END",
        "BEGIN EXECUTE format('SELECT %I FROM orders', 'total'); END",
        "DECLARE r orders%ROWTYPE; BEGIN END",
        "DECLARE x orders.total%TYPE; BEGIN END",
        "BEGIN FOR r IN SELECT * FROM orders LOOP END LOOP; END",
        "BEGIN EXECUTE $q$ SELECT o FROM orders o $q$; END",
        "SELECT sum(total) FROM orders"
      })
  void countsInCode(String code) {
    assertThat(Mentions.inCode(code, SEARCH)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN RETURN QUERY SELECT id FROM orders; END",
        "BEGIN NEW.total := 1; RETURN NEW; END",
        "BEGIN ALTER TABLE orders ATTACH PARTITION x DEFAULT; END"
      })
  void doesNotInCode(String code) {
    assertThat(Mentions.inCode(code, SEARCH)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN NEW.total := 1; RETURN NEW; END",
        "BEGIN INSERT INTO log SELECT NEW.*; RETURN NEW; END",
        "BEGIN PERFORM log(to_jsonb(OLD)); RETURN NULL; END",
        "BEGIN IF NEW IS DISTINCT FROM OLD THEN RETURN NULL; END IF; RETURN NEW; END"
      })
  void countsInATrigger(String code) {
    assertThat(Mentions.inTrigger(code, SEARCH)).isTrue();
  }

  @Test
  void aTriggerThatTouchesOtherColumnsDoesNot() {
    assertThat(Mentions.inTrigger("BEGIN NEW.at := now(); RETURN NEW; END", SEARCH)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 'open", "SELECT \"open", "/* open", "$x$ open", "E'\\", "$", "'"})
  void whatDoesNotEndEndsWithTheText(String sql) {
    assertThat(Mentions.inStatement(sql, SEARCH)).isFalse();
    assertThat(Mentions.inCode(sql, SEARCH)).isFalse();
  }
}
