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
import java.util.Optional;
import java.util.Set;

/**
 * Puts the names of probes into foreign keys. The server cannot print them so: a temporary table
 * must not refer to a permanent one.
 */
final class ForeignKeyProber {

  // The text before REFERENCES is known, so it can be taken off without parsing. A list of columns
  // after SET NULL, new in version 15, is seen in the catalog. Between two partitioned tables there
  // is one for each pair of partitions.
  private static final String FOREIGN_KEYS =
      """
      SELECT c.conname,
             substr(d.definition, length(p.prefix) + 1) AS rest,
             starts_with(d.definition, p.prefix)
               AND to_jsonb(c) ->> 'confdelsetcols' IS NULL
               AND NOT EXISTS (SELECT FROM pg_class o, pg_class r
                               WHERE o.oid = c.conrelid AND o.relkind = 'p'
                                 AND r.oid = c.confrelid AND r.relkind = 'p') AS simple,
             c.confrelid = c.conrelid AND c.confkey::int[] && ?::int[] AS refers_to_changed,
             c.conkey::int[] AS columns,
             ARRAY(SELECT format_type(a.atttypid, a.atttypmod)
                   FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, place)
                   JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum
                   ORDER BY k.place) AS types
      FROM pg_constraint c
      CROSS JOIN LATERAL (SELECT pg_get_constraintdef(c.oid) AS definition) AS d
      CROSS JOIN LATERAL (
        SELECT 'FOREIGN KEY (' || string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)
                 || ') REFERENCES ' AS prefix
        FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
      ) AS p
      WHERE c.conrelid = ?::oid AND c.contype = 'f' AND c.conkey::int[] && ?::int[]
      ORDER BY c.conname
      """;

  private record ForeignKey(
      Identifier name, String rest, boolean supported, List<Integer> columns, List<String> types) {}

  private final Session session;
  private final Clone renewed;
  private final Set<Integer> changed;

  ForeignKeyProber(Session session, Clone renewed, Set<Integer> changed) {
    this.session = session;
    this.renewed = renewed;
    this.changed = changed;
  }

  /** The table's own foreign keys over changed columns. */
  List<ObjectProbe> probe(long table) throws SQLException {
    String numbers = Session.array(changed);
    List<ForeignKey> keys =
        session.list(ForeignKeyProber::foreignKey, FOREIGN_KEYS, numbers, table, numbers);
    List<ObjectProbe> probes = new ArrayList<>();
    for (ForeignKey key : keys) {
      probes.add(new ObjectProbe(ObjectKind.CONSTRAINT, key.name(), template(key)));
    }
    return probes;
  }

  private Probed<SqlTemplate> template(ForeignKey key) throws SQLException {
    if (!key.supported() || key.rest().contains(SqlTemplate.COLUMN)) {
      return Rejections.of(
          Rejections.NOT_SUPPORTED, "this form of a foreign key is not supported yet");
    }
    for (int i = 0; i < key.columns().size(); i++) {
      Optional<Probed.Rejected<?>> refused = comparison(key.columns().get(i), key.types().get(i));
      if (refused.isPresent()) {
        return Rejections.of(refused.get());
      }
    }
    List<String> columns = key.columns().stream().map(this::column).toList();
    return new Probed.Accepted<>(
        new SqlTemplate(
            "FOREIGN KEY (" + String.join(", ", columns) + ") REFERENCES " + key.rest()));
  }

  private Optional<Probed.Rejected<?>> comparison(int attnum, String referenced)
      throws SQLException {
    String local = renewed.type(attnum).sql();
    Probed<String> compared =
        session.tryOut(
            () -> {
              session.executeAsAuthor("SELECT NULL::" + local + " = NULL::" + referenced);
              return local;
            });
    return Rejections.rejection(compared);
  }

  private String column(int attnum) {
    return changed.contains(attnum) ? SqlTemplate.COLUMN + attnum : renewed.column(attnum).quoted();
  }

  private static ForeignKey foreignKey(ResultSet row) throws SQLException {
    return new ForeignKey(
        new Identifier(row.getString("conname")),
        row.getString("rest"),
        row.getBoolean("simple") && !row.getBoolean("refers_to_changed"),
        List.of((Integer[]) row.getArray("columns").getArray()),
        List.of((String[]) row.getArray("types").getArray()));
  }
}
