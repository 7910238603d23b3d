package dev.gatefold.executor;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.engine.LockPolicy;
import dev.gatefold.executor.gate.Gate;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.Stores;
import java.time.InstantSource;

/** One database and what works on it. */
record Site(
    Database database,
    Standbys standbys,
    Stores stores,
    Gate gate,
    Timing timing,
    LockPolicy policy) {

  static Site of(Database database, Standbys standbys) {
    Stores stores = Stores.create();
    return new Site(
        database,
        standbys,
        stores,
        new Gate(stores, standbys, InstantSource.system()),
        Timing.system(),
        LockPolicy.DEFAULT);
  }
}
