package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.cli.text.PlanSql;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** What {@code plan -o sql} prints can be run as it stands, statement by statement. */
class ScriptTest {

  private static final String TABLES =
      """
      CREATE TABLE users (id int PRIMARY KEY, name text);
      CREATE TABLE orders (id int PRIMARY KEY, buyer int REFERENCES users, total int NOT NULL
        DEFAULT 0 CHECK (total >= 0), note varchar(5), "It's; odd" text);
      CREATE UNIQUE INDEX ON orders (total, id);
      CREATE TABLE parts (id int PRIMARY KEY, n int) PARTITION BY RANGE (id);
      CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (100);
      CREATE INDEX ON parts (n);
      CREATE VIEW dear AS SELECT id, total FROM orders WHERE total > 100;
      INSERT INTO orders SELECT i, NULL, i FROM generate_series(1, 50) i;
      INSERT INTO parts SELECT i, i FROM generate_series(1, 50) i;
      """;

  private static final Pattern UNCOMMENT = Pattern.compile("^-- ", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter_column: {table: orders, column: total, type: bigint}",
        "alter_column: {table: orders, column: note, nullable: true, default: \"'x'\"}",
        "rename_column: {table: orders, column: '\"It''s; odd\"', to: plain}",
        "rename_column: {table: parts, column: n, to: m}",
        "rename_column: {table: orders, column: buyer, to: who}",
      })
  void everyStageRunsAndItsUndoBringsTheCatalogBack(String operation) throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      String yaml = "change: x\noperations: [{" + operation + "}]";
      Plan plan = (Plan) journey.rollouts().plan(ChangeFile.read("x", yaml));
      String script = PlanSql.of(plan);
      Deque<Done> done = new ArrayDeque<>();
      for (Stage stage : plan.stages()) {
        if (stage.name() != StageName.DROP) {
          done.push(new Done(stage.name(), pictures(journey)));
          run(journey, section(script, "==== stage " + stage.name().word() + " ===="));
          assertThat(pictures(journey)).as("%s", stage.name()).isNotEqualTo(done.peek().before());
        }
      }
      for (Done stage : done) {
        String undo = section(script, "---- undo of stage " + stage.name().word() + " ----");
        run(journey, UNCOMMENT.matcher(undo).replaceAll(""));
        assertThat(pictures(journey)).as("%s undone", stage.name()).isEqualTo(stage.before());
      }
    }
  }

  private record Done(StageName name, List<String> before) {}

  private static List<String> pictures(Journey journey) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("orders", "users", "parts", "low")) {
      lines.addAll(journey.catalog(table));
    }
    return lines;
  }

  /** What stands between one heading and the next. */
  private static String section(String script, String heading) {
    int begin = script.indexOf('\n', script.indexOf("-- " + heading));
    int end = script.indexOf("\n-- ---- undo of", begin);
    int next = script.indexOf("\n-- ==== stage", begin);
    boolean last = end < 0 || (next >= 0 && next < end);
    int until = last ? next : end;
    return script.substring(begin + 1, until < 0 ? script.length() : until);
  }

  /** As psql does: each statement by itself, and of one that ends in \gexec its rows. */
  private static void run(Journey journey, String script) throws SQLException {
    try (Connection connection = journey.database().connect();
        Statement statement = connection.createStatement()) {
      for (String part : statements(script)) {
        if (part.endsWith("\\gexec")) {
          for (String row : rows(statement, part.replace("\\gexec", ""))) {
            statement.execute(row);
          }
        } else {
          statement.execute(part);
        }
      }
    }
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static List<String> statements(String script) throws SQLException {
    return Parser.parseJdbcSql(
            script.replace("\\gexec", "\\gexec;"), true, false, true, false, false)
        .stream()
        .map((NativeQuery query) -> query.nativeSql.strip())
        .filter(sql -> !sql.isEmpty())
        .toList();
  }
}
