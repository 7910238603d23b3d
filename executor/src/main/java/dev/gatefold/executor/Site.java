package dev.gatefold.executor;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.engine.LockPolicy;
import dev.gatefold.executor.feed.FeedSite;
import dev.gatefold.executor.gate.Gate;
import dev.gatefold.executor.gate.GateRules;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.Stores;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One database and what works on it.
 *
 * @param actor for whom it works; empty for who is connected
 */
record Site(
    Database database,
    TargetSettings settings,
    Stores stores,
    Optional<String> actor,
    Gate gate,
    Timing timing,
    LockPolicy policy) {

  FeedSite feeds() {
    return new FeedSite(database, settings.brokers(), timing);
  }

  Standbys standbys() {
    return settings.standbys();
  }

  static Site of(Database database, TargetSettings settings) {
    return of(database, settings, Optional.empty());
  }

  /** The same, working for somebody else, who decides and whose name stands in the record. */
  Site onBehalfOf(String person) {
    return of(database, settings, Optional.of(person));
  }

  private static Site of(Database database, TargetSettings settings, Optional<String> actor) {
    Stores stores = actor.map(Stores::onBehalfOf).orElseGet(Stores::create);
    return new Site(
        database,
        settings,
        stores,
        actor,
        new Gate(
            stores,
            settings.standbys(),
            new GateRules(stores.gates(), settings.floor()),
            InstantSource.system()),
        Timing.system(),
        LockPolicy.DEFAULT);
  }
}
