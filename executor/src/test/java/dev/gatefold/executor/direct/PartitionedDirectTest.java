package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The same over partitions, one of them divided again, and rows in all of them. */
class PartitionedDirectTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY);
      INSERT INTO customer SELECT generate_series(0, 300);
      CREATE TABLE event (id int, at int NOT NULL, customer int, note text)
        PARTITION BY RANGE (at);
      CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM (0) TO (100);
      CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM (100) TO (300)
        PARTITION BY LIST (at);
      CREATE TABLE event_2_rest PARTITION OF event_2 DEFAULT;
      INSERT INTO event SELECT i, i, i, 'n' || i FROM generate_series(0, 299) i;
      """;

  /** The server makes names of the indexes of partitions, and other ones than Gatefold does. */
  private static final String ON_PARTITIONS = "^(index|constraint) public\\.event_";

  @Test
  void check() throws Exception {
    DirectCase.of(SCHEMA, "- add_constraint: {table: event, name: sane, check: id >= 0}")
        .equals("ALTER TABLE event ADD CONSTRAINT sane CHECK (id >= 0)");
  }

  @Test
  void dropCheck() throws Exception {
    DirectCase.of(
            SCHEMA + "ALTER TABLE event ADD CONSTRAINT sane CHECK (id >= 0);",
            "- drop_constraint: {table: event, name: sane}")
        .equals("ALTER TABLE event DROP CONSTRAINT sane");
  }

  @Test
  void unique() throws Exception {
    DirectCase.of(SCHEMA, "- add_constraint: {table: event, name: one_each, unique: [at, id]}")
        .equalsApartFrom(
            ON_PARTITIONS, "ALTER TABLE event ADD CONSTRAINT one_each UNIQUE (at, id)");
  }

  @Test
  void primaryKey() throws Exception {
    DirectCase.of(
            SCHEMA, "- add_constraint: {table: event, name: event_key, primary_key: [id, at]}")
        .among(
            (connection, version, state) -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO event SELECT max(id) + 1, 7 FROM event");
                statement.execute("UPDATE event SET note = note || '.' WHERE at % 50 = 1");
                return 2;
              }
            })
        .equalsApartFrom(
            ON_PARTITIONS, "ALTER TABLE event ADD CONSTRAINT event_key PRIMARY KEY (id, at)");
  }

  @Test
  void primaryKeyBesideThatOfAPartition() throws Exception {
    assertThat(
            DirectCase.of(
                    SCHEMA + "ALTER TABLE event_1 ADD PRIMARY KEY (id);",
                    "- add_constraint: {table: event, name: event_key, primary_key: [id, at]}")
                .refusals())
        .singleElement()
        .asString()
        .startsWith("primary-key-taken: public.event_1:");
  }

  @Test
  void dropPrimaryKey() throws Exception {
    DirectCase.of(
            SCHEMA + "ALTER TABLE event ADD CONSTRAINT event_key PRIMARY KEY (id, at);",
            "- drop_constraint: {table: event, name: event_key}")
        .equals("ALTER TABLE event DROP CONSTRAINT event_key");
  }

  @Test
  void dropUnique() throws Exception {
    DirectCase.of(
            SCHEMA + "ALTER TABLE event ADD CONSTRAINT one_each UNIQUE (at, id);",
            "- drop_constraint: {table: event, name: one_each}")
        .equals("ALTER TABLE event DROP CONSTRAINT one_each");
  }

  @Test
  void foreignKey() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- add_constraint: {table: event, name: whose,"
                + " foreign_key: {columns: [customer], references: customer}}")
        .equals(
            "ALTER TABLE event ADD CONSTRAINT whose FOREIGN KEY (customer) REFERENCES customer");
  }

  @Test
  void index() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- create_index: {table: event, name: noted, columns: [lower(note)], where: id > 10}")
        .equalsApartFrom(ON_PARTITIONS, "CREATE INDEX noted ON event (lower(note)) WHERE id > 10");
  }

  @Test
  void dropIndex() throws Exception {
    DirectCase.of(
            SCHEMA + "CREATE INDEX noted ON event (note);",
            "- drop_index: {table: event, name: noted}")
        .equals("DROP INDEX noted");
  }
}
