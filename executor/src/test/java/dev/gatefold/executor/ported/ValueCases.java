package dev.gatefold.executor.ported;

import java.util.List;

/** Values that lose something on a careless way, and writers that see them differently. */
final class ValueCases {

  static final List<PortedCase> ALL =
      List.of(
          PortedCase.of(
                  "rename, rename-reorder-columns",
                  "CREATE TABLE t (id int PRIMARY KEY, c1 int, c2 int);"
                      + "INSERT INTO t SELECT n, n, -n FROM generate_series(1, 200) n",
                  """
                  - rename_column: {table: t, column: c1, to: d1}
                  - rename_column: {table: t, column: c2, to: d2}
                  """,
                  "ALTER TABLE t RENAME c1 TO d1; ALTER TABLE t RENAME c2 TO d2")
              .old(
                  "INSERT INTO t SELECT max(id) + 1, 3, 4 FROM t",
                  "UPDATE t SET c1 = c2, c2 = c1 WHERE id % 13 = 1")
              .fresh("UPDATE t SET d1 = d2, d2 = d1 WHERE id % 13 = 2"),
          PortedCase.of(
                  "rename-inserts-only",
                  "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, c1 int)",
                  "- rename_column: {table: t, column: c1, to: c3}",
                  "ALTER TABLE t RENAME c1 TO c3")
              .old("INSERT INTO t (c1) VALUES (11), (13)")
              .fresh("INSERT INTO t (c3) VALUES (17)"),
          PortedCase.of(
                  "drop-null-add-not-null",
                  "CREATE TABLE t (id int PRIMARY KEY, c int);"
                      + "INSERT INTO t SELECT n, nullif(n % 3, 0) FROM generate_series(1, 200) n",
                  "- alter_column: {table: t, column: c, to: c_new, nullable: false, default: '0',"
                      + " up: 'coalesce(c, 0)', down: c_new}",
                  // The name first: from 18 on NOT NULL is called after it, once and for all.
                  "UPDATE t SET c = 0 WHERE c IS NULL; ALTER TABLE t RENAME c TO c_new;"
                      + " ALTER TABLE t ALTER c_new SET NOT NULL, ALTER c_new SET DEFAULT 0")
              .old("UPDATE t SET c = NULL WHERE id % 17 = 1")
              .fresh("INSERT INTO t (id) SELECT max(id) + 1 FROM t"),
          PortedCase.of(
                  "decimal",
                  "CREATE TABLE t (id int PRIMARY KEY, d numeric(65,30));"
                      + "INSERT INTO t VALUES (1, 0.000000000000000000000000000001),"
                      + " (2, -99999999999999999999999999999999999.999999999999999999999999999999),"
                      + " (3, NULL), (4, 'NaN'), (5, 1.10)",
                  "- alter_column: {table: t, column: d, type: 'numeric(70,32)', to: e,"
                      + " down: 'e::numeric(65,30)'}",
                  "ALTER TABLE t ALTER d TYPE numeric(70,32); ALTER TABLE t RENAME d TO e")
              .old("UPDATE t SET d = d + 0.000000000000000000000000000001 WHERE id = 5"),
          PortedCase.of(
                  "unsigned-modify, unsigned-rename",
                  "CREATE TABLE t (id int PRIMARY KEY, i bigint NOT NULL DEFAULT 0);"
                      + "INSERT INTO t VALUES (1, 9223372036854775807), (2, -9223372036854775808),"
                      + " (3, 0), (4, 4294967296)",
                  "- alter_column: {table: t, column: i, to: u, type: 'numeric(20)',"
                      + " down: 'u::bigint'}",
                  "ALTER TABLE t ALTER i TYPE numeric(20); ALTER TABLE t RENAME i TO u")
              .old("UPDATE t SET i = ~ i WHERE id IN (1, 2)")
              .fresh("UPDATE t SET u = u + 1 WHERE id = 3"),
          PortedCase.of(
                  "binary-to-varbinary",
                  "CREATE TABLE t (uuid bytea PRIMARY KEY, v bytea);"
                      + "INSERT INTO t SELECT decode(lpad(to_hex(n), 8, '0') || '0000', 'hex'),"
                      + " decode('0100' || '00', 'hex') FROM generate_series(1, 100) n",
                  "- rename_column: {table: t, column: v, to: w}",
                  "ALTER TABLE t RENAME v TO w")
              .old(
                  "UPDATE t SET v = v || '\\x00'::bytea WHERE uuid < '\\x0000000a' AND"
                      + " length(v) < 40"),
          PortedCase.of(
                  "enum-to-varchar",
                  "CREATE TYPE color AS ENUM ('red', 'green', ' blue ', '');"
                      + "CREATE TABLE t (id int PRIMARY KEY, c color DEFAULT 'red');"
                      + "INSERT INTO t SELECT n, (enum_range(NULL::color))[n % 4 + 1]"
                      + " FROM generate_series(1, 100) n",
                  "- alter_column: {table: t, column: c, type: text, to: word, default: \"'red'\","
                      + " down: word::color, volatile: accepted}",
                  "ALTER TABLE t ALTER c DROP DEFAULT, ALTER c TYPE text;"
                      + "ALTER TABLE t ALTER c SET DEFAULT 'red'; ALTER TABLE t RENAME c TO word")
              .old("UPDATE t SET c = ' blue ' WHERE id % 9 = 1")
              .fresh("UPDATE t SET word = '' WHERE id % 9 = 2"),
          PortedCase.of(
                  "json-dml, rename-retype-json",
                  "CREATE TABLE t (id int PRIMARY KEY, j json);"
                      + "INSERT INTO t VALUES (1, '{\"b\": 1,  \"a\": [1.00, null]}'), (2, '\"x\"'),"
                      + " (3, NULL), (4, 'null'), (5, '{\"a\": 1, \"a\": 2}')",
                  "- alter_column: {table: t, column: j, type: jsonb, to: doc, down: 'doc::json'}",
                  "ALTER TABLE t ALTER j TYPE jsonb; ALTER TABLE t RENAME j TO doc")
              .old("UPDATE t SET j = '{\"z\": {\"y\":  [ ]}}' WHERE id = 2")
              .fresh("UPDATE t SET doc = '{\"n\": 1}' WHERE id = 3"),
          PortedCase.of(
                  "datetime-submillis, datetime-1970",
                  "CREATE TABLE t (id int PRIMARY KEY, at timestamp(6));"
                      + "INSERT INTO t VALUES (1, '1970-01-01'), (2, '2020-02-29 23:59:59.000009'),"
                      + " (3, 'infinity'), (4, '0044-03-15 BC'), (5, NULL)",
                  "- rename_column: {table: t, column: at, to: happened_at}",
                  "ALTER TABLE t RENAME at TO happened_at")
              .old("UPDATE t SET at = at + '0.000001 s' WHERE id = 2"),
          PortedCase.of(
                  "tz, timestamp-to-datetime: writers in different time zones",
                  "CREATE TABLE t (id int PRIMARY KEY, at timestamptz);"
                      + "INSERT INTO t SELECT n, '2026-03-28 22:30+00'::timestamptz + n * '7 min'"
                      + "::interval FROM generate_series(1, 100) n",
                  "- alter_column: {table: t, column: at, type: timestamp, to: at_utc,"
                      + " up: \"at AT TIME ZONE 'UTC'\", down: \"at_utc AT TIME ZONE 'UTC'\"}",
                  "ALTER TABLE t ALTER at TYPE timestamp USING at AT TIME ZONE 'UTC';"
                      + "ALTER TABLE t RENAME at TO at_utc")
              .old(
                  "SET TimeZone TO 'Europe/Berlin'",
                  "UPDATE t SET at = '2026-03-29 02:30' WHERE id % 9 = 1",
                  "SET TimeZone TO 'America/St_Johns'",
                  "UPDATE t SET at = '2026-03-29 02:30' WHERE id % 9 = 2")
              .fresh("SET TimeZone TO 'Asia/Kolkata'", "UPDATE t SET at_utc = now() WHERE id = 5"),
          PortedCase.of(
                  "utf8mb4, char-collate-binary",
                  "CREATE TABLE t (id int PRIMARY KEY, name varchar(20) COLLATE \"C\");"
                      + "INSERT INTO t VALUES (1, 'átã'), (2, '😀😀'), (3, 'e' || U&'\\0301'), (4, '')",
                  "- alter_column: {table: t, column: name, type: text, to: title,"
                      + " down: 'title::varchar(20)'}",
                  "ALTER TABLE t ALTER name TYPE text COLLATE \"C\";"
                      + "ALTER TABLE t RENAME name TO title")
              .old("UPDATE t SET name = name || '🎈' WHERE id = 2 AND length(name) < 15")
              .fresh("UPDATE t SET title = 'ünï' WHERE id = 3"),
          PortedCase.of(
                  "alter-charset: a collation to which unlike things are equal",
                  "CREATE COLLATION lenient (provider = icu, locale = 'und-u-ks-level2',"
                      + " deterministic = false);"
                      + "CREATE TABLE t (id int PRIMARY KEY, name text COLLATE lenient);"
                      + "INSERT INTO t SELECT n, 'Name' || n FROM generate_series(1, 100) n",
                  "- rename_column: {table: t, column: name, to: title}",
                  "ALTER TABLE t RENAME name TO title")
              .old(
                  "UPDATE t SET name = upper(name) WHERE id % 9 = 1",
                  "UPDATE t SET name = lower(name) WHERE id % 9 = 1")
              .fresh("UPDATE t SET title = upper(title) WHERE id % 9 = 2"),
          PortedCase.of(
                  "autoinc-copy-deletes, autoinc-zero-value",
                  "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, i int);"
                      + "INSERT INTO t (i) SELECT generate_series(1, 50);"
                      + "INSERT INTO t VALUES (0, 0), (-5, 1); DELETE FROM t WHERE id > 40",
                  "- rename_column: {table: t, column: id, to: no}",
                  "ALTER TABLE t RENAME id TO no")
              .old(
                  "INSERT INTO t (i) VALUES (3)",
                  "DELETE FROM t WHERE id = (SELECT max(id) FROM t)")
              .fresh("INSERT INTO t (i) VALUES (4)"),
          PortedCase.of(
                  "generated-columns beside the change",
                  "CREATE TABLE t (id int PRIMARY KEY, a int, b int, s int GENERATED ALWAYS AS"
                      + " (a + b) STORED, c int);"
                      + "INSERT INTO t (id, a, b, c) SELECT n, n, 1, n FROM generate_series(1, 99) n",
                  "- alter_column: {table: t, column: c, type: bigint}",
                  "ALTER TABLE t ALTER c TYPE bigint")
              .old("UPDATE t SET a = a + 1, c = c - 1 WHERE id % 9 = 1"),
          PortedCase.of(
                  "trigger-advanced-features, trigger-long-name-validation",
                  ("CREATE TABLE %1$s (id int PRIMARY KEY, v int, seen int DEFAULT 0);"
                          + "CREATE FUNCTION sees() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                          + " NEW.seen := OLD.seen + 1; RETURN NEW; END $$;"
                          + "CREATE TRIGGER %1$s BEFORE UPDATE ON %1$s FOR EACH ROW"
                          + " EXECUTE FUNCTION sees();"
                          + "INSERT INTO %1$s SELECT n, n FROM generate_series(1, 99) n")
                      .formatted("t".repeat(63)),
                  "- alter_column: {table: %s, column: v, type: bigint}".formatted("t".repeat(63)),
                  "ALTER TABLE %s ALTER v TYPE bigint".formatted("t".repeat(63)))
              .old("UPDATE %s SET v = v + 1 WHERE id %% 9 = 1".formatted("t".repeat(63))),
          PortedCase.of(
              "check-constraint, drop-check-constraint",
              "CREATE TABLE t (id int PRIMARY KEY, v int CONSTRAINT small CHECK (v < 1000));"
                  + "INSERT INTO t SELECT n, n FROM generate_series(1, 99) n",
              """
              - add_constraint: {table: t, name: big, check: "v > -1000"}
              - drop_constraint: {table: t, name: small}
              """,
              "ALTER TABLE t ADD CONSTRAINT big CHECK (v > -1000), DROP CONSTRAINT small"));

  private ValueCases() {}
}
