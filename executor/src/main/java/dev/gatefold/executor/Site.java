package dev.gatefold.executor;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.engine.LockPolicy;
import dev.gatefold.executor.gate.Gate;
import dev.gatefold.executor.gate.GateRules;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.Stores;
import java.time.InstantSource;

/** One database and what works on it. */
record Site(
    Database database,
    TargetSettings settings,
    Stores stores,
    Gate gate,
    Timing timing,
    LockPolicy policy) {

  Standbys standbys() {
    return settings.standbys();
  }

  static Site of(Database database, TargetSettings settings) {
    Stores stores = Stores.create();
    return new Site(
        database,
        settings,
        stores,
        new Gate(
            stores,
            settings.standbys(),
            new GateRules(stores.gates(), settings.floor()),
            InstantSource.system()),
        Timing.system(),
        LockPolicy.DEFAULT);
  }
}
