package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.draft.EnumType.Use;
import dev.gatefold.planner.draft.EnumType.UsingColumn;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.draft.NewEnum;
import dev.gatefold.planner.draft.SmallerEnum;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes enums and looks at those that are there. */
final class EnumDrafts {

  private static final String TYPE =
      """
      SELECT t.oid, pg_has_role(t.typowner, 'USAGE') AS owned,
             ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid
                   ORDER BY e.enumsortorder) AS labels
      FROM pg_type t
      WHERE t.oid = to_regtype(?) AND t.typtype = 'e'
      """;

  private static final String USES =
      """
      WITH RECURSIVE used AS (
        SELECT d.classid, d.objid, d.objsubid, d.refobjid <> t.oid AS of_array
        FROM pg_type t
        JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass
         AND d.refobjid IN (t.oid, t.typarray)
         AND NOT (d.classid = 'pg_type'::regclass AND d.objid = t.typarray)
        WHERE t.oid = ?::oid
      ), col AS (
        SELECT a.attrelid, a.attnum, a.attname, c.relname, n.nspname, c.relispartition, u.of_array
        FROM used u
        JOIN pg_class c ON u.classid = 'pg_class'::regclass AND c.oid = u.objid
         AND c.relkind IN ('r', 'p')
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.objsubid
      ), view (oid) AS (
        SELECT r.ev_class
        FROM col
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = col.attrelid
         AND d.refobjsubid = col.attnum AND d.classid = 'pg_rewrite'::regclass
        JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
        UNION
        SELECT r.ev_class
        FROM view
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = view.oid
         AND d.refobjsubid > 0 AND d.classid = 'pg_rewrite'::regclass
        JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
      )
      SELECT pg_describe_object(u.classid, u.objid, u.objsubid) AS description,
             col.attnum IS NOT NULL
               OR (u.classid = 'pg_class'::regclass AND u.objid IN (SELECT oid FROM view))
               OR (u.classid = 'pg_rewrite'::regclass
                   AND (SELECT ev_class FROM pg_rewrite WHERE oid = u.objid)
                     IN (SELECT oid FROM view))
               OR (u.classid <> 'pg_proc'::regclass AND EXISTS (
                 SELECT FROM pg_depend d
                 JOIN col ON d.refobjid = col.attrelid AND d.refobjsubid = col.attnum
                 WHERE d.refclassid = 'pg_class'::regclass AND d.classid = u.classid
                   AND d.objid = u.objid)) AS follows,
             col.nspname, col.relname, col.attname, col.relispartition, u.of_array,
             pg_get_expr(f.adbin, f.adrelid) AS default_value
      FROM used u
      LEFT JOIN col ON u.classid = 'pg_class'::regclass AND col.attrelid = u.objid
       AND col.attnum = u.objsubid
      LEFT JOIN pg_attrdef f ON f.adrelid = col.attrelid AND f.adnum = col.attnum
      ORDER BY col.nspname, col.relname, col.attnum, 1
      """;

  private final Session session;

  EnumDrafts(Session session) {
    this.session = session;
  }

  EnumType make(NewEnum draft) throws SQLException {
    session.execute(
        "CREATE TYPE %s AS ENUM (%s)"
            .formatted(
                draft.table().quoted(),
                draft.values().stream().map(Literal::of).collect(Collectors.joining(", "))));
    return find(draft.table());
  }

  /** With the values as they are when it is asked: an operation before may have added some. */
  EnumType make(SmallerEnum draft) throws SQLException {
    List<String> values = new ArrayList<>(find(draft.table()).values());
    values.remove(draft.without());
    return make(new NewEnum(draft.name(), values));
  }

  EnumType known(KnownEnum draft) throws SQLException {
    return find(draft.table());
  }

  private EnumType find(TableName name) throws SQLException {
    List<EnumType> found = session.list(EnumDrafts::type, TYPE, name.quoted());
    if (found.isEmpty()) {
      throw new SQLException("there is no enum " + name, "42704");
    }
    EnumType type = found.get(0);
    return new EnumType(
        type.oid(),
        type.owned(),
        type.values(),
        session.list(EnumDrafts::use, USES, type.oid()).stream().distinct().toList());
  }

  private static EnumType type(ResultSet row) throws SQLException {
    return new EnumType(
        row.getLong("oid"),
        row.getBoolean("owned"),
        List.of((String[]) row.getArray("labels").getArray()),
        List.of());
  }

  private static Use use(ResultSet row) throws SQLException {
    Optional<String> table = Optional.ofNullable(row.getString("relname"));
    return new Use(
        row.getString("description"),
        row.getBoolean("follows"),
        table.isEmpty() || row.getBoolean("relispartition")
            ? Optional.empty()
            : Optional.of(
                new UsingColumn(
                    new TableName(
                        new Identifier(row.getString("nspname")), new Identifier(table.get())),
                    new Identifier(row.getString("attname")),
                    row.getBoolean("of_array"),
                    Optional.ofNullable(row.getString("default_value")))));
  }
}
