package dev.gatefold.executor.trial.copy;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Literal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a copy that takes rows of its own: an ordinary one or a whole partitioned one.
 *
 * @param name quoted, with its schema
 * @param columns that can be written, quoted
 */
record SampleTable(String name, boolean partitioned, List<String> columns) {

  private static final String ALL =
      """
      SELECT c.oid::regclass::text, c.relkind = 'p',
             ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                     AND a.attgenerated = ''
                   ORDER BY a.attnum)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_'
        AND n.nspname NOT IN ('information_schema', 'gatefold')
      ORDER BY 1\
      """;

  SampleTable {
    columns = List.copyOf(columns);
  }

  static List<SampleTable> all(Connection copy) throws SQLException {
    return Query.of(ALL)
        .list(
            copy,
            row ->
                new SampleTable(
                    row.getString(1),
                    row.getBoolean(2),
                    List.of((String[]) row.getArray(3).getArray())))
        .stream()
        .filter(table -> !table.columns().isEmpty())
        .toList();
  }

  /** Some of its rows, whichever come first. */
  String sample(int rows) {
    return "COPY (SELECT %s FROM %s LIMIT %d) TO STDOUT".formatted(list(), from(), rows);
  }

  /** The rows with these keys. */
  String parents(ForeignKey key, List<String> missing) {
    List<String> casts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> arrays = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      names.add("k" + i);
      casts.add("m.k%d::%s".formatted(i, key.types().get(i)));
      arrays.add(Literal.of(missing.get(i)) + "::text[]");
    }
    return "COPY (SELECT %s FROM %s WHERE (%s) IN (SELECT %s FROM unnest(%s) AS m (%s))) TO STDOUT"
        .formatted(
            list(),
            from(),
            String.join(", ", key.keys()),
            String.join(", ", casts),
            String.join(", ", arrays),
            String.join(", ", names));
  }

  String into() {
    return "COPY %s (%s) FROM STDIN".formatted(name, list());
  }

  private String list() {
    return String.join(", ", columns);
  }

  /** A child that inherits is a table of its own, with its own rows. */
  private String from() {
    return partitioned ? name : "ONLY " + name;
  }
}
