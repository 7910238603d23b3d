package dev.gatefold.executor.direct;

import org.junit.jupiter.api.Test;

class ConstraintsTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY, region int NOT NULL, code text,
                             CONSTRAINT customer_both UNIQUE (region, id));
      CREATE TABLE orders (id int, region int, customer int, total int, note text);
      INSERT INTO customer SELECT i, i % 3, 'c' || i FROM generate_series(1, 100) i;
      INSERT INTO orders SELECT i, i % 3, i, i * 10, NULL FROM generate_series(1, 100) i;
      """;

  @Test
  void check() throws Exception {
    DirectCase.of(
            SCHEMA, "- add_constraint: {table: orders, name: sane, check: total >= 0 AND id > 0}")
        .equals("ALTER TABLE orders ADD CONSTRAINT sane CHECK (total >= 0 AND id > 0)");
  }

  @Test
  void unique() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_constraint: {table: orders, name: one_each, unique: [customer, region],"
                + " include: [total], deferrable: initially_deferred}")
        .equals(
            "ALTER TABLE orders ADD CONSTRAINT one_each UNIQUE (customer, region) INCLUDE (total)"
                + " DEFERRABLE INITIALLY DEFERRED");
  }

  @Test
  void primaryKey() throws Exception {
    DirectCase.of(SCHEMA, "- add_constraint: {table: orders, name: orders_pkey, primary_key: [id]}")
        .equals("ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id)");
  }

  @Test
  void foreignKeyOverTwoColumns() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - add_constraint:
                table: orders
                name: of_customer
                foreign_key: {columns: [region, customer], references: customer,
                              referenced_columns: [region, id], on_delete: cascade, match: full}
                deferrable: deferrable
            """)
        .equals(
            "ALTER TABLE orders ADD CONSTRAINT of_customer FOREIGN KEY (region, customer)"
                + " REFERENCES customer (region, id) MATCH FULL ON DELETE CASCADE DEFERRABLE");
  }

  @Test
  void foreignKeyToThePrimaryKey() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_constraint: {table: orders, name: of_customer,"
                + " foreign_key: {columns: [customer], references: customer, on_update: set null}}")
        .equals(
            "ALTER TABLE orders ADD CONSTRAINT of_customer FOREIGN KEY (customer)"
                + " REFERENCES customer ON UPDATE SET NULL");
  }

  @Test
  void exclusionOnAnEmptyTable() throws Exception {
    DirectCase.of(
            "CREATE TABLE booking (room int4range, during tsrange)",
            """
            - add_constraint:
                table: booking
                name: apart
                exclude: {using: gist, elements: ["room WITH &&", "during WITH &&"],
                          where: "NOT isempty(room)"}
            """)
        .equals(
            "ALTER TABLE booking ADD CONSTRAINT apart EXCLUDE USING gist"
                + " (room WITH &&, during WITH &&) WHERE (NOT isempty(room))");
  }

  @Test
  void dropEachKind() throws Exception {
    DirectCase.of(
            SCHEMA
                + """
                ALTER TABLE orders ADD CONSTRAINT sane CHECK (total >= 0),
                  ADD CONSTRAINT later CHECK (total < 100) NOT VALID,
                  ADD CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customer,
                  ADD CONSTRAINT one_each UNIQUE (customer) DEFERRABLE,
                  ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
                COMMENT ON CONSTRAINT one_each ON orders IS 'one';
                COMMENT ON INDEX one_each IS 'index of one';
                COMMENT ON CONSTRAINT sane ON orders IS 'sane';
                """,
            """
            - drop_constraint: {table: orders, name: sane}
            - drop_constraint: {table: orders, name: later}
            - drop_constraint: {table: orders, name: of_customer}
            - drop_constraint: {table: orders, name: one_each}
            - drop_constraint: {table: orders, name: orders_pkey}
            """)
        .equals(
            "ALTER TABLE orders DROP CONSTRAINT sane, DROP CONSTRAINT later,"
                + " DROP CONSTRAINT of_customer, DROP CONSTRAINT one_each,"
                + " DROP CONSTRAINT orders_pkey");
  }

  @Test
  void rename() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- rename_constraint: {table: customer, name: customer_both, to: customer_pair}")
        .equals("ALTER TABLE customer RENAME CONSTRAINT customer_both TO customer_pair");
  }

  @Test
  void changeTheActionOfAForeignKey() throws Exception {
    DirectCase.of(
            SCHEMA
                + "ALTER TABLE orders ADD CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES"
                + " customer ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE;"
                + " COMMENT ON CONSTRAINT of_customer ON orders IS 'whose'",
            "- alter_foreign_key: {table: orders, name: of_customer, on_delete: set null,"
                + " deferrable: no}")
        .equals(
            """
            ALTER TABLE orders DROP CONSTRAINT of_customer,
              ADD CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customer
                ON UPDATE CASCADE ON DELETE SET NULL;
            COMMENT ON CONSTRAINT of_customer ON orders IS 'whose'""");
  }
}
