package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker decides for who asked, and is nobody itself. Dora starts the workers. */
class DetachedGateTest {

  private static final StageName STAGE = StageName.EXPAND;

  private Office office;

  @BeforeEach
  void open() throws Exception {
    office = Office.open();
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private Outcome work() throws SQLException {
    return office
        .as("dora", it -> it.work(StageListener.SILENT))
        .orElseThrow()
        .outcome()
        .orElseThrow();
  }

  private void detach(String person) throws SQLException {
    String hash = office.evidence(person).hash();
    PromotionOrder order =
        new PromotionOrder(STAGE, Optional.of(hash), Optional.of("an emergency"));
    Outcome asked = office.as(person, it -> it.detach(Office.CHANGE, order));
    assertThat(asked).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void whoOverridesIsNotTheSecondPersonOfTheOwnRequest() throws Exception {
    office.submitted("{expand: {checks: [{name: no, sql: SELECT false}]}}");
    String hash = office.evidence("ben").hash();
    office.approve("ben", ApprovalOrder.override(STAGE, hash, "the site is down"));
    detach("ben");
    assertThat(work()).isInstanceOf(Outcome.Blocked.class);

    detach("carla");
    assertThat(work()).isInstanceOf(Outcome.Done.class);
    assertThat(
            office.rows(
                """
                SELECT kind, actor, stage, reason FROM gatefold.history
                WHERE kind ~ 'request|promot|stage' ORDER BY id"""))
        .containsExactly(
            "requested|office_ben|expand|an emergency",
            "promotion-refused|office_ben|expand|an emergency",
            "requested|office_carla|expand|an emergency",
            "promoted|office_carla|expand|an emergency",
            "stage-done|office_carla|null|null");
  }

  @Test
  void theFloorOfWhoAskedHoldsForTheWorkerToo() throws Exception {
    office.submitted("{}");
    office.as(
        "carla",
        Office.gates("{expand: {soak: 1h}}"),
        it -> it.detach(Office.CHANGE, PromotionOrder.of(STAGE)));
    assertThat(work())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            it -> assertThat(it.evidence().verdict().word()).isEqualTo("waiting"));
    assertThat(office.rows("SELECT outcome FROM gatefold.request")).containsExactly("waits");
    assertThat(office.rows("SELECT event FROM gatefold.notification")).containsExactly("waiting");
  }

  @Test
  void evidenceThatIsWorseOrPastIsRefused() throws Exception {
    office.submitted("{}");
    detach("carla");
    office.database().asSuperuser("CREATE INDEX ON t (a)");
    assertThat(work()).isInstanceOf(Outcome.Denied.class);
    assertThat(office.rows("SELECT outcome FROM gatefold.request")).containsExactly("denied");

    office.database().asSuperuser("DROP INDEX t_a_idx");
    detach("carla");
    office.letPass("16 minutes");
    assertThat(work())
        .isInstanceOfSatisfying(
            Outcome.Denied.class, it -> assertThat(it.message()).contains("expired"));
  }

  @Test
  void nobodyAsksInAnothersName() throws Exception {
    office.submitted("{}");
    office
        .database()
        .asSuperuser(
            """
            INSERT INTO gatefold.request (rollout_id, stage, fingerprint, actor)
            SELECT id, 'expand', fingerprint, 'office_ben' FROM gatefold.rollout""");
    assertThat(office.rows("SELECT actor FROM gatefold.request"))
        .containsExactly(office.database().role());
    assertThatThrownBy(
            () -> office.database().asSuperuser("UPDATE gatefold.request SET actor = 'office_ben'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("never changed");
  }
}
