package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import dev.gatefold.planner.schema.TableProbe.ObjectProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts the names of probes into foreign keys that point to changed columns, and tries them between
 * the new clone and a table that refers to it.
 */
final class IncomingProber {

  // The text around the columns is known, so they can be taken out without parsing.
  private static final String FOREIGN_KEYS =
      """
      SELECT c.oid::text AS oid, p.target,
             substr(d.definition, length(p.prefix) + 1) AS rest,
             starts_with(d.definition, p.prefix)
               AND (to_jsonb(c) ->> 'confdelsetcols' IS NULL OR c.conrelid <> c.confrelid)
               AS simple,
             c.conrelid = c.confrelid AS own,
             c.conkey::int[] AS referring, p.names,
             ARRAY(SELECT format_type(a.atttypid, a.atttypmod)
                   FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
                   JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
                   ORDER BY k.place) AS types,
             c.confkey::int[] AS referenced
      FROM pg_constraint c
      JOIN pg_class r ON r.oid = c.confrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      CROSS JOIN LATERAL (SELECT pg_get_constraintdef(c.oid) AS definition) AS d
      CROSS JOIN LATERAL (
        SELECT format('%I.%I', n.nspname, r.relname) AS target,
               array_agg(quote_ident(a.attname) ORDER BY k.place) AS names,
               'FOREIGN KEY (' || string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)
                 || ') REFERENCES ' || format('%I.%I', n.nspname, r.relname)
                 || '(' || string_agg(quote_ident(f.attname), ', ' ORDER BY k.place)
                 || ')' AS prefix
        FROM unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (attnum, other, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
        JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = k.other
      ) AS p
      WHERE c.confrelid = ?::oid AND c.contype = 'f' AND c.confkey::int[] && ?::int[]
      ORDER BY c.oid
      """;

  private record ForeignKey(
      Identifier oid,
      String target,
      String rest,
      boolean simple,
      boolean own,
      List<Integer> referring,
      List<String> names,
      List<String> types,
      List<Integer> referenced) {}

  private final Session session;
  private final Clone renewed;
  private final Set<Integer> changed;

  IncomingProber(Session session, Clone renewed, Set<Integer> changed) {
    this.session = session;
    this.renewed = renewed;
    this.changed = changed;
  }

  /** Foreign keys that point to changed columns of the table. */
  List<ObjectProbe> probe(long table) throws SQLException {
    List<ObjectProbe> probes = new ArrayList<>();
    for (ForeignKey key :
        session.list(IncomingProber::foreignKey, FOREIGN_KEYS, table, Session.array(changed))) {
      probes.add(new ObjectProbe(ObjectKind.INCOMING_FOREIGN_KEY, key.oid(), template(key)));
    }
    return probes;
  }

  private Probed<SqlTemplate> template(ForeignKey key) throws SQLException {
    List<String> referring =
        IntStream.range(0, key.names().size())
            .mapToObj(i -> key.own() ? column(key.referring().get(i)) : key.names().get(i))
            .toList();
    String definition =
        "FOREIGN KEY (%s) REFERENCES %s(%s)%s"
            .formatted(String.join(", ", referring), key.target(), referenced(key), key.rest());
    boolean foreignProbe =
        !key.simple()
            || key.rest().contains(SqlTemplate.COLUMN)
            || key.target().contains(SqlTemplate.COLUMN)
            || (!key.own() && key.names().toString().contains(SqlTemplate.COLUMN));
    if (foreignProbe) {
      return Rejections.of(
          Rejections.NOT_SUPPORTED, "this form of a foreign key is not supported yet");
    }
    Probed<String> tried =
        session.tryOut(
            () -> {
              refer(key);
              return definition;
            });
    return tried.match(text -> new Probed.Accepted<>(new SqlTemplate(text)), Rejections::of);
  }

  /** The server alone knows which types a foreign key may compare. */
  private void refer(ForeignKey key) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < key.types().size(); i++) {
      int attnum = key.referring().get(i);
      String type =
          key.own() && changed.contains(attnum) ? renewed.type(attnum).sql() : key.types().get(i);
      columns.add("c" + i + " " + type);
    }
    session.execute("CREATE TEMP TABLE gatefold_child (" + String.join(", ", columns) + ")");
    renewed.alter("ADD UNIQUE (" + referenced(key) + ")");
    session.execute(
        "ALTER TABLE pg_temp.gatefold_child ADD FOREIGN KEY (%s) REFERENCES %s (%s)"
            .formatted(
                IntStream.range(0, columns.size())
                    .mapToObj(i -> "c" + i)
                    .collect(Collectors.joining(", ")),
                renewed.sql(),
                referenced(key)));
  }

  private String referenced(ForeignKey key) {
    return key.referenced().stream().map(this::column).collect(Collectors.joining(", "));
  }

  private String column(int attnum) {
    return changed.contains(attnum) ? SqlTemplate.COLUMN + attnum : renewed.column(attnum).quoted();
  }

  private static ForeignKey foreignKey(ResultSet row) throws SQLException {
    return new ForeignKey(
        new Identifier(row.getString("oid")),
        row.getString("target"),
        row.getString("rest"),
        row.getBoolean("simple"),
        row.getBoolean("own"),
        List.of((Integer[]) row.getArray("referring").getArray()),
        List.of((String[]) row.getArray("names").getArray()),
        List.of((String[]) row.getArray("types").getArray()),
        List.of((Integer[]) row.getArray("referenced").getArray()));
  }
}
