package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.ApprovalOrder;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.planner.plan.StageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who did what, when, on which evidence, why, from where, with which result. */
class AuditTest {

  private Office office;

  @BeforeEach
  void open() throws Exception {
    office = Office.open();
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private List<AuditEntry> audit(Optional<Instant> since, Optional<Instant> until)
      throws Exception {
    return office.as("dora", it -> it.audit(Optional.of(Office.CHANGE), since, until));
  }

  private List<AuditEntry> audit() throws Exception {
    return audit(Optional.empty(), Optional.empty());
  }

  @Test
  void everyDecisionAndEveryAttemptIsOnRecord() throws Exception {
    office.submitted("{expand: {approvals: 1, checks: [{name: odd, sql: SELECT NULL::boolean}]}}");
    office.promote("ben", StageName.EXPAND);
    String hash = office.evidence("carla").hash();
    office.approve("anna", ApprovalOrder.of(StageName.EXPAND, hash));
    office.approve("carla", ApprovalOrder.of(StageName.EXPAND, hash));
    office.promote(
        "ben", new PromotionOrder(StageName.EXPAND, Optional.of("unknown"), Optional.empty()));
    office.promote(
        "ben", new PromotionOrder(StageName.EXPAND, Optional.of(hash), Optional.of("known")));

    assertThat(audit())
        .filteredOn(it -> !it.entry().kind().equals("step-done"))
        .extracting(
            it ->
                String.join(
                    "|",
                    it.entry().actor(),
                    it.entry().kind(),
                    it.result(),
                    it.stage().orElse("-"),
                    it.verdict().orElse("-"),
                    it.reason().orElse("-"),
                    it.entry().text()))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("office_anna|submitted|done|-|-|-|plan "),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "office_ben|promotion-refused|inconclusive|expand|inconclusive|-|expand:"
                            + " inconclusive: check odd, waiting: approvals"),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "office_anna|approval-refused|refused|expand|-|-|office_anna submitted x;"
                            + " nobody approves the own change"),
            it ->
                assertThat(it).isEqualTo("office_carla|approved|done|expand|inconclusive|-|expand"),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "office_ben|promotion-refused|refused|expand|inconclusive|-|there is no"
                            + " evidence unknown in this database"),
            it ->
                assertThat(it)
                    .isEqualTo("office_ben|promoted|begun|expand|inconclusive|known|expand: known"),
            it -> assertThat(it).isEqualTo("office_ben|stage-done|done|-|-|-|expand"));
  }

  @Test
  void eachLineSaysFromWhereAndOnWhichEvidence() throws Exception {
    office.submitted("");
    office.promote("ben", StageName.EXPAND);
    AuditEntry promoted =
        audit().stream()
            .filter(it -> it.entry().kind().equals("promoted"))
            .findFirst()
            .orElseThrow();
    assertThat(promoted.clientAddr()).isPresent();
    assertThat(promoted.application()).contains("gatefold");
    assertThat(promoted.process().orElseThrow())
        .startsWith(System.getProperty("user.name") + " on ");
    assertThat(
            office.rows(
                """
                SELECT jsonb_array_length(findings) = 3, expires_at <= clock_timestamp(), actor
                FROM gatefold.evidence WHERE hash = '%s'"""
                    .formatted(promoted.evidence().orElseThrow())))
        .containsExactly("t|t|office_ben");
  }

  @Test
  void aPeriodBeginsWithItsFirstInstantAndEndsBeforeItsLast() throws Exception {
    office.submitted("");
    office.promote("ben", StageName.EXPAND);
    List<AuditEntry> all = audit();
    Instant first = all.get(0).entry().at();
    Instant second = all.get(1).entry().at();
    assertThat(audit(Optional.of(first), Optional.of(second))).containsExactly(all.get(0));
    assertThat(audit(Optional.of(second), Optional.empty()))
        .containsExactlyElementsOf(all.subList(1, all.size()));
    assertThat(audit(Optional.empty(), Optional.of(first))).isEmpty();
  }
}
