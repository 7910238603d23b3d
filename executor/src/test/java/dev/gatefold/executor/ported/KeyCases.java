package dev.gatefold.executor.ported;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keys of all sorts, under the change or beside it. */
final class KeyCases {

  static final List<PortedCase> ALL =
      List.of(
          PortedCase.of(
                  "trivial",
                  "CREATE TABLE t (id int PRIMARY KEY, i int NOT NULL, color varchar(32));"
                      + "INSERT INTO t SELECT n, n, 'red' FROM generate_series(1, 300) n",
                  "- rename_column: {table: t, column: color, to: colour}",
                  "ALTER TABLE t RENAME color TO colour")
              .old(
                  "INSERT INTO t VALUES ((SELECT max(id) FROM t) + 1, 7, 'blue')",
                  "UPDATE t SET color = 'green' WHERE id % 11 = 3",
                  "DELETE FROM t WHERE id = (SELECT max(id) FROM t)")
              .fresh(
                  "INSERT INTO t (id, i, colour) VALUES ((SELECT max(id) FROM t) + 1, 8, 'grey')",
                  "UPDATE t SET colour = NULL WHERE id % 11 = 4",
                  "DELETE FROM t WHERE id = (SELECT max(id) FROM t)"),
          PortedCase.of(
                  "keyword-column",
                  "CREATE TABLE t (id int PRIMARY KEY, \"index\" int, \"group\" text);"
                      + "INSERT INTO t SELECT n, n, 'g' FROM generate_series(1, 100) n",
                  """
                  - alter_column: {table: t, column: '"index"', type: bigint}
                  - rename_column: {table: t, column: '"group"', to: '"select"'}
                  """,
                  "ALTER TABLE t ALTER \"index\" TYPE bigint;"
                      + "ALTER TABLE t RENAME \"group\" TO \"select\"")
              .old("UPDATE t SET \"index\" = \"index\" + 1, \"group\" = 'h' WHERE id % 7 = 1")
              .fresh("UPDATE t SET \"select\" = 'i' WHERE id % 7 = 2"),
          PortedCase.of(
                  "compound-pk",
                  "CREATE TABLE t (id int, name varchar(32), i int, PRIMARY KEY (id, name));"
                      + "INSERT INTO t SELECT n % 20, 'n' || n, n FROM generate_series(1, 300) n",
                  "- alter_column: {table: t, column: i, type: numeric, to: amount, down: 'amount::int'}",
                  "ALTER TABLE t ALTER i TYPE numeric; ALTER TABLE t RENAME i TO amount")
              .old(
                  "UPDATE t SET name = name || 'x' WHERE id = 3 AND length(name) < 20",
                  "UPDATE t SET i = i + 1 WHERE id = 4")
              .fresh("UPDATE t SET amount = 5 WHERE id = 5"),
          PortedCase.of(
                  "compound-pk-ts",
                  "CREATE TABLE t (id int, at timestamptz(6), v int, PRIMARY KEY (id, at));"
                      + "INSERT INTO t SELECT n % 9, '2020-01-01'::timestamptz + n * '1.000001 s'"
                      + "::interval, n FROM generate_series(1, 300) n",
                  "- rename_column: {table: t, column: v, to: w}",
                  "ALTER TABLE t RENAME v TO w")
              .old("UPDATE t SET at = at + '0.000001 s', v = v + 1 WHERE id = 2"),
          PortedCase.of(
                  "enum-pk",
                  "CREATE TYPE color AS ENUM ('red', 'green', 'blue');"
                      + "CREATE TABLE t (c color, id int, v int, PRIMARY KEY (c, id));"
                      + "INSERT INTO t SELECT (enum_range(NULL::color))[n % 3 + 1], n, n"
                      + " FROM generate_series(1, 300) n",
                  "- alter_column: {table: t, column: v, type: bigint}",
                  "ALTER TABLE t ALTER v TYPE bigint")
              .old(
                  "UPDATE t SET c = 'blue' WHERE id % 30 = 1 AND c = 'green'",
                  "UPDATE t SET v = -v WHERE id % 30 = 2"),
          PortedCase.of(
                  "fail-update-pk-column, negative PK",
                  "CREATE TABLE t (id int PRIMARY KEY, v text);"
                      + "INSERT INTO t SELECT n, 'v' || n FROM generate_series(1, 300) n",
                  "- alter_column: {table: t, column: v, type: varchar(50), to: w}",
                  "ALTER TABLE t ALTER v TYPE varchar(50); ALTER TABLE t RENAME v TO w")
              .old(
                  "UPDATE t SET id = -id WHERE id IN (21, 22, -21, -22)",
                  "UPDATE t SET id = 700 - id, v = 'moved' WHERE id IN (55, 645)")
              .fresh("UPDATE t SET id = -id, w = 'moved again' WHERE id IN (31, -31)"),
          PortedCase.of(
                  "shared-uk, pk-uk-same-columns",
                  "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, UNIQUE (id), UNIQUE"
                      + " (code, id));"
                      + "INSERT INTO t SELECT n, 'c' || n FROM generate_series(1, 200) n",
                  "- rename_column: {table: t, column: code, to: tag}",
                  "ALTER TABLE t RENAME code TO tag")
              .old("UPDATE t SET code = code || '.' WHERE id = 9 AND length(code) < 50"),
          PortedCase.of(
              "swap-uk, swap-uk-uk",
              "CREATE TABLE t (id int PRIMARY KEY, a int CONSTRAINT t_a UNIQUE, b int);"
                  + "INSERT INTO t SELECT n, n, n FROM generate_series(1, 200) n",
              """
              - drop_constraint: {table: t, name: t_a}
              - add_constraint: {table: t, name: t_b, unique: [b, a]}
              """,
              "ALTER TABLE t DROP CONSTRAINT t_a, ADD CONSTRAINT t_b UNIQUE (b, a)"),
          PortedCase.of(
                  "no unique key at all (refused there)",
                  "CREATE TABLE t (v int, w text);"
                      + "INSERT INTO t SELECT n % 3, 'w' FROM generate_series(1, 300) n",
                  "- alter_column: {table: t, column: v, type: bigint}",
                  "ALTER TABLE t ALTER v TYPE bigint")
              .old(
                  "UPDATE t SET v = v + 1 WHERE ctid = (SELECT min(ctid) FROM t)",
                  "INSERT INTO t VALUES (5, 'x')"),
          PortedCase.of(
                  "fail-float-unique-key (refused there)",
                  "CREATE TABLE t (f double precision PRIMARY KEY, v int);"
                      + "INSERT INTO t SELECT n / 3.0, n FROM generate_series(-100, 100) n;"
                      + "INSERT INTO t VALUES ('NaN', 1), ('Infinity', 2), ('-Infinity', 3)",
                  "- alter_column: {table: t, column: v, type: text, down: 'v::int'}",
                  "ALTER TABLE t ALTER v TYPE text")
              .old("UPDATE t SET v = v + 1 WHERE f = 'NaN' OR f > 30"),
          PortedCase.of(
                  "fail-fk, fail-fk-parent (refused there)",
                  "CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE);"
                      + "CREATE TABLE c (id int PRIMARY KEY, code text REFERENCES p (code)"
                      + " ON UPDATE CASCADE ON DELETE SET NULL);"
                      + "INSERT INTO p SELECT n, 'p' || n FROM generate_series(1, 50) n;"
                      + "INSERT INTO c SELECT n, 'p' || (n % 50 + 1) FROM generate_series(1, 200) n",
                  "- rename_column: {table: p, column: code, to: tag}",
                  "ALTER TABLE p RENAME code TO tag")
              .old("UPDATE p SET code = code || 'x' WHERE id = 7 AND length(code) < 40")
              .fresh("UPDATE p SET tag = tag || 'y' WHERE id = 8 AND length(tag) < 40"),
          PortedCase.of(
                  "many-columns",
                  "CREATE TABLE t (id int PRIMARY KEY, "
                      + IntStream.range(0, 150)
                          .mapToObj(n -> "c%d int DEFAULT %d".formatted(n, n))
                          .collect(Collectors.joining(", "))
                      + "); INSERT INTO t (id) SELECT generate_series(1, 100)",
                  "- alter_column: {table: t, column: c77, type: bigint}",
                  "ALTER TABLE t ALTER c77 TYPE bigint")
              .old("UPDATE t SET c77 = c76 + 1, c149 = 3 WHERE id % 9 = 0"));

  private KeyCases() {}
}
