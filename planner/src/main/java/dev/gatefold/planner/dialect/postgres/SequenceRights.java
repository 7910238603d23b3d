package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.TableName;

/** Who may draw numbers. */
final class SequenceRights {

  private SequenceRights() {}

  /**
   * Lets all draw from a sequence who may insert rows into the table, its partitions or any of
   * their columns, as they are when it runs: whoever inserts a row evaluates every default that it
   * gives no value for.
   */
  static String letInsertersDraw(TableName table, TableName sequence) {
    return PartitionText.block(
        """
        FOR r IN
          WITH tables (oid) AS (
            SELECT %1$s::pg_catalog.oid
            UNION
            SELECT relid::pg_catalog.oid FROM pg_catalog.pg_partition_tree(%1$s)),
          rights (owner, acl) AS (
            SELECT c.relowner, c.relacl FROM tables t JOIN pg_catalog.pg_class c ON c.oid = t.oid
            UNION ALL
            SELECT c.relowner, a.attacl FROM tables t
            JOIN pg_catalog.pg_class c ON c.oid = t.oid
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid)
          SELECT DISTINCT CASE g.grantee WHEN 0 THEN 'PUBLIC'
                   ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END AS role
          FROM rights, pg_catalog.aclexplode(rights.acl) g
          WHERE g.privilege_type = 'INSERT' AND g.grantee <> rights.owner
          ORDER BY role
        LOOP
          EXECUTE pg_catalog.concat('GRANT USAGE ON SEQUENCE ', %2$s, ' TO ', r.role);
        END LOOP;"""
            .formatted(PartitionText.regclass(table), PartitionText.regclass(sequence)));
  }
}
