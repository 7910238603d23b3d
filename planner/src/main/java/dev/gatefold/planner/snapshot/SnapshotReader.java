package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.catalog.LoadCatalog;
import dev.gatefold.planner.catalog.Session;
import dev.gatefold.planner.snapshot.Found.Address;
import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import dev.gatefold.planner.snapshot.SchemaSnapshot.Source;
import dev.gatefold.planner.snapshot.SchemaSnapshot.TableSize;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the users' schemas of a database, whole. It takes no lock but those of reading the catalog
 * and needs no right on any table. Not thread-safe.
 */
public final class SnapshotReader {

  private static final String SOURCE = "SELECT getdatabaseencoding(), quote_ident(current_user)";

  private final Session session;
  private final Inventory inventory;
  private final Map<Address, List<Right>> rights = new HashMap<>();
  private final Map<Address, List<String>> comments = new HashMap<>();
  private final Set<String> roles = new TreeSet<>();

  private SnapshotReader(Session session, Inventory inventory) {
    this.session = session;
    this.inventory = inventory;
  }

  /**
   * Reads a snapshot in a transaction of its own.
   *
   * @param connection one without an open transaction, which the caller keeps and closes
   */
  public static SchemaSnapshot read(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      begin(connection);
      Session session = Session.open(connection);
      return new SnapshotReader(session, Inventory.read(session)).snapshot();
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }

  private static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      statement.execute("SET LOCAL standard_conforming_strings TO on");
      statement.execute("SET LOCAL quote_all_identifiers TO off");
    }
  }

  private SchemaSnapshot snapshot() throws SQLException {
    Source source =
        session.one(
            row ->
                new Source(
                    session.version(), row.getString(1), row.getString(2), session.authorPath()),
            SOURCE);
    roles.add(source.role());
    readRights();
    readComments();
    List<SnapshotObject> objects = new ArrayList<>(objects());
    objects.addAll(new RoleCatalog(session).read(roles));
    return new SchemaSnapshot(
        source,
        Order.of(objects),
        session.list(SnapshotReader::size, EdgeQueries.SIZES),
        session.list(row -> new LeftOut(row.getString(1), row.getString(2)), EdgeQueries.LEFT_OUT),
        session.list(row -> row.getString(1), EdgeQueries.UNDER_WAY));
  }

  private static TableSize size(ResultSet row) throws SQLException {
    return new TableSize(
        row.getString("name"), row.getLong("rows"), row.getLong("pages"), LoadCatalog.load(row));
  }

  private List<SnapshotObject> objects() throws SQLException {
    Map<String, List<String>> needs = inventory.needs();
    List<SnapshotObject> objects = new ArrayList<>();
    for (Found found : inventory.all()) {
      objects.add(
          new SnapshotObject(
              found.kind(),
              found.identity(),
              found.of().flatMap(inventory::home).map(Found::key),
              needs.getOrDefault(found.key(), List.of()),
              statements(found)));
    }
    return objects;
  }

  private List<String> statements(Found found) {
    List<String> sql = new ArrayList<>();
    sql.add(found.made());
    found
        .target()
        .ifPresent(
            target ->
                found
                    .owner()
                    .ifPresent(owner -> sql.add("ALTER %s OWNER TO %s".formatted(target, owner))));
    found.owner().ifPresent(roles::add);
    sql.addAll(found.more());
    List<Right> given = rights.getOrDefault(found.address(), List.of());
    found.target().ifPresent(target -> sql.addAll(Right.statements(target, given)));
    sql.addAll(comments.getOrDefault(found.address(), List.of()));
    return sql;
  }

  private void readRights() throws SQLException {
    session.list(this::right, RightsQueries.ALL);
  }

  private boolean right(ResultSet row) throws SQLException {
    Right right =
        new Right(
            row.getString(3),
            row.getBoolean(4),
            row.getString(5),
            row.getBoolean(6),
            row.getString(7),
            Optional.ofNullable(row.getString(8)));
    Optional<Found> on = on(new Address(row.getLong(1), row.getLong(2)));
    on.ifPresent(
        found -> rights.computeIfAbsent(found.address(), key -> new ArrayList<>()).add(right));
    if (on.isPresent()) {
      roles.add(right.grantee());
      right.grantor().ifPresent(roles::add);
    }
    return on.isPresent();
  }

  private void readComments() throws SQLException {
    session.list(this::comment, EdgeQueries.COMMENTS);
  }

  private boolean comment(ResultSet row) throws SQLException {
    Optional<Found> on = on(new Address(row.getLong(1), row.getLong(2)));
    Optional<String> column = Optional.ofNullable(row.getString(3));
    String text = row.getString(4);
    on.ifPresent(
        found ->
            found
                .target()
                .map(
                    target ->
                        column.map(it -> "COLUMN " + found.identity() + "." + it).orElse(target))
                .ifPresent(
                    target ->
                        comments
                            .computeIfAbsent(found.address(), key -> new ArrayList<>())
                            .add("COMMENT ON %s IS %s".formatted(target, text))));
    return on.isPresent();
  }

  private Optional<Found> on(Address address) {
    return inventory.at(address).or(() -> inventory.type(address));
  }
}
