package dev.gatefold.planner.change;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads statements that their author answers for. */
final class SqlFile {

  /** They would end the transaction that keeps a step and its record together. */
  private static final Set<String> OF_TRANSACTIONS =
      Set.of(
          "BEGIN",
          "START",
          "COMMIT",
          "END",
          "ROLLBACK",
          "ABORT",
          "SAVEPOINT",
          "RELEASE",
          "PREPARE");

  private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  private static final Pattern WORD = Pattern.compile("^\\W*(\\w+)");

  private static final List<String> LOCKS =
      List.of(
          "access share",
          "row share",
          "row exclusive",
          "share update exclusive",
          "share",
          "share row exclusive",
          "exclusive",
          "access exclusive");

  private SqlFile() {}

  static RawSql read(YamlMap map) throws ChangeFileException {
    boolean transaction = map.flag("transaction").orElse(true);
    Optional<String> done = map.parsed("done", SqlFile::query);
    RawSql operation =
        new RawSql(
            map.textOrTexts("up", text -> statement(text, transaction)),
            map.textOrTexts("down", text -> statement(text, transaction)),
            map.requiredParsed("lock", SqlFile::lock),
            map.texts("tables", TableName::parse),
            done,
            map.parsed("stage", SqlFile::stage).orElse("expand"));
    if (operation.up().isEmpty()) {
      throw map.errorAt("up", "wants a statement, or a list of them");
    }
    if (transaction == done.isPresent()) {
      throw map.errorAt(
          transaction ? "done" : "transaction",
          transaction
              ? "goes with \"transaction: false\" only: in a transaction the record says what was done"
              : "false wants \"done\" beside it: a SELECT of one boolean that says after a crash"
                  + " whether it was done");
    }
    return operation;
  }

  private static String statement(String text, boolean transaction) {
    String sql = ChangeFile.sql(text).replaceFirst("[\\s;]+$", "");
    String first = first(ChangeFile.sql(sql));
    if (OF_TRANSACTIONS.contains(first)) {
      throw new IllegalArgumentException(
          first + " is not allowed: Gatefold keeps the transaction, and its record in it");
    }
    if (!transaction && QUERIES.contains(first)) {
      throw new IllegalArgumentException(
          "a query does not run outside a transaction; leave out \"transaction: false\"");
    }
    return sql;
  }

  private static String query(String text) {
    String sql = ChangeFile.sql(text).replaceFirst("[\\s;]+$", "");
    if (!first(sql).equals("SELECT")) {
      throw new IllegalArgumentException("a SELECT of one boolean is expected");
    }
    return sql;
  }

  private static String first(String sql) {
    return WORD.matcher(sql)
        .results()
        .map(word -> word.group(1).toUpperCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  private static String lock(String text) {
    return ChangeFile.word(
            text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " "),
            LOCKS.toArray(String[]::new))
        .toUpperCase(Locale.ROOT);
  }

  private static String stage(String text) {
    return ChangeFile.word(text, "expand", "retire", "drop");
  }
}
