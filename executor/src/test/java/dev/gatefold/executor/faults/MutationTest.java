package dev.gatefold.executor.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.faults.history.Checker;
import dev.gatefold.executor.faults.history.Violation;
import dev.gatefold.executor.faults.history.Violation.Kind;
import dev.gatefold.executor.faults.scenario.Scenario;
import dev.gatefold.executor.faults.server.Server;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody knows to be broken must be found by the checker: the whole harness, broken once. */
class MutationTest {

  private static Server server;

  private static final Scenario SCENARIO = Scenario.ALL.get(0);

  private static final String WITHOUT_SYNC = "ALTER TABLE orders DISABLE TRIGGER USER";

  /** As a restore of old values over newer ones would leave it. */
  private static final String OLD_VALUES_AGAIN =
      """
      UPDATE orders o SET email = 'm' || id
      WHERE email <> 'm' || id AND id <= %d
        AND NOT EXISTS (SELECT FROM orders other WHERE other.email = 'm' || o.id)"""
          .formatted(World.ROWS);

  /** As a copy that knows nothing of deletes would leave it. */
  private static final String DELETED_ROWS_AGAIN =
      """
      INSERT INTO orders (id, version, email) SELECT i, 0, 'again' || i FROM generate_series(1, %d) i
      ON CONFLICT DO NOTHING"""
          .formatted(World.ROWS);

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void aHarnessThatNothingIsDoneToFindsNothing() throws Exception {
    assertThat(after("SELECT 1")).isEmpty();
  }

  @Test
  void rowsWithoutASyncAreTorn() throws Exception {
    assertThat(after(WITHOUT_SYNC)).extracting(Violation::kind).contains(Kind.TORN);
  }

  @Test
  void valuesThatWereOverwrittenAreMissed() throws Exception {
    assertThat(after(OLD_VALUES_AGAIN))
        .extracting(Violation::kind)
        .containsAnyOf(Kind.LOST, Kind.RESURRECTED);
  }

  @Test
  void deletedRowsAreNotWelcome() throws Exception {
    assertThat(after(DELETED_ROWS_AGAIN)).extracting(Violation::kind).contains(Kind.RESURRECTED);
  }

  /** What is found of something that happens while both versions of the application write. */
  private static List<Violation> after(String mutation) throws Exception {
    try (World world = World.on(server, "mutation", SCENARIO)) {
      backfill(world);
      Shipping shipping = new Shipping(SCENARIO);
      shipping.rests("shape", RolloutState.BACKFILLED);
      world.start(new SplittableRandom(7));
      world.deploy(shipping.versions());
      for (int times = 0; times < 5; times++) {
        world.goOn();
      }
      server.execute(world.database(), mutation);
      world.goOn();
      world.observe("afterwards");
      world.stop();
      return Checker.check(world.history(), SCENARIO.up());
    }
  }

  private static void backfill(World world) throws Exception {
    try (LiveRollouts rollouts =
        LiveRollouts.open(DatabaseUrl.parse(world.server().url(world.database())))) {
      String yaml = SCENARIO.changes().get(0).yaml();
      rollouts.submit(ChangeFile.read("change.yaml", yaml), yaml);
      for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL)) {
        rollouts.promote(new ChangeName("shape"), Journey.order(stage), StageListener.SILENT);
      }
    }
  }
}
