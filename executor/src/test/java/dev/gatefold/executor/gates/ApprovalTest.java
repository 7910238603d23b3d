package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Outcome.Denied;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may approve, and what an approval is worth later. Anna submits, Ben and the others approve.
 */
class ApprovalTest {

  private Office office;

  @BeforeEach
  void open() throws Exception {
    office = Office.open();
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private Outcome approve(String person) throws Exception {
    String hash = office.evidence("anna").hash();
    return office.approve(person, ApprovalOrder.of(StageName.EXPAND, hash));
  }

  private Finding approvals() throws Exception {
    return office.evidence("anna").findings().stream()
        .filter(it -> it.check().equals("approvals"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theGateOpensOnceEnoughPeopleHaveApproved() throws Exception {
    office.submitted("{expand: {approvals: 2}}");
    assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);
    assertThat(approve("ben")).isInstanceOf(Outcome.Done.class);
    assertThat(approvals().detail()).isEqualTo("1 of 2: office_ben");
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);
    String seenBefore = office.evidence("anna").hash();

    assertThat(((Outcome.Done) approve("ben")).message()).contains("approved").contains("before");
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);

    assertThat(approve("carla")).isInstanceOf(Outcome.Done.class);
    assertThat(approvals().detail()).isEqualTo("2 of 2: office_ben, office_carla");
    assertThat(
            office.promote(
                "anna",
                new PromotionOrder(StageName.EXPAND, Optional.of(seenBefore), Optional.empty())))
        .isInstanceOf(Outcome.Done.class);
    assertThat(
            office.rows(
                """
                SELECT actor, stage, result, evidence IS NOT NULL FROM gatefold.history
                WHERE kind = 'approved' ORDER BY id"""))
        .containsExactly("office_ben|expand|done|t", "office_carla|expand|done|t");
  }

  @Test
  void nobodyApprovesTheOwnChange() throws Exception {
    office.submitted("{expand: {approvals: 1}}");
    assertThat(((Denied) approve("anna")).message())
        .isEqualTo("office_anna submitted x; nobody approves the own change");
    assertThat(
            office.rows(
                "SELECT actor, kind, result FROM gatefold.history ORDER BY id DESC LIMIT 1"))
        .containsExactly("office_anna|approval-refused|refused");

    // Whoever submits it again is the one from then on, also for approvals given before.
    assertThat(approve("ben")).isInstanceOf(Outcome.Done.class);
    office.submit("ben", Gates.NONE, "{expand: {approvals: 1, soak: 1s}}");
    assertThat(approve("ben")).isInstanceOf(Denied.class);
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);
    assertThat(approve("anna")).isInstanceOf(Outcome.Done.class);
    assertThat(approvals().verdict()).isEqualTo(Verdict.CLEAR);
  }

  @Test
  void whoApprovesIsInARoleOfEachList() throws Exception {
    office.role("office_dba", "office_ben", "office_carla");
    office.role("office_team", "office_carla", "office_dora");
    office.plain("office_ben", "office_carla", "office_dora");
    office.submit(
        "anna",
        Office.gates("{expand: {approvals: 1, approvers: [nobody_else, office_dba]}}"),
        "{expand: {approvers: [office_team]}}");
    assertThat(((Denied) approve("ben")).message())
        .isEqualTo("office_ben is in no role that may approve this: office_team");
    assertThat(((Denied) approve("dora")).message())
        .isEqualTo("office_dora is in no role that may approve this: nobody_else, office_dba");
    assertThat(approvals().detail())
        .isEqualTo(
            "0 of 1; wanted from a member of office_team; wanted from a member of nobody_else or"
                + " office_dba");
    assertThat(approve("carla")).isInstanceOf(Outcome.Done.class);
    assertThat(approvals().verdict()).isEqualTo(Verdict.CLEAR);

    office.database().asSuperuser("REVOKE office_dba FROM office_carla");
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);
    assertThat(approvals().detail())
        .startsWith("0 of 1; not counted: office_carla is in no role of nobody_else, office_dba");
  }

  @Test
  void anApprovalHoldsOnlyWhileNothingIsWorse() throws Exception {
    office
        .database()
        .asSuperuser("CREATE TABLE switch (open boolean); INSERT INTO switch VALUES (true)");
    office.submitted(
        "{expand: {approvals: 1, checks: [{name: open, sql: 'SELECT open FROM switch'}]}}");
    approve("ben");
    assertThat(approvals().verdict()).isEqualTo(Verdict.CLEAR);

    office.database().asSuperuser("UPDATE switch SET open = false");
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);
    assertThat(approvals().detail())
        .isEqualTo("0 of 1; not counted: office_ben approved before this became worse: check open");
    // The same person may look again and stay with it.
    assertThat(approve("ben")).isInstanceOf(Outcome.Done.class);
    assertThat(approvals().verdict()).isEqualTo(Verdict.CLEAR);
  }

  @Test
  void anApprovalIsForOnePlanAndOneStandstill() throws Exception {
    office.submitted("{expand: {approvals: 1}, backfill: {approvals: 1}}");
    approve("ben");
    office.withdraw("anna");
    office.submitted("{expand: {approvals: 1}, backfill: {approvals: 1}}");
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);
    approve("ben");
    assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    assertThat(approvals().verdict()).isEqualTo(Verdict.WAITING);
  }

  @Test
  void nobodyApprovesInAnothersName() throws Exception {
    office.submitted("{expand: {approvals: 1}}");
    office.evidence("anna");
    office
        .database()
        .asSuperuser(
            """
            SET SESSION AUTHORIZATION office_anna;
            INSERT INTO gatefold.approval (rollout_id, stage, evidence_id, actor)
            SELECT rollout_id, stage, id, 'office_ben' FROM gatefold.evidence""");
    assertThat(approvals().detail())
        .isEqualTo("0 of 1; not counted: office_anna submitted the change");
  }

  @Test
  void evidenceThatDoesNotFitIsRefused() throws Exception {
    office.submitted("{expand: {approvals: 1}}");
    assertThat(office.approve("ben", ApprovalOrder.of(StageName.EXPAND, "0123456789ab")))
        .isInstanceOf(Denied.class);
    String hash = office.evidence("ben").hash();
    assertThat(office.approve("ben", ApprovalOrder.of(StageName.DROP, hash)))
        .isInstanceOf(Outcome.OutOfOrder.class);
    office.letPass("15 minutes");
    assertThat(office.approve("ben", ApprovalOrder.of(StageName.EXPAND, hash)))
        .isInstanceOf(Denied.class);
    assertThat(office.rows("SELECT count(*) FROM gatefold.approval")).containsExactly("0");
  }
}
