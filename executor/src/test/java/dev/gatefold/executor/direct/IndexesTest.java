package dev.gatefold.executor.direct;

import org.junit.jupiter.api.Test;

class IndexesTest {

  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, region int, note text, doc jsonb, at timestamptz);
      INSERT INTO orders SELECT i, i % 3, 'n' || i, '{}', now() FROM generate_series(1, 100) i;
      CREATE INDEX by_region ON orders (region);
      COMMENT ON INDEX by_region IS 'where';
      """;

  @Test
  void everythingThatAnIndexMayHave() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - create_index:
                table: orders
                name: odd
                unique: true
                columns: ["lower(note) COLLATE \\"C\\" text_pattern_ops DESC NULLS LAST", id]
                include: [region]
                with: {fillfactor: 70}
                where: region > 1
            - create_index: {table: orders, name: in_doc, using: gin, columns: [doc jsonb_path_ops],
                             with: {fastupdate: off}}
            """)
        .equals(
            """
            CREATE UNIQUE INDEX odd ON orders
              (lower(note) COLLATE "C" text_pattern_ops DESC NULLS LAST, id)
              INCLUDE (region) WITH (fillfactor = 70) WHERE region > 1;
            CREATE INDEX in_doc ON orders USING gin (doc jsonb_path_ops) WITH (fastupdate = off)""");
  }

  @Test
  void drop() throws Exception {
    DirectCase.of(SCHEMA, "- drop_index: {table: orders, name: by_region}")
        .equals("DROP INDEX by_region");
  }

  @Test
  void change() throws Exception {
    DirectCase.of(
            SCHEMA, "- alter_index: {table: orders, name: by_region, columns: [region, at DESC]}")
        .equals("DROP INDEX by_region; CREATE INDEX by_region ON orders (region, at DESC)");
  }
}
