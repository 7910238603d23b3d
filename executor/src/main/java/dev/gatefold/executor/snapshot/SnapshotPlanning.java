package dev.gatefold.executor.snapshot;

import dev.gatefold.executor.migration.Ways;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.snapshot.Restoration;
import dev.gatefold.planner.snapshot.Restoration.Restored;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SchemaSnapshot.LeftOut;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans a change as the role that took a snapshot would be told in its database. Starts a server
 * for each plan and leaves nothing behind.
 */
public final class SnapshotPlanning {

  private static final int MOST = 5;

  private final SchemaSnapshot snapshot;

  public SnapshotPlanning(SchemaSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Plans a change.
   *
   * @param file the text of the change: tables that it only mentions are made, too
   * @throws IOException if the server of our own does not start
   */
  public Planning plan(Change change, String file) throws IOException, SQLException {
    return ways(change, file).staged();
  }

  /** The same, with the straight way. */
  public Ways ways(Change change, String file) throws IOException, SQLException {
    try (SnapshotServer server = SnapshotServer.start(snapshot)) {
      Restored restored = restore(server, change, file);
      if (!restored.needed().isEmpty()) {
        return new Ways(refuse(server.version(), restored.needed()), Optional.empty());
      }
      List<String> unseen = unseen(server.version(), change, restored);
      return ways(server, change).with(plan -> plan.withUnseen(unseen));
    }
  }

  private Restored restore(SnapshotServer server, Change change, String file) throws SQLException {
    try (Connection connection = server.connectAsSuperuser()) {
      return Restoration.restore(
          snapshot, connection, CatalogReader.tables(change), snapshot.mentioned(file));
    }
  }

  private Ways ways(SnapshotServer server, Change change) throws SQLException {
    try (Connection connection = server.connectAs(snapshot.source())) {
      Schema copy = new CatalogReader(connection).read(change);
      return Ways.of(snapshot.asOriginal(copy), change);
    }
  }

  private static Refusal refuse(int version, List<LeftOut> needed) {
    return new Refusal(
        needed.stream()
            .map(
                it ->
                    new Reason(
                        "not-restored",
                        it.object(),
                        "the tables of the change need it, and PostgreSQL %d, which Gatefold brings along, cannot make it: %s"
                            .formatted(version, it.why()),
                        "Plan against a database that has it: leave out --schema."))
            .toList());
  }

  private List<String> unseen(int version, Change change, Restored restored) {
    List<String> unseen = new ArrayList<>();
    unseen.add(
        "the database itself: the plan is made from a snapshot of its schema, for the role %s"
            .formatted(snapshot.source().role()));
    if (version != snapshot.source().version()) {
      unseen.add(
          "PostgreSQL %d, where the snapshot comes from: the change was tried on PostgreSQL %d"
              .formatted(snapshot.source().version(), version));
    }
    List<String> underWay = snapshot.closure(CatalogReader.tables(change)).underWay();
    if (!underWay.isEmpty()) {
      unseen.add(
          "the tables at rest: when the snapshot was taken, a change was under way on "
              + String.join(", ", underWay));
    }
    others(restored).ifPresent(unseen::add);
    return unseen;
  }

  private Optional<String> others(Restored restored) {
    List<String> others =
        Stream.concat(snapshot.leftOut().stream(), restored.others().stream())
            .map(it -> "%s (%s)".formatted(it.object(), it.why()))
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String more = others.size() > MOST ? " and %d more".formatted(others.size() - MOST) : "";
    return Optional.of(
        "objects that the tables do not need and that could not be made: "
            + others.stream().limit(MOST).collect(Collectors.joining(", "))
            + more);
  }
}
