package dev.gatefold.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Column.Volatility;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Dependent;
import dev.gatefold.planner.schema.Follower;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.Trigger;
import dev.gatefold.planner.schema.Trigger.Enabled;
import dev.gatefold.planner.schema.Trigger.Event;
import dev.gatefold.planner.schema.UniqueKey;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogReaderTest {

  private static CatalogFixture fixture;

  @BeforeAll
  static void start() throws SQLException {
    fixture = new CatalogFixture();
  }

  @AfterAll
  static void stop() throws SQLException {
    fixture.close();
  }

  @Test
  void aMissingTableDoesNotAppear() throws SQLException {
    fixture.reset("");
    Schema schema = fixture.read(Alter.column("nowhere", "a").type("text").done());
    assertThat(schema.tables()).isEmpty();
    assertThat(schema.probes()).isEmpty();
    assertThat(schema.server().version()).isBetween(14, 18);
    assertThat(schema.server().skipsUserTriggers()).isTrue();
  }

  @Test
  void aMissingColumnHasNoProbe() throws SQLException {
    fixture.reset("CREATE TABLE t (a int)");
    assertThat(fixture.tableProbe(Alter.column("t", "b").type("text").done()).columns()).isEmpty();
  }

  @Test
  void readsTheKeyInKeyOrderAndCountsDroppedColumns() throws SQLException {
    fixture.reset(
        "CREATE TABLE t (a int, b varchar(5), c int, d int, PRIMARY KEY (c, b) INCLUDE (a));"
            + "ALTER TABLE t DROP COLUMN d");
    Table table = fixture.table("t");
    assertThat(table.keys())
        .containsExactly(
            new UniqueKey(
                new Identifier("t_pkey"),
                true,
                List.of(
                    new KeyColumn(new Identifier("c"), 3, "integer", false),
                    new KeyColumn(new Identifier("b"), 2, "character varying", false))));
    assertThat(table.lastAttnum()).isEqualTo(4);
    assertThat(table.columns()).extracting(Column::attnum).containsExactly(1, 2, 3);
    assertThat(table.oid()).isEqualTo(fixture.oid("t"));
    assertThat(table.owned()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "t, ORDINARY",
    "p, PARTITIONED",
    "p1, PARTITION",
    "parent, INHERITED",
    "child, INHERITED",
    "v, VIEW",
    "m, OTHER"
  })
  void tellsWhatSortOfRelationItIs(String name, Table.Kind kind) throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (a int);
        CREATE TABLE p (a int) PARTITION BY RANGE (a);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
        CREATE TABLE parent (a int);
        CREATE TABLE child () INHERITS (parent);
        CREATE VIEW v AS SELECT * FROM t;
        CREATE MATERIALIZED VIEW m AS SELECT * FROM t;
        """);
    assertThat(fixture.table(name).kind()).isEqualTo(kind);
  }

  @Test
  void readsTraits() throws SQLException {
    fixture.reset(
        "CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
            + "CREATE UNLOGGED TABLE u (a int);"
            + "CREATE TABLE whole (a int); ALTER TABLE whole REPLICA IDENTITY FULL");
    fixture.execute("CREATE PUBLICATION everything FOR ALL TABLES");
    try {
      assertThat(fixture.table("t").traits())
          .containsExactly(Table.Trait.ROW_SECURITY, Table.Trait.PUBLISHED);
      assertThat(fixture.table("u").traits())
          .containsExactly(Table.Trait.UNIDENTIFIED, Table.Trait.UNLOGGED);
      assertThat(fixture.table("whole").traits())
          .containsExactly(Table.Trait.PUBLISHED, Table.Trait.IDENTIFIED_WHOLE);
    } finally {
      fixture.execute("DROP PUBLICATION everything");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numeric(12,2) | numeric(12,2) | numeric | BASE | false",
        "varchar(5) | character varying(5) | character varying | BASE | true",
        "char(3) | character(3) | bpchar | BASE | true",
        "bpchar | bpchar | bpchar | BASE | false",
        "int[] | integer[] | integer[] | ARRAY | false",
        "mood | public.mood | public.mood | ENUM | true",
        "positive | public.positive | public.positive | CONSTRAINED_DOMAIN | false",
        "label | public.label | public.label | DOMAIN | false",
        "pair | public.pair | public.pair | COMPOSITE | false",
        "int4range | int4range | int4range | RANGE | false",
        "timestamptz(3) | timestamp(3) with time zone | timestamp with time zone | BASE | true",
        "float8 | double precision | double precision | BASE | false",
        "jsonb | jsonb | jsonb | BASE | false",
        "json | json | json | BASE | false",
        "uuid | uuid | uuid | BASE | true",
        "text COLLATE \"C\" | text | text | BASE | true",
        "text COLLATE loose | text | text | BASE | false",
      })
  void readsTypes(String ddl, String sql, String base, ColumnType.Kind kind, boolean comparable)
      throws SQLException {
    fixture.reset(
        """
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE DOMAIN label AS text;
        CREATE TYPE pair AS (a int, b int);
        CREATE COLLATION loose (provider = icu, locale = 'und', deterministic = false);
        CREATE TABLE t (a %s);
        """
            .formatted(ddl));
    ColumnType type = fixture.column("t", "a").type();
    assertThat(type.sql()).isEqualTo(sql);
    assertThat(type.base()).isEqualTo(base);
    assertThat(type.kind()).isEqualTo(kind);
    assertThat(type.comparable()).isEqualTo(comparable);
    assertThat(type.collation().isPresent()).isEqualTo(ddl.contains("COLLATE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bigint | 0 | STEADY",
        "text | NULLIF(current_date::text, current_date::text) | STEADY",
        "text | 'x' | STEADY",
        "timestamptz | now() | STEADY",
        "date | CURRENT_DATE | STEADY",
        "int | steady() | STEADY",
        "positive | 3 | STEADY",
        "bigint | nextval('s') | VOLATILE",
        "uuid | gen_random_uuid() | VOLATILE",
        "float8 | random() | VOLATILE",
        "timestamptz | clock_timestamp() | VOLATILE",
        "positive | 1 + (random() * 5)::int | VOLATILE",
      })
  void tellsVolatileDefaultsFromSteadyOnes(String type, String value, Volatility volatility)
      throws SQLException {
    fixture.reset(
        """
        CREATE SEQUENCE s;
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE FUNCTION steady() RETURNS int LANGUAGE sql STABLE AS 'SELECT 7';
        CREATE TABLE t (a %s DEFAULT %s);
        """
            .formatted(type, value));
    assertThat(fixture.column("t", "a").defaultValue().orElseThrow().volatility())
        .isEqualTo(volatility);
    assertThat(fixture.database().queryLines("SELECT is_called FROM s")).containsExactly("f");
  }

  @Test
  void readsSerialAndIdentityWithTheirSequences() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE "T.x" (
          a serial,
          b int GENERATED ALWAYS AS IDENTITY,
          c bigint GENERATED BY DEFAULT AS IDENTITY
            (START WITH 50 INCREMENT BY -5 MINVALUE 10 MAXVALUE 90 CACHE 3 CYCLE),
          d int GENERATED ALWAYS AS (7) STORED)
        """);
    Table table = fixture.table("\"T.x\"");
    Column.Default serial = table.columns().get(0).defaultValue().orElseThrow();
    assertThat(serial.expression()).isEqualTo("nextval('public.\"T.x_a_seq\"'::regclass)");
    SequenceOptions plain =
        new SequenceOptions(
            Optional.of(1L),
            Optional.of(1L),
            Optional.empty(),
            Optional.empty(),
            Optional.of(1L),
            Optional.of(false));
    assertThat(serial.ownedSequence())
        .contains(new Column.OwnedSequence("public.\"T.x_a_seq\"", "integer", plain));
    assertThat(table.columns().get(1).identity())
        .contains(new Column.Identity(true, "public.\"T.x_b_seq\"", plain));
    assertThat(table.columns().get(2).identity().orElseThrow().options())
        .isEqualTo(
            new SequenceOptions(
                Optional.of(50L),
                Optional.of(-5L),
                Optional.of(10L),
                Optional.of(90L),
                Optional.of(3L),
                Optional.of(true)));
    assertThat(table.columns().get(3).generated()).isTrue();
    assertThat(table.columns().get(3).defaultValue()).isEmpty();
  }

  @Test
  void readsGrantsCommentsAndSettings() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (a text, b text);
        COMMENT ON COLUMN t.a IS 'it''s';
        GRANT SELECT (a), UPDATE (a) ON t TO PUBLIC;
        GRANT SELECT (a) ON t TO pg_monitor WITH GRANT OPTION;
        ALTER TABLE t ALTER a SET STATISTICS 500, ALTER a SET (n_distinct = -0.5),
          ALTER a SET STORAGE EXTERNAL, ALTER a SET COMPRESSION pglz;
        """);
    Column column = fixture.column("t", "a");
    assertThat(column.comment()).contains("it's");
    assertThat(column.grants())
        .containsExactlyInAnyOrder(
            new Column.Grant("SELECT", "PUBLIC", false, true),
            new Column.Grant("UPDATE", "PUBLIC", false, true),
            new Column.Grant("SELECT", "pg_monitor", true, true));
    assertThat(column.settings().statistics()).contains(500);
    assertThat(column.settings().options()).contains("n_distinct=-0.5");
    assertThat(column.settings().storage()).contains("EXTERNAL");
    assertThat(column.settings().compression()).contains("pglz");
    Column plain = fixture.column("t", "b");
    assertThat(plain.grants()).isEmpty();
    assertThat(plain.settings().statistics()).isEmpty();
    assertThat(plain.settings().storage()).isEmpty();
  }

  @Test
  void readsIndexesWithEveryColumnTheyTouch() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (a int, b text, c text, d int, e int PRIMARY KEY, f int UNIQUE NOT NULL);
        ALTER TABLE t REPLICA IDENTITY USING INDEX t_f_key;
        CREATE INDEX mixed ON t (a DESC, lower(b)) INCLUDE (c) WHERE d > 0;
        CREATE INDEX odd ON t ((a + 1));
        ALTER INDEX odd ALTER COLUMN 1 SET STATISTICS 400;
        ALTER TABLE t CLUSTER ON odd;
        COMMENT ON INDEX odd IS 'why';
        """);
    List<Index> indexes = fixture.table("t").indexes();
    assertThat(indexes)
        .containsExactly(
            index(
                "mixed",
                false,
                Set.of(1, 2, 3, 4),
                "USING btree (a DESC, lower(b)) INCLUDE (c) WHERE (d > 0)"),
            new Index(
                new Identifier("odd"),
                false,
                false,
                Set.of(1),
                Optional.empty(),
                false,
                true,
                List.of(new Index.Target(1, 400)),
                Optional.of("why"),
                "USING btree (((a + 1)))",
                Optional.empty()),
            new Index(
                new Identifier("t_f_key"),
                true,
                false,
                Set.of(6),
                Optional.of(new Identifier("t_f_key")),
                true,
                false,
                List.of(),
                Optional.empty(),
                "USING btree (f)",
                Optional.empty()),
            new Index(
                new Identifier("t_pkey"),
                true,
                true,
                Set.of(5),
                Optional.of(new Identifier("t_pkey")),
                false,
                false,
                List.of(),
                Optional.empty(),
                "USING btree (e)",
                Optional.empty()));
  }

  private static Index index(String name, boolean unique, Set<Integer> columns, String definition) {
    return new Index(
        new Identifier(name),
        unique,
        false,
        columns,
        Optional.empty(),
        false,
        false,
        List.of(),
        Optional.empty(),
        definition,
        Optional.empty());
  }

  @Test
  void readsConstraintsInBothDirections() throws SQLException {
    fixture.reset(
        """
        CREATE SCHEMA other;
        CREATE TABLE other.up (x int, y int, PRIMARY KEY (x, y));
        CREATE TABLE t (a int UNIQUE, b int, c int,
          CONSTRAINT sane CHECK (a < b),
          CONSTRAINT pair FOREIGN KEY (b, a) REFERENCES other.up (x, y)
            DEFERRABLE INITIALLY DEFERRED);
        ALTER TABLE t ADD CONSTRAINT later CHECK (c > 0) NOT VALID;
        CREATE TABLE down (z int CONSTRAINT back REFERENCES t (a));
        """);
    List<Constraint> constraints = fixture.table("t").constraints();
    assertThat(constraints)
        .extracting(
            c -> c.name() + " " + c.kind() + " " + new TreeSet<>(c.columns()) + " " + c.validated())
        .containsExactly(
            "back INCOMING_FOREIGN_KEY [1] true",
            "later CHECK [3] false",
            "pair FOREIGN_KEY [1, 2] true",
            "sane CHECK [1, 2] true",
            "t_a_key UNIQUE [1] true");
    Constraint pair = constraints.get(2);
    assertThat(pair.deferral()).isEqualTo("DEFERRABLE INITIALLY DEFERRED");
    assertThat(pair.referenced()).contains(TableName.parse("other.up"));
    assertThat(pair.definition())
        .isEqualTo("FOREIGN KEY (b, a) REFERENCES other.up(x, y) DEFERRABLE INITIALLY DEFERRED");
  }

  @Test
  void readsTheTriggersOfUsersOnly() throws SQLException {
    fixture.reset(
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE t (a int PRIMARY KEY, b int, g int GENERATED ALWAYS AS (a + 1) STORED);
        CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER made AFTER UPDATE OF g ON t FOR EACH ROW EXECUTE FUNCTION f();
        ALTER TABLE t ENABLE ALWAYS TRIGGER made;
        CREATE TRIGGER audit AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION f();
        CREATE TRIGGER "~gatefold_x" BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TABLE child (a int REFERENCES t);
        """);
    assertThat(fixture.table("t").triggers())
        .containsExactly(
            trigger("audit", false, Set.of(Event.INSERT), Enabled.ORIGIN),
            trigger("made", false, Set.of(Event.UPDATE), Enabled.ALWAYS, "a", "g"),
            trigger("stamp", true, Set.of(Event.INSERT, Event.UPDATE), Enabled.ORIGIN, "b"));
  }

  private static Trigger trigger(
      String name, boolean beforeRow, Set<Event> events, Enabled enabled, String... updateOf) {
    return new Trigger(
        new Identifier(name),
        beforeRow,
        events,
        enabled,
        Stream.of(updateOf).map(Identifier::new).collect(Collectors.toSet()),
        "BEGIN RETURN NEW; END");
  }

  @Test
  void readsTheTriggersOfPartitionsToo() throws SQLException {
    fixture.reset(
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE t (a int) PARTITION BY LIST (a);
        CREATE TABLE like_it PARTITION OF t FOR VALUES IN (1);
        CREATE TABLE unlike_it PARTITION OF t FOR VALUES IN (2);
        CREATE TRIGGER of_all AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER of_one AFTER INSERT ON like_it FOR EACH ROW EXECUTE FUNCTION f();
        ALTER TABLE unlike_it DISABLE TRIGGER of_all;
        """);
    try (Connection connection = fixture.database().connect()) {
      assertThat(TableTriggers.read(connection, fixture.table("t").oid()))
          .containsExactlyInAnyOrder(
              trigger("of_all", false, Set.of(Event.INSERT), Enabled.ORIGIN),
              trigger("of_all", false, Set.of(Event.INSERT), Enabled.DISABLED),
              trigger("of_one", false, Set.of(Event.INSERT), Enabled.ORIGIN));
    }
  }

  @Test
  void findsWhatDependsOnAColumnAndWouldBeLost() throws SQLException {
    fixture.reset(
        """
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE t (id serial PRIMARY KEY, a int NOT NULL DEFAULT 3 CHECK (a > 0) UNIQUE,
          b int, g int GENERATED ALWAYS AS (a * 2) STORED);
        CREATE INDEX ON t ((a + 1)) WHERE a > 5;
        CREATE TABLE child (x int REFERENCES t (a));
        CREATE VIEW v AS SELECT a FROM t;
        CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
        CREATE RULE r AS ON UPDATE TO t WHERE OLD.a > 1 DO ALSO NOTHING;
        CREATE POLICY p ON t USING (a > 0);
        CREATE TRIGGER named BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER "~gatefold_x" BEFORE UPDATE ON t FOR EACH ROW
          WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION f();
        CREATE TABLE holder (whole t);
        CREATE VIEW unrelated AS SELECT b FROM t;
        """);
    Table table =
        fixture.read(Alter.column("t", "a").done(), Alter.column("t", "id").done()).tables().get(0);
    assertThat(table.dependents())
        .containsExactlyInAnyOrder(
            new Dependent(1, "column whole of table public.holder"),
            new Dependent(2, "column whole of table public.holder"),
            new Dependent(2, "generated column g"));
    assertThat(table.followers())
        .extracting(Follower::identity)
        .containsExactly(
            "materialized view public.m",
            "view public.v",
            "rule r on public.t",
            "policy p on public.t",
            "trigger named on public.t");
  }

  @Test
  void leavesTheConnectionAndTheDatabaseAsTheyWere() throws SQLException {
    fixture.reset("CREATE TABLE t (a int PRIMARY KEY)");
    Operation rename =
        new Operation.RenameColumn(TableName.parse("t"), new Identifier("a"), new Identifier("b"));
    try (Connection connection = fixture.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO pg_catalog");
      new CatalogReader(connection).read(CatalogFixture.change(rename));
      assertThat(connection.getAutoCommit()).isTrue();
      connection.setAutoCommit(false);
      new CatalogReader(connection).read(CatalogFixture.change(rename));
      assertThat(connection.getAutoCommit()).isFalse();
      connection.rollback();
      try (var path = statement.executeQuery("SHOW search_path")) {
        path.next();
        assertThat(path.getString(1)).isEqualTo("pg_catalog");
      }
    }
    assertThat(
            fixture
                .database()
                .queryLines("SELECT relname FROM pg_class WHERE relname ~ 'gatefold'"))
        .isEmpty();
  }

  @Test
  void worksForAnOwnerWhoIsNoSuperuser() throws SQLException {
    fixture.reset(
        "DROP ROLE IF EXISTS plain_owner; CREATE ROLE plain_owner; GRANT ALL ON SCHEMA public TO"
            + " plain_owner; CREATE TABLE t (a int PRIMARY KEY, b int DEFAULT 4);"
            + " ALTER TABLE t OWNER TO plain_owner; CREATE TABLE foreign_one (a int)");
    try (Connection connection = fixture.database().connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE plain_owner");
      Schema schema =
          new CatalogReader(connection)
              .read(
                  CatalogFixture.change(
                      Alter.column("t", "b").type("bigint").done(),
                      Alter.column("foreign_one", "a").type("bigint").done()));
      assertThat(schema.server().skipsUserTriggers()).isFalse();
      assertThat(schema.tables()).extracting(Table::owned).containsExactly(true, false);
      CatalogFixture.accepted(schema.probes().get(0).columns().get(0).up());
      assertThat(CatalogFixture.rejection(schema.probes().get(1).columns().get(0).up()))
          .startsWith("42501 permission denied");
      statement.execute("RESET ROLE; DROP OWNED BY plain_owner; DROP ROLE plain_owner");
    }
  }
}
