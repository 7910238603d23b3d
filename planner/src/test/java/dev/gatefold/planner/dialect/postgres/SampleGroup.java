package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.SyncFixture.INTEGER;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.TEXT;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.fallible;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.side;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.storedIn;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.varchar;

import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Group;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.dialect.SyncSpec.Side;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.List;

/** Groups on which the sync of more than a pair is shown. */
enum SampleGroup {
  /** One to two: {@code 'a 7'} becomes {@code 'a'} and 7. */
  SPLIT("s varchar(8) DEFAULT 'x 0'", "f text, n integer", "s, f, n") {
    @Override
    Group group(DownFailure onDownFailure) {
      String up = "split_part((" + value(3) + ")::text, ' '::text, %d)";
      return new Group(
          "public.t.s",
          List.of(
              mapped(
                  3,
                  side("s", varchar(8), "'x 0'::character varying"),
                  storedIn(8, "%s || ' '::text || %s".formatted(value(10), value(11))))),
          List.of(
              mapped(10, side("f", TEXT), up.formatted(1)),
              mapped(11, side("n", INTEGER), "(" + up.formatted(2) + ")::integer")),
          onDownFailure);
    }
  },
  /** Two to one: {@code 'a'} and 7 become {@code 'a/7'}. */
  MERGE("a varchar(3) DEFAULT 'd', b integer DEFAULT 1", "c varchar(6)", "a, b, c") {
    @Override
    Group group(DownFailure onDownFailure) {
      String down = "split_part((" + value(10) + ")::text, '/'::text, %d)";
      return new Group(
          "public.t.a, b",
          List.of(
              mapped(
                  3,
                  side("a", varchar(3), "'d'::character varying"),
                  storedIn(3, down.formatted(1))),
              mapped(4, side("b", INTEGER, "1"), "(" + down.formatted(2) + ")::integer")),
          List.of(
              mapped(
                  10,
                  side("c", varchar(6)),
                  storedIn(6, "(%s)::text || '/'::text || %s".formatted(value(3), value(4))))),
          onDownFailure);
    }
  };

  private final String olds;
  private final String news;
  private final String names;

  SampleGroup(String olds, String news, String names) {
    this.olds = olds;
    this.news = news;
    this.names = names;
  }

  abstract Group group(DownFailure onDownFailure);

  String createTable() {
    return "CREATE TABLE t (id integer PRIMARY KEY, note text, " + olds + ", " + news + ")";
  }

  /** All columns of the group, the old ones first. */
  String names() {
    return names;
  }

  private static String value(int number) {
    return SqlTemplate.ROW + "." + SqlTemplate.COLUMN + number;
  }

  private static Mapped mapped(int number, Side side, String value) {
    return new Mapped(number, side, fallible(value));
  }
}
