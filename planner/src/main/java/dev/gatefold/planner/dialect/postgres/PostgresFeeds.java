package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Feeds;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;
import java.util.stream.Collectors;

/** Logical replication. */
final class PostgresFeeds implements Feeds {

  private static final int FIRST_WITH_COLUMN_LISTS = 15;

  private final int version;

  PostgresFeeds(int version) {
    this.version = version;
  }

  @Override
  public String publish(
      Identifier publication, TableName table, List<Identifier> columns, boolean goneToo) {
    String list = columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    return """
        CREATE PUBLICATION %s FOR TABLE %s%s \
        WITH (publish = 'insert, update%s', publish_via_partition_root = true)"""
        .formatted(
            publication.quoted(),
            table.quoted(),
            columns.isEmpty() || version < FIRST_WITH_COLUMN_LISTS ? "" : " (" + list + ")",
            goneToo ? ", delete, truncate" : "");
  }

  @Override
  public String unpublish(Identifier publication) {
    return "DROP PUBLICATION IF EXISTS " + publication.quoted();
  }

  /**
   * Not for failover: a slot that is kept on a standby may be ahead of what was applied there, and
   * of what it was to tell between the two nobody would know. One that is gone is noticed.
   */
  @Override
  public String createSlot(Identifier slot) {
    return """
        DO $gatefold$
        BEGIN
          PERFORM pg_catalog.pg_create_logical_replication_slot(%s, 'pgoutput');
        END
        $gatefold$"""
        .formatted(name(slot));
  }

  @Override
  public String dropSlot(Identifier slot) {
    return """
        DO $gatefold$
        BEGIN
          PERFORM pg_catalog.pg_terminate_backend(active_pid, 10000)
          FROM pg_catalog.pg_replication_slots
          WHERE slot_name = %1$s AND active_pid IS NOT NULL;
          PERFORM pg_catalog.pg_drop_replication_slot(slot_name)
          FROM pg_catalog.pg_replication_slots
          WHERE slot_name = %1$s;
        END
        $gatefold$"""
        .formatted(name(slot));
  }

  @Override
  public Check slotIsThere(Identifier slot) {
    return new Check(
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_replication_slots WHERE slot_name = %s)"
            .formatted(name(slot)),
        "the replication slot %s is not there".formatted(slot));
  }

  @Override
  public Check slotIsGone(Identifier slot) {
    return new Check(
        "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots WHERE slot_name = %s)"
            .formatted(name(slot)),
        "a replication slot %s_... is there already: drop it, nobody of ours knows it"
            .formatted(slot));
  }

  /** Two databases of a server may have the same change on a table of the same name. */
  private static String name(Identifier slot) {
    return """
        %s || (SELECT d.oid FROM pg_catalog.pg_database d \
        WHERE d.datname = pg_catalog.current_database())"""
        .formatted(Literal.of(slot.value() + "_"));
  }

  @Override
  public List<Check> allowed() {
    return List.of(
        new Check(
            "SELECT pg_catalog.current_setting('wal_level') = 'logical'",
            "the log does not say what becomes of rows: set wal_level = logical and restart the"
                + " server, or use sync: trigger"),
        new Check(
            """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_roles r
              WHERE pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')
                AND (r.rolname = 'rds_replication'
                     OR r.rolname = current_user AND (r.rolreplication OR r.rolsuper)))""",
            "the role may not read the log: ALTER ROLE ... REPLICATION, or use sync: trigger"),
        new Check(
            """
            SELECT pg_catalog.has_database_privilege(
              pg_catalog.current_database(), 'CREATE')""",
            "the role may not make a publication: GRANT CREATE ON DATABASE, or use sync: trigger"),
        new Check(
            """
            SELECT (SELECT count(*) FROM pg_catalog.pg_replication_slots)
                   < pg_catalog.current_setting('max_replication_slots')::int""",
            "no replication slot is free: raise max_replication_slots, or drop one that nobody"
                + " needs"));
  }

  @Override
  public Check rowsAreIdentified(TableName table, long oid) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM pg_catalog.pg_class c
          WHERE (c.oid = %1$d
                 OR c.oid IN (SELECT t.relid FROM pg_catalog.pg_partition_tree(%1$d::pg_catalog.regclass) t))
            AND c.relkind = 'r' AND c.relreplident <> 'f'
            AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_index i
              WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
                AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                        WHEN 'i' THEN i.indisreplident
                                        ELSE false END))"""
            .formatted(oid),
        """
        updates of %s would be refused once they are published, for they do not say which row they \
        are of: give it a primary key, or ALTER TABLE ... REPLICA IDENTITY"""
            .formatted(table));
  }
}
