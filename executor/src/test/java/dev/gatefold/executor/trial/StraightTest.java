package dev.gatefold.executor.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The straight way where it is not as plain as on the pages of the operations. */
class StraightTest {

  /**
   * One of them.
   *
   * @param schema made twice, for the direct DDL has a database of its own
   */
  record Case(String name, String schema, String operations, String ddl) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Case> CASES =
      List.of(
          new Case(
              "names in quotes",
              """
              CREATE SCHEMA "My Shop";
              CREATE TABLE "My Shop"."Order ""1"" Item" ("Id" int PRIMARY KEY, "Total $" int, "order" text);
              INSERT INTO "My Shop"."Order ""1"" Item" SELECT i, i, 'it''s \\' || i FROM generate_series(1, 9) i;
              """,
              """
                - add_column:
                    table: '"My Shop"."Order ""1"" Item"'
                    column: '"New"'
                    type: text
                    nullable: false
                    up: '"order" || ''it''''s'''
                    comment: "it's \\\\ new"
                - create_index: {table: '"My Shop"."Order ""1"" Item"', name: '"An index"', columns: ['"New" DESC']}
                - alter_column:
                    table: '"My Shop"."Order ""1"" Item"'
                    column: '"Total $"'
                    to: '"To\\tal"'
                    type: numeric(12,2)
                    up: '"Total $" / 100.0'
                    down: ("To\\tal" * 100)::int
              """,
              """
              ALTER TABLE "My Shop"."Order ""1"" Item" ADD "New" text;
              UPDATE "My Shop"."Order ""1"" Item" SET "New" = "order" || 'it''s';
              ALTER TABLE "My Shop"."Order ""1"" Item" ALTER "New" SET NOT NULL;
              COMMENT ON COLUMN "My Shop"."Order ""1"" Item"."New" IS 'it''s \\ new';
              CREATE INDEX "An index" ON "My Shop"."Order ""1"" Item" ("New" DESC);
              ALTER TABLE "My Shop"."Order ""1"" Item" ALTER "Total $" TYPE numeric(12,2) USING "Total $" / 100.0;
              ALTER TABLE "My Shop"."Order ""1"" Item" RENAME "Total $" TO "To\\tal";
              """),
          new Case(
              "what goes is still read by what comes",
              """
              CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL);
              CREATE TABLE buyers (id int PRIMARY KEY);
              INSERT INTO orders SELECT i, i FROM generate_series(1, 9) i;
              """,
              """
                - rename_table: {table: buyers, to: customers}
                - drop_column: {table: orders, column: total}
                - add_column: {table: orders, column: cents, type: bigint, nullable: false, up: total * 100}
                - create_index: {table: orders, name: by_cents, unique: true, columns: [cents]}
                - add_constraint: {table: orders, name: whole, check: cents % 100 = 0}
                - add_column: {table: orders, column: "no", type: bigint, identity: always}
              """,
              """
              ALTER TABLE orders ADD cents bigint;
              UPDATE orders SET cents = total * 100;
              ALTER TABLE orders ALTER cents SET NOT NULL, ADD CONSTRAINT whole CHECK (cents % 100 = 0);
              CREATE UNIQUE INDEX by_cents ON orders (cents);
              ALTER TABLE orders ADD "no" bigint GENERATED ALWAYS AS IDENTITY, DROP total;
              ALTER TABLE buyers RENAME TO customers;
              """),
          new Case(
              "views over views, with all that belongs to them",
              """
              CREATE TABLE orders (id int PRIMARY KEY, total int, note text);
              CREATE VIEW totals WITH (security_barrier) AS SELECT id, total FROM orders WHERE total > 1;
              CREATE VIEW over AS SELECT t.total + 1 AS next, o.note FROM totals t JOIN orders o USING (id);
              COMMENT ON COLUMN totals.total IS 'the sum';
              GRANT SELECT (total) ON totals TO pg_monitor;
              GRANT SELECT ON over TO PUBLIC;
              INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, 9) i;
              """,
              """
                - alter_column: {table: orders, column: total, to: amount, type: bigint}
                - rename_column: {table: orders, column: note, to: remark}
              """,
              """
              DROP VIEW over, totals;
              ALTER TABLE orders ALTER total TYPE bigint;
              CREATE VIEW totals WITH (security_barrier) AS SELECT id, total FROM orders WHERE total > 1;
              CREATE VIEW over AS SELECT t.total + 1 AS next, o.note FROM totals t JOIN orders o USING (id);
              COMMENT ON COLUMN totals.total IS 'the sum';
              GRANT SELECT (total) ON totals TO pg_monitor;
              GRANT SELECT ON over TO PUBLIC;
              ALTER TABLE orders RENAME total TO amount;
              ALTER TABLE orders RENAME note TO remark;
              """),
          new Case(
              "both ends of a foreign key",
              """
              CREATE TABLE parents (id int PRIMARY KEY);
              CREATE TABLE children (id int PRIMARY KEY, parent int CONSTRAINT up REFERENCES parents ON DELETE CASCADE);
              COMMENT ON CONSTRAINT up ON children IS 'whose';
              INSERT INTO parents SELECT generate_series(1, 9);
              INSERT INTO children SELECT i, i FROM generate_series(1, 9) i;
              """,
              """
                - alter_column: {table: parents, column: id, type: bigint}
                - alter_column: {table: children, column: parent, type: bigint}
              """,
              """
              ALTER TABLE children DROP CONSTRAINT up;
              ALTER TABLE parents ALTER id TYPE bigint;
              ALTER TABLE children ALTER parent TYPE bigint;
              ALTER TABLE children ADD CONSTRAINT up FOREIGN KEY (parent) REFERENCES parents ON DELETE CASCADE;
              COMMENT ON CONSTRAINT up ON children IS 'whose';
              """),
          new Case(
              "no trigger of the users fires",
              """
              CREATE TABLE orders (id int PRIMARY KEY, total int, changed int NOT NULL DEFAULT 0);
              ALTER TABLE orders ALTER total SET STATISTICS 7;
              CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN NEW.changed := OLD.changed + 1; RETURN NEW; END';
              CREATE TRIGGER changed BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION changed();
              INSERT INTO orders SELECT i, i FROM generate_series(1, 9) i;
              """,
              """
                - add_column: {table: orders, column: cents, type: bigint, up: total * 100}
              backfill: {user_triggers: skip}
              """,
              """
              ALTER TABLE orders ADD cents bigint;
              ALTER TABLE orders DISABLE TRIGGER changed;
              UPDATE orders SET cents = total * 100;
              ALTER TABLE orders ENABLE TRIGGER changed;
              """),
          new Case(
              "a value that checks and comments of indexes name",
              """
              CREATE TYPE mood AS ENUM ('sad', 'happy', 'gone');
              COMMENT ON TYPE mood IS 'how they are';
              CREATE TABLE people (id int PRIMARY KEY, mood mood CONSTRAINT there CHECK (mood <> 'gone'));
              CREATE INDEX happy ON people (id) WHERE mood = 'happy';
              COMMENT ON INDEX happy IS 'some';
              COMMENT ON CONSTRAINT there ON people IS 'all';
              INSERT INTO people SELECT i, 'sad' FROM generate_series(1, 9) i;
              """,
              """
                - remove_enum_value: {type: mood, value: sad, replace_by: happy}
              """,
              """
              ALTER TYPE mood RENAME TO old;
              CREATE TYPE mood AS ENUM ('happy', 'gone');
              COMMENT ON TYPE mood IS 'how they are';
              DROP INDEX happy;
              ALTER TABLE people DROP CONSTRAINT there;
              ALTER TABLE people ALTER mood TYPE mood
                USING CASE mood WHEN 'sad' THEN 'happy' ELSE mood::text END::mood;
              ALTER TABLE people ADD CONSTRAINT there CHECK (mood <> 'gone');
              CREATE INDEX happy ON people (id) WHERE mood = 'happy';
              COMMENT ON INDEX happy IS 'some';
              COMMENT ON CONSTRAINT there ON people IS 'all';
              DROP TYPE old;
              """));

  @ParameterizedTest
  @FieldSource("CASES")
  void theStraightWayEndsAsTheDdlByHand(Case it) throws SQLException {
    Twin straight = Twin.straight(it.schema(), file(it.operations()));
    Twin byHand = Twin.byHand(it.schema(), it.ddl());

    assertThat(String.join("\n", byHand.catalog().to(straight.catalog()).words())).isEmpty();
    assertThat(straight.rows()).isEqualTo(byHand.rows());
  }

  @Test
  void whatKeepsTheServerFromChangingATypeIsNamed() throws SQLException {
    assertThat(
            Twin.refusals(
                """
                CREATE TABLE orders (id int PRIMARY KEY, total int);
                CREATE POLICY paid ON orders USING (total > 0);
                """,
                file("  - alter_column: {table: orders, column: total, type: bigint}\n")))
        .containsExactly(
            "no-straight-way: policy paid on public.orders reads a column, whose type the server does not change while it does");
  }

  private static String file(String operations) {
    return "change: straight\noperations:\n" + operations;
  }
}
