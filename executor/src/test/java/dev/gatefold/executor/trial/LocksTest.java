package dev.gatefold.executor.trial;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What columns bring along when they are replaced: no step of it takes a lock that its plan does
 * not declare, none reads or writes a whole table while writers wait, each undo leads back to the
 * same catalog and rows, and at the end the catalog is that of the direct DDL.
 */
class LocksTest {

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
              "foreign keys both ways",
              """
              CREATE TABLE parents (a int, b text, PRIMARY KEY (a, b));
              CREATE TABLE t (
                id int PRIMARY KEY, a int NOT NULL, b text, up int REFERENCES t DEFERRABLE,
                code int CONSTRAINT code_key UNIQUE,
                CONSTRAINT pair FOREIGN KEY (a, b) REFERENCES parents ON DELETE CASCADE);
              CREATE TABLE children (
                id int PRIMARY KEY, t int CONSTRAINT by_id REFERENCES t ON UPDATE CASCADE,
                code int CONSTRAINT by_code REFERENCES t (code) ON DELETE SET NULL);
              INSERT INTO parents SELECT i, 'b' || i FROM generate_series(1, 200) i;
              INSERT INTO t SELECT i, i, 'b' || i, nullif(i - 1, 0), i FROM generate_series(1, 200) i;
              INSERT INTO children SELECT i, i, i FROM generate_series(1, 200) i;
              """,
              """
                - alter_column: {table: t, column: id, type: bigint}
                - alter_column: {table: t, column: a, to: z, type: bigint, same_meaning: true}
                - rename_column: {table: t, column: code, to: number}
              """,
              """
              ALTER TABLE t ALTER id TYPE bigint;
              ALTER TABLE t RENAME a TO z;
              ALTER TABLE t ALTER z TYPE bigint;
              ALTER TABLE t RENAME code TO number;
              """),
          new Case(
              "primary key with identity and sequence",
              """
              CREATE TABLE t (
                id int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2) PRIMARY KEY, no serial,
                a text NOT NULL);
              COMMENT ON CONSTRAINT t_pkey ON t IS 'the key';
              INSERT INTO t (a) SELECT 'a' || i FROM generate_series(1, 300) i;
              """,
              """
                - alter_column: {table: t, column: id, type: bigint}
                - alter_column: {table: t, column: "no", to: number, type: bigint}
              """,
              """
              ALTER TABLE t ALTER id TYPE bigint;
              ALTER TABLE t RENAME no TO number;
              ALTER TABLE t ALTER number TYPE bigint;
              """),
          new Case(
              "partitions",
              """
              CREATE TABLE customers (code text PRIMARY KEY);
              INSERT INTO customers SELECT 'c' || i FROM generate_series(1, 100) i;
              CREATE TABLE t (
                day int NOT NULL, id int NOT NULL, total int NOT NULL DEFAULT 1 CHECK (total >= 0),
                code text REFERENCES customers, note text, PRIMARY KEY (day, id))
                PARTITION BY RANGE (day);
              CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
              CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20) PARTITION BY HASH (id);
              CREATE TABLE t_2_0 PARTITION OF t_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
              CREATE TABLE t_2_1 PARTITION OF t_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
              CREATE TABLE t_rest PARTITION OF t DEFAULT;
              CREATE INDEX t_total ON t (total DESC, note) WHERE total > 10;
              CREATE UNIQUE INDEX t_code ON t (day, lower(code), id);
              CREATE TRIGGER suppress BEFORE UPDATE OF total ON t FOR EACH ROW
                EXECUTE FUNCTION suppress_redundant_updates_trigger();
              INSERT INTO t SELECT i % 30, i, i, 'c' || (i % 100 + 1) FROM generate_series(1, 500) i;
              """,
              """
                - rename_column: {table: t, column: total, to: amount}
                - rename_column: {table: t, column: code, to: label}
              """,
              """
              ALTER TABLE t RENAME total TO amount;
              ALTER TABLE t RENAME code TO label;
              """),
          new Case(
              "views, policies, triggers and functions",
              """
              CREATE TABLE t (id int PRIMARY KEY, total int, tenant text, note text);
              CREATE TABLE pages (doc int, body text);
              INSERT INTO t SELECT i, i, 't' || i % 3, 'n' FROM generate_series(1, 200) i;
              CREATE VIEW direct WITH (security_barrier) AS SELECT id, total AS cents FROM t;
              CREATE VIEW second AS SELECT * FROM direct WHERE cents > 1;
              CREATE VIEW names AS SELECT id, note FROM t;
              GRANT SELECT ON second TO pg_monitor;
              CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN RETURN NULL; END';
              CREATE TRIGGER instead INSTEAD OF INSERT ON second FOR EACH ROW
                EXECUTE FUNCTION nothing();
              CREATE RULE ignored AS ON DELETE TO direct DO INSTEAD NOTHING;
              CREATE TRIGGER several AFTER UPDATE OF note, total ON t FOR EACH ROW
                WHEN (OLD.total IS DISTINCT FROM NEW.total) EXECUTE FUNCTION nothing();
              ALTER TABLE t DISABLE TRIGGER several;
              ALTER TABLE t ENABLE ROW LEVEL SECURITY;
              ALTER TABLE pages ENABLE ROW LEVEL SECURITY;
              CREATE POLICY own ON t FOR SELECT TO pg_monitor USING (tenant = current_user);
              CREATE POLICY by_doc ON pages USING (
                EXISTS (SELECT FROM t WHERE t.id = doc AND t.tenant = current_user));
              CREATE FUNCTION dearer(than int) RETURNS bigint LANGUAGE sql STABLE
                BEGIN ATOMIC SELECT count(*) FROM t WHERE total > than; END;
              """,
              """
                - rename_column: {table: t, column: total, to: amount}
                - rename_column: {table: t, column: tenant, to: owner}
              """,
              """
              ALTER TABLE t RENAME total TO amount;
              ALTER TABLE t RENAME tenant TO owner;
              """),
          new Case(
              "publications, statistics and replica identity",
              """
              CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b text, c int);
              CREATE UNIQUE INDEX identity ON t (a, id);
              ALTER TABLE t REPLICA IDENTITY USING INDEX identity;
              ALTER TABLE t CLUSTER ON identity;
              CREATE PUBLICATION whole FOR TABLE t;
              DO $$ BEGIN
                IF current_setting('server_version_num')::int >= 150000 THEN
                  EXECUTE 'CREATE PUBLICATION list FOR TABLE t (id, a)';
                  EXECUTE 'CREATE PUBLICATION filter FOR TABLE t WHERE (a > 5 AND id > 0)';
                END IF;
              END $$;
              CREATE STATISTICS nd (ndistinct) ON b, a FROM t;
              CREATE STATISTICS expr ON (a + 1), (lower(b)) FROM t;
              ALTER STATISTICS nd SET STATISTICS 77;
              CREATE INDEX by_lower ON t (c, lower(b));
              ALTER INDEX by_lower ALTER COLUMN 2 SET STATISTICS 300;
              INSERT INTO t SELECT i, i, 'b' || i % 10, i FROM generate_series(1, 300) i;
              ANALYZE t;
              """,
              """
                - rename_column: {table: t, column: a, to: z}
                - rename_column: {table: t, column: b, to: y}
              """,
              """
              ALTER TABLE t RENAME a TO z;
              ALTER TABLE t RENAME b TO y;
              """),
          new Case(
              "in place",
              """
              CREATE TABLE t (
                id int PRIMARY KEY, name varchar(10) NOT NULL DEFAULT 'x', n int DEFAULT 1, m int);
              CREATE INDEX ON t (name);
              INSERT INTO t SELECT i, i, i, i FROM generate_series(1, 300) i;
              """,
              """
                - alter_column: {table: t, column: name, type: varchar(20)}
                - alter_column: {table: t, column: n, default: "2"}
              """,
              """
              ALTER TABLE t ALTER name TYPE varchar(20);
              ALTER TABLE t ALTER n SET DEFAULT 2;
              """),
          new Case(
              "rights taken away",
              """
              DO $$ BEGIN
                IF to_regrole('trial_clerk') IS NULL THEN CREATE ROLE trial_clerk; END IF;
              END $$;
              CREATE TABLE t (id int PRIMARY KEY, total int NOT NULL, note text);
              INSERT INTO t SELECT i, i, 'n' FROM generate_series(1, 200) i;
              CREATE INDEX t_total ON t (total);
              CREATE VIEW v AS SELECT id, total AS cents FROM t;
              GRANT SELECT, INSERT, UPDATE ON t TO trial_clerk;
              GRANT SELECT (note) ON t TO pg_monitor;
              """,
              """
                - rename_column: {table: t, column: total, to: amount}
              retire: revoke
              """,
              "ALTER TABLE t RENAME total TO amount"));

  @ParameterizedTest
  @FieldSource("CASES")
  void areDeclaredAndNothingIsLeft(Case it) throws Exception {
    Proof.holds(
        it.schema(), "change: c\noperations:\n" + it.operations(), it.ddl(), new SampleWriter());
  }
}
