package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.SyncFixture.BIGINT;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.INTEGER;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.TEXT;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.VALUE;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.fallible;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.infallible;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.side;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.storedIn;
import static dev.gatefold.planner.dialect.postgres.SyncFixture.varchar;

import dev.gatefold.planner.dialect.SyncSpec.DownFailure;
import dev.gatefold.planner.dialect.SyncSpec.Group;

/** The mappings on which each cell of the table is shown. */
enum SampleMapping {
  /** Widening: every old value has an image, some new ones have no way back. */
  PLAIN("old integer DEFAULT 5, new bigint") {
    @Override
    Group pair() {
      return SyncFixture.pair(
          side("old", INTEGER, "5"),
          side("new", BIGINT),
          infallible("(" + VALUE + ")::bigint"),
          fallible("(" + VALUE + ")::integer"));
    }
  },
  /** Neither way leads back: {@code ' b '} becomes {@code 'B'}, and {@code 'Bc'} {@code 'bc'}. */
  LOSSY("old text DEFAULT ' d ', new text") {
    @Override
    Group pair() {
      return SyncFixture.pair(
          side("old", TEXT, "' d '::text"),
          side("new", TEXT),
          infallible("upper(btrim(" + VALUE + "))"),
          infallible("lower(" + VALUE + ")"));
    }
  },
  /**
   * Both ways fail for some values: {@code 'abc'} is no number, 1234 does not fit. And {@code
   * 'n/a'}, which has no image, is the image of -1.
   */
  FAILING("old varchar(3) DEFAULT 'bad', new integer") {
    @Override
    Group pair() {
      return numbers();
    }
  },
  /** The same, where a new value without a way back is let through. */
  FORGIVING("old varchar(3) DEFAULT 'bad', new integer") {
    @Override
    Group pair() {
      Group pair = numbers();
      return new Group(pair.label(), pair.olds(), pair.news(), DownFailure.STORE_NULL);
    }
  };

  private final String columns;

  SampleMapping(String columns) {
    this.columns = columns;
  }

  abstract Group pair();

  String createTable() {
    return "CREATE TABLE t (id integer PRIMARY KEY, note text, " + columns + ")";
  }

  private static Group numbers() {
    return SyncFixture.pair(
        side("old", varchar(3), "'bad'::character varying"),
        side("new", INTEGER),
        fallible("(" + VALUE + ")::integer"),
        fallible(
            storedIn(
                3, "CASE WHEN (%1$s = -1) THEN 'n/a' ELSE (%1$s)::text END".formatted(VALUE))));
  }
}
