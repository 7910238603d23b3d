package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code alter_column} changes of a column beside its values. */
class ColumnTraitsTest {

  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, note text);
      COMMENT ON COLUMN orders.note IS 'what was said';
      ALTER TABLE orders ALTER note SET STATISTICS 10;
      INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 100) i;
      """;

  @Test
  void allInPlace() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- alter_column: {table: orders, column: note, comment: \"what's new\","
                + " storage: external, compression: pglz, statistics: 500}")
        .equals(
            "COMMENT ON COLUMN orders.note IS 'what''s new';"
                + " ALTER TABLE orders ALTER note SET STORAGE EXTERNAL,"
                + " ALTER note SET COMPRESSION pglz, ALTER note SET STATISTICS 500");
  }

  @Test
  void noneAgainOfAPartitionedTable() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE orders (id int PRIMARY KEY, note text) PARTITION BY RANGE (id);
            CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (50);
            CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (50) TO (500);
            COMMENT ON COLUMN orders.note IS 'what was said';
            ALTER TABLE orders ALTER note SET STATISTICS 10, ALTER note SET STORAGE MAIN,
              ALTER note SET COMPRESSION pglz;
            INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 100) i;
            """,
            "- alter_column: {table: orders, column: note, comment: null,"
                + " storage: default, compression: default, statistics: default}")
        .equals(
            "COMMENT ON COLUMN orders.note IS NULL;"
                + " ALTER TABLE orders ALTER note SET STORAGE EXTENDED,"
                + " ALTER note SET COMPRESSION default, ALTER note SET STATISTICS -1");
  }

  @Test
  void ofAColumnThatGivesWay() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- alter_column: {table: orders, column: note, to: remark, comment: another,"
                + " storage: external, statistics: default}")
        .equals(
            "ALTER TABLE orders RENAME note TO remark;"
                + " COMMENT ON COLUMN orders.remark IS 'another';"
                + " ALTER TABLE orders ALTER remark SET STORAGE EXTERNAL,"
                + " ALTER remark SET STATISTICS -1");
  }

  @Test
  void whatTheTypeCannotHaveIsRefused() throws Exception {
    assertThat(
            DirectCase.of(SCHEMA, "- alter_column: {table: orders, column: id, storage: external}")
                .refusals())
        .singleElement()
        .asString()
        .startsWith("server-refuses: public.orders.id:");
  }

  @Test
  void whatItHasAlreadyIsSaid() throws Exception {
    assertThat(
            DirectCase.of(
                    SCHEMA,
                    "- alter_column: {table: orders, column: note, comment: what was said,"
                        + " storage: default, compression: default, statistics: 10}")
                .refusals())
        .singleElement()
        .asString()
        .startsWith("nothing-to-do:");
  }
}
