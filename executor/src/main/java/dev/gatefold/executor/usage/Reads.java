package dev.gatefold.executor.usage;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.standby.Primary;
import dev.gatefold.executor.standby.Standby;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.standby.UnseenException;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks on the primary and on each named standby which statements use the old columns. */
public final class Reads {

  /** How the primary is called among the places. */
  public static final String PRIMARY = "primary";

  private final Stores stores;
  private final Standbys standbys;

  public Reads(Stores stores, Standbys standbys) {
    this.stores = stores;
    this.standbys = standbys;
  }

  /** What was seen at each place; each look is compared with the one before it. */
  public List<PlaceLook> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    Map<OldColumn, Search> searches = new LinkedHashMap<>();
    for (OldColumn column : OldColumn.of(rollout)) {
      if (!column.keepsName()) {
        searches.put(column, Relations.search(connection, column, stage));
      }
    }
    if (searches.isEmpty()) {
      return List.of();
    }
    List<PlaceLook> looks = new ArrayList<>();
    StatementWatch watch = new StatementWatch(stores, connection, rollout, searches);
    looks.add(watch.compare(PRIMARY, watch.now(), ServerLook.at(connection)));
    for (Standby standby : standbys.all()) {
      looks.add(look(watch, Primary.of(connection), standby));
    }
    return looks;
  }

  private static PlaceLook look(StatementWatch watch, Primary primary, Standby standby)
      throws SQLException {
    String place = place(standby);
    Instant began = watch.now();
    try {
      return watch.compare(place, began, standby.ask(primary, ServerLook::at));
    } catch (UnseenException e) {
      return PlaceLook.unseen(place, "it could not be asked: " + e.getMessage());
    }
  }

  private static String place(Standby standby) {
    return "standby " + standby.place();
  }

  /** How many standbys replicate that nobody named. */
  public int unnamed(Connection connection) throws SQLException {
    return Math.max(0, Primary.replicas(connection) - standbys.all().size());
  }

  /**
   * Begins to watch anew: what has run until now is from before the stage that comes next. Nothing
   * is begun where a place cannot be asked; the gate says so then.
   */
  public void begin(Connection connection, Rollout rollout, Optional<StageName> next)
      throws SQLException {
    Optional<StageName> contract =
        next.filter(stage -> stage == StageName.RETIRE || stage == StageName.DROP);
    if (contract.isEmpty()) {
      return;
    }
    Transaction.run(
        connection,
        () -> {
          stores.statements().forget(connection, rollout.id(), PRIMARY);
          for (Standby standby : standbys.all()) {
            stores.statements().forget(connection, rollout.id(), place(standby));
          }
        });
    look(connection, rollout, contract.get());
  }
}
