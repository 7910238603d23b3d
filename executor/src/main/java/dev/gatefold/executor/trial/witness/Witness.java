package dev.gatefold.executor.trial.witness;

import dev.gatefold.backfill.session.Connections;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what the steps of a rollout do to relations that others use: which locks they hold, what
 * they rewrite and what they scan. The server itself takes notes, inside each transaction, by
 * triggers that only a superuser can make. For a database that may be wrecked. Not thread-safe.
 */
public final class Witness implements AutoCloseable {

  private final Connections database;
  private final Connection connection;
  private Map<Long, Relation> known = Map.of();
  private List<Relation> named = List.of();
  private Optional<Bystander> bystander = Optional.empty();

  private Witness(Connections database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Makes the triggers.
   *
   * @param database opens connections of a superuser, under a name other than Gatefold's, to a
   *     database that has Gatefold's schema
   */
  public static Witness on(Connections database) throws SQLException {
    Witness witness = new Witness(database, database.open());
    witness.execute(WitnessSql.INSTALL);
    return witness;
  }

  /** From now on this step runs. Whatever comes into being from now on is nobody's yet. */
  public void begin(Step step) throws SQLException {
    know();
    named =
        known.values().stream()
            .filter(relation -> step.tables().contains(relation.name()))
            .toList();
    if (step instanceof Step.OnlineDdl) {
      // In the order of the step: parents before children.
      List<TableName> tables =
          step.tables().stream()
              .filter(table -> named.stream().anyMatch(relation -> relation.isTable(table)))
              .toList();
      bystander = Optional.of(Bystander.of(database, tables));
    }
  }

  private void know() throws SQLException {
    execute(WitnessSql.KNOW);
    Map<Long, Relation> relations = new HashMap<>();
    for (Relation relation :
        Query.of(WitnessSql.KNOWN)
            .list(
                connection,
                row ->
                    new Relation(
                        row.getLong(1),
                        new TableName(
                            new Identifier(row.getString(2)), new Identifier(row.getString(3))),
                        row.getString(4),
                        Set.of((String[]) row.getArray(5).getArray())))) {
      relations.put(relation.oid(), relation);
    }
    known = Map.copyOf(relations);
  }

  /** What has been seen since the step began. */
  public Sight end() throws SQLException, InterruptedException {
    Map<Relation, HeldMode> locks = new HashMap<>();
    if (bystander.isPresent()) {
      bystander.get().end().forEach((oid, mode) -> add(locks, oid, mode));
      bystander = Optional.empty();
    }
    Query.of(WitnessSql.HELD)
        .list(connection, row -> Map.entry(row.getLong(1), HeldMode.of(row.getString(2))))
        .forEach(lock -> add(locks, lock.getKey(), lock.getValue()));
    named.forEach(relation -> locks.merge(relation, HeldMode.NONE, HeldMode::or));
    return new Sight(
        locks,
        relations(WitnessSql.REWRITTEN),
        relations(WitnessSql.SCANNED),
        new HashSet<>(relations(WitnessSql.GONE)));
  }

  private void add(Map<Relation, HeldMode> locks, long oid, HeldMode mode) {
    relation(oid).ifPresent(relation -> locks.merge(relation, mode, HeldMode::or));
  }

  private Optional<Relation> relation(long oid) {
    return Optional.ofNullable(known.get(oid));
  }

  private List<Relation> relations(String query) throws SQLException {
    return Query.of(query).list(connection, row -> row.getLong(1)).stream()
        .flatMap(oid -> relation(oid).stream())
        .toList();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Takes away whatever it made. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      if (bystander.isPresent()) {
        bystander.get().close();
      }
      execute(WitnessSql.REMOVE);
    }
  }
}
