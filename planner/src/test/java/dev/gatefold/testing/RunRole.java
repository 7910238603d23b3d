package dev.gatefold.testing;

import java.util.Locale;

/** As whom the tests of this run work on their databases. */
public enum RunRole {
  SUPERUSER,
  /** A role that owns the tables and has what a DBA grants, and no more. */
  OWNER;

  private static final String PROPERTY = "gatefold.test.role";

  /** Role and database are filled in. */
  static final String MADE_BY_DBA =
      """
      DO $$ BEGIN
        IF to_regrole('%1$s') IS NULL THEN CREATE ROLE %1$s; END IF;
      END $$;
      ALTER ROLE %1$s LOGIN;
      GRANT CREATE, TEMPORARY ON DATABASE %2$s TO %1$s;
      GRANT CREATE ON SCHEMA public TO %1$s;
      """;

  /** What concerns the whole server and one can do without. The role is filled in. */
  static final String GRANTED_BY_DBA =
      """
      GRANT pg_read_all_stats TO %1$s;
      DO $$ BEGIN
        IF current_setting('server_version_num')::int >= 150000 THEN
          GRANT SET ON PARAMETER session_replication_role TO %1$s;
        END IF;
      END $$;
      """;

  public static RunRole ofThisRun() {
    String name = System.getProperty(PROPERTY, SUPERUSER.name());
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
