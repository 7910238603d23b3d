package dev.gatefold.executor.feed;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.testing.broker.TestBroker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Several machines that apply what comes through Kafka, and read what nobody reads. */
final class Appliers implements AutoCloseable {

  private final List<LiveRollouts> machines = new ArrayList<>();

  static TargetSettings settings(TestBroker broker) {
    return settings(broker.servers());
  }

  static TargetSettings settings(String servers) {
    return new TargetSettings(
        Standbys.NONE,
        Gates.NONE,
        Optional.of(new Brokers(Map.of("bootstrap.servers", servers), OptionalInt.of(1))));
  }

  static Appliers start(int machines, String url, TestBroker broker) throws SQLException {
    Appliers appliers = new Appliers();
    for (int i = 0; i < machines; i++) {
      appliers.join(url, broker);
    }
    return appliers;
  }

  /** One more. */
  void join(String url, TestBroker broker) throws SQLException {
    LiveRollouts machine = LiveRollouts.open(DatabaseUrl.parse(url), settings(broker));
    machines.add(machine);
    machine.readFeeds(true);
  }

  /** One less: the one that has been there for longest. */
  void leave() {
    machines.remove(0).close();
  }

  @Override
  public void close() {
    machines.forEach(LiveRollouts::close);
    machines.clear();
  }
}
