package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Literal;
import java.util.List;

/**
 * Takes rights on retired columns away and gives them back. The server knows no right on a table
 * but for one column, so a right on the whole table gives way to the same on each other column:
 * those are lent. What somebody took away in the meantime stays away.
 */
final class DeniedRights {

  /** The privileges that columns have, too. */
  static final String KINDS = "('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')";

  /** A role may have been dropped. */
  private static final String KNOWN =
      "(d.grantee = 0 OR d.grantee IN (SELECT o.oid FROM pg_catalog.pg_roles o))";

  /** Whether column {@code a} is denied to all but the owner. */
  private static final String DENIED =
      """
      EXISTS (
          SELECT FROM gatefold.retired_column k
          WHERE k.table_oid = a.attrelid AND k.attnum = a.attnum AND k.denied)""";

  /** What is lent in the place of {@code d}, with the columns {@code b} that are still there. */
  private static final String LENT =
      """
      SELECT FROM gatefold.lent_right l
          JOIN pg_catalog.pg_attribute b
            ON b.attrelid = l.table_oid AND b.attnum = l.attnum AND NOT b.attisdropped
          WHERE l.table_oid = d.table_oid AND l.grantee = d.grantee AND l.privilege = d.privilege""";

  private static final String STANDS =
      """
      EXISTS (
            SELECT FROM pg_catalog.aclexplode(b.attacl) h
            WHERE h.grantee = d.grantee AND h.privilege_type = d.privilege
              AND (h.is_grantable OR NOT d.grantable))""";

  private DeniedRights() {}

  /** From everybody but the owner. */
  static List<String> take(String token) {
    String tables = tables(token);
    return List.of(
        noteWholeTables(tables),
        noteColumns(token),
        """
        DELETE FROM gatefold.lent_right l USING gatefold.retired_column k
        WHERE k.token = %s AND l.table_oid = k.table_oid AND l.attnum = k.attnum"""
            .formatted(Literal.of(token)),
        takeWholeTables("d.table_oid IN " + tables),
        takeColumns(token));
  }

  private static String noteWholeTables(String tables) {
    return """
    INSERT INTO gatefold.denied_right AS d (table_oid, attnum, grantee, privilege, grantable)
    SELECT c.oid, 0, g.grantee, g.privilege_type, g.is_grantable
    FROM pg_catalog.pg_class c
    CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) g
    WHERE c.oid IN %s AND g.grantee <> c.relowner AND g.privilege_type IN %s
    ON CONFLICT (table_oid, attnum, grantee, privilege) DO UPDATE
    SET grantable = d.grantable OR excluded.grantable"""
        .formatted(tables, KINDS);
  }

  /** The users' own rights on the very columns; what another change lends them is none. */
  private static String noteColumns(String token) {
    return """
    INSERT INTO gatefold.denied_right (table_oid, attnum, grantee, privilege, grantable)
    SELECT a.attrelid, a.attnum, g.grantee, g.privilege_type, g.is_grantable AND l.grantee IS NULL
    FROM gatefold.retired_column k
    JOIN pg_catalog.pg_class c ON c.oid = k.table_oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.table_oid AND a.attnum = k.attnum
    CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) g
    LEFT JOIN gatefold.lent_right l
      ON l.table_oid = k.table_oid AND l.attnum = k.attnum AND l.grantee = g.grantee
     AND l.privilege = g.privilege_type
    WHERE k.token = %s AND g.grantee <> c.relowner AND l.option_only IS DISTINCT FROM false"""
        .formatted(Literal.of(token));
  }

  /** REVOKE on a table takes rights on its columns along: those are granted again. */
  private static String takeWholeTables(String where) {
    String standing =
        """
          SELECT d.table_oid, d.grantee, d.privilege, g.is_grantable, a.attnum, a.attname
          FROM gatefold.denied_right d
          JOIN pg_catalog.pg_attribute a ON a.attrelid = d.table_oid AND NOT a.attisdropped
          CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) g
          WHERE d.attnum = 0 AND %s AND g.grantee = d.grantee AND g.privilege_type = d.privilege
            AND NOT %s
          UNION
        """
            .formatted(where, DENIED);
    String taken =
        """
        (SELECT d.table_oid, d.grantee, d.privilege, false AS grantable
              FROM gatefold.denied_right d WHERE d.attnum = 0 AND %s AND %s)"""
            .formatted(where, KNOWN);
    return RightsText.loop(
        String.join(
            ",\n", lent(where), RightsText.words(standing + NEWLY_LENT), RightsText.whole(taken)),
        RightsText.revoke(0, "whole"),
        RightsText.grant(1, "words"));
  }

  private static String takeColumns(String token) {
    String rights =
        """
          SELECT a.attrelid, g.grantee, g.privilege_type, false, a.attnum, a.attname
          FROM gatefold.retired_column k
          JOIN pg_catalog.pg_class c ON c.oid = k.table_oid
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.table_oid AND a.attnum = k.attnum
          CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) g
          WHERE k.token = %s AND g.grantee <> c.relowner"""
            .formatted(Literal.of(token));
    return RightsText.loop(RightsText.words(rights), RightsText.revoke(0, "words"));
  }

  /** To whom they were taken from. */
  static List<String> giveBack(String token) {
    String columns =
        """
        EXISTS (
            SELECT FROM gatefold.retired_column k WHERE k.token = %s
              AND k.table_oid = d.table_oid AND k.attnum = %%s)"""
            .formatted(Literal.of(token));
    String last =
        """
        d.table_oid IN %s AND NOT EXISTS (
            SELECT FROM gatefold.retired_column k WHERE k.table_oid = d.table_oid AND k.denied)"""
            .formatted(tables(token));
    return List.of(
        "UPDATE gatefold.retired_column SET denied = false WHERE token = " + Literal.of(token),
        giveColumns(columns.formatted("d.attnum")),
        "DELETE FROM gatefold.denied_right d WHERE " + columns.formatted("d.attnum"),
        lend(columns.formatted("a.attnum")),
        giveWholeTables(last),
        "DELETE FROM gatefold.lent_right d WHERE " + last,
        "DELETE FROM gatefold.denied_right d WHERE " + last);
  }

  private static String giveColumns(String where) {
    String rights =
        """
          SELECT d.table_oid, d.grantee, d.privilege, d.grantable, a.attnum, a.attname
          FROM gatefold.denied_right d
          JOIN pg_catalog.pg_attribute a
            ON a.attrelid = d.table_oid AND a.attnum = d.attnum AND NOT a.attisdropped
          WHERE %s AND %s"""
            .formatted(where, KNOWN);
    return RightsText.loop(RightsText.words(rights), RightsText.grant(0, "words"));
  }

  private static String giveWholeTables(String where) {
    String back =
        """
        back AS (
          SELECT d.* FROM gatefold.denied_right d
          WHERE d.attnum = 0 AND %s AND %s
            AND NOT EXISTS (%s AND NOT %s))"""
            .formatted(where, KNOWN, LENT, STANDS);
    // A lent right on which somebody has built stays: it could not be taken without theirs.
    String rights =
        """
          SELECT l.table_oid, l.grantee, l.privilege, l.option_only, b.attnum, b.attname
          FROM back d
          JOIN gatefold.lent_right l
            ON l.table_oid = d.table_oid AND l.grantee = d.grantee AND l.privilege = d.privilege
          JOIN pg_catalog.pg_attribute b
            ON b.attrelid = l.table_oid AND b.attnum = l.attnum AND NOT b.attisdropped
          WHERE NOT EXISTS (
            SELECT FROM pg_catalog.aclexplode(b.attacl) h
            WHERE h.grantor = d.grantee AND h.privilege_type = d.privilege)""";
    return RightsText.loop(
        String.join(",\n", back, RightsText.words(rights), RightsText.whole("back")),
        RightsText.grant(0, "whole"),
        RightsText.revoke(1, "words"));
  }

  /**
   * Lends rights on the columns {@code a} in the place of those on their tables {@code d}.
   *
   * @param where which ones
   */
  static String lend(String where) {
    return RightsText.loop(
        lent(where) + ",\n" + RightsText.words(NEWLY_LENT), RightsText.grant(0, "words"));
  }

  /** Notes what is to be lent; where nothing of it is left that was lent before, nothing is. */
  private static String lent(String where) {
    return """
    lent AS (
      INSERT INTO gatefold.lent_right AS l (table_oid, attnum, grantee, privilege, option_only)
      SELECT d.table_oid, a.attnum, d.grantee, d.privilege, own.grantable IS NOT NULL
      FROM gatefold.denied_right d
      -- Some applications read xmin or ctid.
      JOIN pg_catalog.pg_attribute a ON a.attrelid = d.table_oid AND NOT a.attisdropped
        AND (a.attnum > 0 OR d.privilege = 'SELECT')
      CROSS JOIN LATERAL (
        SELECT pg_catalog.bool_or(g.is_grantable) AS grantable
        FROM pg_catalog.aclexplode(a.attacl) g
        WHERE g.grantee = d.grantee AND g.privilege_type = d.privilege) own
      WHERE d.attnum = 0 AND %1$s AND %2$s
        AND (own.grantable IS NULL OR d.grantable AND NOT own.grantable)
        AND NOT %3$s
        AND (EXISTS (%4$s AND %5$s) OR NOT EXISTS (%4$s))
      ON CONFLICT (table_oid, attnum, grantee, privilege) DO UPDATE
      SET option_only = l.option_only WHERE excluded.option_only
      RETURNING *)"""
        .formatted(where, KNOWN, DENIED, LENT, STANDS);
  }

  private static final String NEWLY_LENT =
      """
        SELECT l.table_oid, l.grantee, l.privilege, d.grantable, a.attnum, a.attname
        FROM lent l
        JOIN gatefold.denied_right d ON d.attnum = 0 AND d.table_oid = l.table_oid
         AND d.grantee = l.grantee AND d.privilege = l.privilege
        JOIN pg_catalog.pg_attribute a ON a.attrelid = l.table_oid AND a.attnum = l.attnum""";

  private static String tables(String token) {
    return "(SELECT k.table_oid FROM gatefold.retired_column k WHERE k.token = %s)"
        .formatted(Literal.of(token));
  }
}
