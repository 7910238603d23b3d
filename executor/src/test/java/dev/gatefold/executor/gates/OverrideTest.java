package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Outcome.Denied;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people may override a closed gate, where it is policy that keeps it closed. */
class OverrideTest {

  private static final StageName STAGE = StageName.EXPAND;

  private Office office;

  @BeforeEach
  void open() throws Exception {
    office = Office.open();
    office.submitted("{expand: {soak: 1h, checks: [{name: no, sql: SELECT false}]}}");
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private Outcome override(String person) throws Exception {
    String hash = office.evidence(person).hash();
    return office.approve(person, ApprovalOrder.override(STAGE, hash, "the site is down"));
  }

  private Outcome promote(String person) throws Exception {
    String hash = office.evidence(person).hash();
    return office.promote(
        person, new PromotionOrder(STAGE, Optional.of(hash), Optional.of("an emergency")));
  }

  @Test
  void theSecondPersonIsNeitherThePromoterNorTheSubmitter() throws Exception {
    assertThat(promote("carla")).isInstanceOf(Outcome.Blocked.class);
    assertThat(override("anna")).isInstanceOf(Denied.class);
    assertThat(override("ben")).isInstanceOf(Outcome.Done.class);
    assertThat(promote("ben")).isInstanceOf(Outcome.Blocked.class);
    assertThat(promote("carla")).isInstanceOf(Outcome.Done.class);
    assertThat(
            office.rows(
                """
                SELECT actor, verdict, reason, text FROM gatefold.history
                WHERE kind = 'promoted' OR kind = 'approved' ORDER BY id"""))
        .containsExactly(
            "office_ben|blocked|the site is down|expand, overriding what keeps its gate closed:"
                + " the site is down",
            "office_carla|blocked|an emergency|expand: an emergency; overrides soak, check no"
                + " together with office_ben: the site is down");
  }

  @Test
  void thePromoterNamesEvidenceAndAReasonToo() throws Exception {
    override("ben");
    String hash = office.evidence("carla").hash();
    assertThat(office.promote("carla", STAGE)).isInstanceOf(Outcome.Blocked.class);
    assertThat(office.promote("carla", PromotionOrder.because(STAGE, "an emergency")))
        .isInstanceOf(Outcome.Blocked.class);
    assertThat(
            office.promote("carla", new PromotionOrder(STAGE, Optional.of(hash), Optional.empty())))
        .isInstanceOf(Outcome.Blocked.class);
  }

  @Test
  void aPlainApprovalOverridesNothing() throws Exception {
    String hash = office.evidence("ben").hash();
    office.approve("ben", ApprovalOrder.of(STAGE, hash));
    assertThat(promote("carla")).isInstanceOf(Outcome.Blocked.class);
    assertThat(office.approve("ben", new ApprovalOrder(STAGE, hash, true, Optional.empty())))
        .isInstanceOf(Outcome.OutOfOrder.class);
    // That he approved before does not keep him from overriding now.
    assertThat(override("ben")).isInstanceOf(Outcome.Done.class);
    assertThat(promote("carla")).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void itIsForWhatWasClosedThenAndForNothingElse() throws Exception {
    office.letPass("1 hour");
    override("ben");
    office.submit(
        "anna",
        Office.gates("{expand: {soak: 5h}}"),
        "{expand: {soak: 1h, checks: [{name: no, sql: SELECT false}]}}");
    assertThat(promote("carla")).isInstanceOf(Outcome.Blocked.class);
  }

  @Test
  void whatGuardsDataIsNeverOverridden() throws Exception {
    office.database().asSuperuser("CREATE INDEX ON t (a)");
    assertThat(((Denied) override("ben")).message())
        .isEqualTo("what guards data cannot be overridden: drift public.t");
    office.database().asSuperuser("DROP INDEX t_a_idx");
    assertThat(override("ben")).isInstanceOf(Outcome.Done.class);
    office.database().asSuperuser("CREATE INDEX ON t (a)");
    assertThat(promote("carla")).isInstanceOf(Outcome.Blocked.class);
  }

  @Test
  void whereNothingIsClosedThereIsNothingToOverride() throws Exception {
    office.submit("anna", Gates.NONE, "{expand: {approvals: 0}}");
    assertThat(((Denied) override("ben")).message()).isEqualTo("nothing keeps this gate closed");
  }
}
