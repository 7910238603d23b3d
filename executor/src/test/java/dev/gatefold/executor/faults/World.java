package dev.gatefold.executor.faults;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.faults.client.Deployment;
import dev.gatefold.executor.faults.client.Deployment.Running;
import dev.gatefold.executor.faults.client.Refusal;
import dev.gatefold.executor.faults.client.Traffic;
import dev.gatefold.executor.faults.client.Version;
import dev.gatefold.executor.faults.history.Cell;
import dev.gatefold.executor.faults.history.History;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.history.Transaction;
import dev.gatefold.executor.faults.history.Transaction.Outcome;
import dev.gatefold.executor.faults.history.Write;
import dev.gatefold.executor.faults.nemesis.Scene;
import dev.gatefold.executor.faults.scenario.Column;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.executor.faults.server.Patience;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.faults.server.Wire;
import dev.gatefold.executor.journey.CatalogPicture;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A database of its own with a table in it, applications at work on it, and a wire to break. */
final class World implements Scene.Applications, AutoCloseable {

  static final int ROWS = 800;

  private static final int SOME = 12;

  private final Server server;
  private final String database;
  private final Scenario scenario;
  private final Wire wire;
  private final History history = new History();
  private final List<Integer> epochs;
  private final Deployment deployment;
  private final Traffic traffic;
  private final Observer observer;
  private final List<String> catalog;

  private World(Server server, String database, Scenario scenario)
      throws IOException, SQLException {
    this.server = server;
    this.database = database;
    this.scenario = scenario;
    this.wire = Wire.to(server.port());
    this.epochs = new ArrayList<>(Collections.nCopies(scenario.columns().size(), 0));
    this.deployment = new Deployment(new Running(List.of(), epochs, true));
    this.traffic = new Traffic(deployment, history);
    this.observer = new Observer(server.url(database), scenario, history);
    this.catalog = catalog();
  }

  static World on(Server server, String database, Scenario scenario)
      throws IOException, SQLException {
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
    server.execute("postgres", "CREATE DATABASE " + database);
    server.execute(database, scenario.schema() + Traffic.schema());
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(server.url(database)))) {
      rollouts.init();
    }
    World world = new World(server, database, scenario);
    world.fill();
    return world;
  }

  /** The rows that the table begins with, as the first transaction of the history. */
  private void fill() throws SQLException {
    List<Column> columns = scenario.columns();
    List<Write> writes = new ArrayList<>();
    List<List<String>> values = new ArrayList<>();
    columns.forEach(column -> values.add(new ArrayList<>()));
    for (long key = 1; key <= ROWS; key++) {
      Map<Integer, Cell> cells = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        cells.put(i, columns.get(i).cell(Side.OLD, key, 0));
        values.get(i).add(cells.get(i).old().orElseThrow());
      }
      writes.add(Write.put(key, 0, cells));
    }
    insert(values);
    history.add(new Transaction(0, -1, 0, history.tick(), Outcome.COMMITTED, writes));
  }

  private void insert(List<List<String>> values) throws SQLException {
    StringBuilder names = new StringBuilder();
    StringBuilder casts = new StringBuilder();
    StringBuilder lists = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      Column.Name old = scenario.columns().get(i).old();
      names.append(", ").append(old.name());
      casts.append(", CAST(v%d AS %s)".formatted(i, old.type()));
      lists.append(", CAST(? AS text[])");
    }
    String sql =
        "INSERT INTO orders (id, version%s) SELECT id, 0%s FROM unnest(CAST(? AS bigint[])%s) r (id%s)"
            .formatted(names, casts, lists, String.join("", labels(values.size())));
    try (Connection connection = server.connect(database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      Object[] keys = LongStream.rangeClosed(1, ROWS).boxed().toArray();
      statement.setArray(1, connection.createArrayOf("bigint", keys));
      for (int i = 0; i < values.size(); i++) {
        Array list = connection.createArrayOf("text", values.get(i).toArray());
        statement.setArray(i + 2, list);
      }
      statement.executeUpdate();
    }
    server.execute(database, "ANALYZE orders");
  }

  private static List<String> labels(int count) {
    return IntStream.range(0, count).mapToObj(i -> ", v" + i).toList();
  }

  void start(SplittableRandom random) {
    traffic.start(server.url(database), server.url(database), scenario.columns(), ROWS, random);
  }

  Server server() {
    return server;
  }

  String database() {
    return database;
  }

  Scenario scenario() {
    return scenario;
  }

  Wire wire() {
    return wire;
  }

  /** The way of the executor to the server. */
  String way() {
    return Server.url(database, wire.port());
  }

  Observer observer() {
    return observer;
  }

  History history() {
    return history;
  }

  List<Refusal> refusals() {
    return traffic.refusals();
  }

  /** What the catalog said at the begin. */
  List<String> catalogBefore() {
    return catalog;
  }

  List<String> catalog() throws SQLException {
    return server.strings(
        database,
        "SELECT concat_ws('|', VARIADIC ARRAY(SELECT value FROM jsonb_each_text(to_jsonb(q)) ORDER"
            + " BY key)) FROM ("
            + CatalogPicture.query("orders")
            + ") q (a, b, c, d, e, f, g, h, i)");
  }

  /** From here on these versions run; none means that the applications are down. */
  void deploy(List<Version> versions) {
    deployment.become(versions, epochs);
  }

  /** The new columns of a change are gone, and with them what they alone could hold. */
  void forgetNewShape(String change) {
    for (int i = 0; i < epochs.size(); i++) {
      if (scenario.columns().get(i).change().equals(change)) {
        epochs.set(i, epochs.get(i) + 1);
      }
    }
  }

  /** Looks at all rows. */
  void observe(String where) throws Exception {
    deployment.atRest(
        running -> {
          observer.look(where, running.epochs());
          return Set.of();
        });
  }

  @Override
  public void goOn() {
    int enough = history.transactions().size() + SOME;
    Patience.until(
        "applications have gone on",
        () -> deployment.isDown() || history.transactions().size() >= enough);
  }

  @Override
  public void unguarded() {
    deployment.guarded(false);
  }

  /** The sync, if there is one, works. */
  void guarded() {
    deployment.guarded(true);
  }

  @Override
  public void mend() throws Exception {
    deployment.atRest(
        running -> {
          observer.mend(running.epochs());
          return Set.of();
        });
  }

  /** No application writes any more. */
  void stop() throws ExecutionException, InterruptedException {
    traffic.stop();
  }

  @Override
  public void close() throws IOException, SQLException {
    traffic.close();
    wire.close();
    server.execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
  }
}
