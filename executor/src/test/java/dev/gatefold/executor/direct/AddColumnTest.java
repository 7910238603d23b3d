package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.trial.Version;
import dev.gatefold.executor.trial.Writer;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class AddColumnTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY);
      CREATE TABLE orders (id int PRIMARY KEY, total int, note text);
      INSERT INTO customer SELECT generate_series(1, 100);
      INSERT INTO orders SELECT i, i * 10, 'n' || i FROM generate_series(1, 100) i;
      """;

  private static final String QUOTED = "o".repeat(31) + "\" Größe ö ".repeat(3);

  /** Applications on {@code orders}, of which the old ones know nothing of the new column. */
  private static Writer writing(String column) {
    return (connection, version, state) -> {
      String columns = version == Version.OLD ? "" : column + ", ";
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "INSERT INTO orders (id, total) SELECT max(id) + 1, 7 FROM orders RETURNING "
                + columns
                + "id");
        statement.execute("UPDATE orders SET total = total + 1 WHERE id % 10 = 3");
        statement.execute("UPDATE orders SET id = id + 1 WHERE id = (SELECT max(id) FROM orders)");
        statement.execute("SELECT " + columns + "id FROM orders LIMIT 1");
        return 3;
      }
    };
  }

  @Test
  void nullable() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: region, type: text, collation: '\"C\"',"
                + " comment: where it goes}")
        .equals(
            "ALTER TABLE orders ADD COLUMN region text COLLATE \"C\";"
                + " COMMENT ON COLUMN orders.region IS 'where it goes'");
  }

  @Test
  void constantDefault() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: state, type: varchar(9), default: \"'new'\","
                + " nullable: false}")
        .equals("ALTER TABLE orders ADD COLUMN state varchar(9) NOT NULL DEFAULT 'new'");
  }

  @Test
  void stableDefault() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: since, type: timestamptz, default: now(),"
                + " nullable: false}")
        .equals("ALTER TABLE orders ADD COLUMN since timestamptz NOT NULL DEFAULT now()");
  }

  @Test
  void volatileDefault() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: token, type: uuid,"
                + " default: gen_random_uuid(), nullable: false, unique: true}")
        .equals(
            "ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE");
  }

  @Test
  void numberedBySequence() throws Exception {
    DirectCase.of(
            SCHEMA + "CREATE SEQUENCE numbers;",
            "- add_column: {table: orders, column: number, type: bigint,"
                + " default: \"nextval('numbers')\"}")
        .equals("ALTER TABLE orders ADD COLUMN number bigint DEFAULT nextval('numbers')");
  }

  @Test
  void identity() throws Exception {
    DirectCase.of(
            SCHEMA, "- add_column: {table: orders, column: number, type: bigint, identity: always}")
        .among(writing("number"))
        .equals("ALTER TABLE orders ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY");
  }

  @Test
  void fromOthers() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: cents, type: 'numeric(12,2)', up: total * 100,"
                + " nullable: false, default: 0, check: cents >= 0}")
        .among(writing("cents"))
        .among(writing("cents"))
        .equals(
            "ALTER TABLE orders ADD COLUMN cents numeric(12,2) NOT NULL DEFAULT 0 CHECK (cents >="
                + " 0)");
  }

  @Test
  void twoOfOneTableFromEachOther() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - add_column: {table: orders, column: twice, type: int, up: total * 2}
            - add_column: {table: orders, column: thrice, type: int, up: total + twice}
            - add_column: {table: orders, column: token, type: uuid, default: gen_random_uuid()}
            - create_index: {table: orders, name: by_thrice, columns: [thrice]}
            """)
        .equals(
            "ALTER TABLE orders ADD COLUMN twice int, ADD COLUMN thrice int,"
                + " ADD COLUMN token uuid DEFAULT gen_random_uuid();"
                + " CREATE INDEX by_thrice ON orders (thrice)");
  }

  @Test
  void referring() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: customer, type: int, up: id, nullable: false,"
                + " references: {table: customer, on_delete: cascade}}")
        .equals(
            "ALTER TABLE orders ADD COLUMN customer int REFERENCES customer ON DELETE CASCADE;"
                + " UPDATE orders SET customer = id;"
                + " ALTER TABLE orders ALTER COLUMN customer SET NOT NULL");
  }

  @Test
  void storedOnAnEmptyTable() throws Exception {
    DirectCase.of(
            "CREATE TABLE item (price int, amount int)",
            "- add_column: {table: item, column: total, type: int, nullable: false,"
                + " generated: {as: price * amount, kind: stored}}")
        .equals(
            "ALTER TABLE item ADD COLUMN total int NOT NULL GENERATED ALWAYS AS (price * amount)"
                + " STORED");
  }

  @Test
  void virtualColumn() throws Exception {
    DirectCase change =
        DirectCase.of(
            SCHEMA,
            "- add_column: {table: orders, column: twice, type: int,"
                + " generated: {as: total * 2, kind: virtual}}");
    if (DirectCase.serverVersion() < 18) {
      // They came with PostgreSQL 18.
      assertThat(change.refusals()).singleElement().asString().contains("public.orders.twice");
    } else {
      change.equals(
          "ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (total * 2) VIRTUAL");
    }
  }

  @Test
  void underQuotedNamesOfFullLength() throws Exception {
    String table = "\"" + QUOTED.substring(0, 40).replace("\"", "\"\"") + "\"";
    String column = "\"" + QUOTED.substring(0, 45).replace("\"", "\"\"") + "\"";
    DirectCase.of(
            "CREATE TABLE %s (id int PRIMARY KEY, \"gatefold_ row\" int); INSERT INTO %s VALUES (1, 2)"
                .formatted(table, table),
            """
            - add_column:
                table: '%s'
                column: '%s'
                type: int
                nullable: false
                up: '"gatefold_ row" + 1'
                check: '%s > 0'
                unique: true
            """
                .formatted(table, column, column))
        .equals(
            "ALTER TABLE %1$s ADD COLUMN %2$s int CHECK (%2$s > 0) UNIQUE; UPDATE %1$s SET %2$s = 3; ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL"
                .formatted(table, column));
  }

  @Test
  void partitioned() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE orders (id int PRIMARY KEY, total int) PARTITION BY RANGE (id);
            CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (50);
            CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (50) TO (500);
            INSERT INTO orders SELECT i, i * 10 FROM generate_series(1, 100) i;
            """,
            """
            - add_column: {table: orders, column: twice, type: int, up: total * 2, nullable: false,
                           default: 7}
            - add_column: {table: orders, column: token, type: uuid, default: gen_random_uuid(),
                           nullable: false}
            """)
        .equals(
            "ALTER TABLE orders ADD COLUMN twice int NOT NULL DEFAULT 7,"
                + " ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()");
  }
}
