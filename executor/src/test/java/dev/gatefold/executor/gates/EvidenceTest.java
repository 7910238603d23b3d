package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Outcome.Denied;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promotions that name what they were decided on. */
class EvidenceTest {

  private static final String CHECKED =
      "{expand: {checks: [{name: open, sql: 'SELECT open FROM switch'}]}}";

  private Office office;

  @BeforeEach
  void open() throws Exception {
    office = Office.open();
    office
        .database()
        .asSuperuser("CREATE TABLE switch (open boolean); INSERT INTO switch VALUES (true)");
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private Outcome expandOn(String hash) throws Exception {
    return office.promote(
        "anna", new PromotionOrder(StageName.EXPAND, Optional.of(hash), Optional.empty()));
  }

  private Denied denied(Outcome outcome) throws Exception {
    assertThat(outcome).isInstanceOf(Denied.class);
    assertThat(office.state()).isEqualTo(RolloutState.PLANNED);
    List<String> last =
        office.rows(
            """
            SELECT kind, stage, result FROM gatefold.history ORDER BY id DESC LIMIT 1""");
    assertThat(last).containsExactly("promotion-refused|expand|refused");
    return (Denied) outcome;
  }

  @Test
  void theSameSeenAgainHasTheSameHashAndExpiresLater() throws Exception {
    office.submitted(CHECKED);
    String hash = office.evidence("anna").hash();
    office.letPass("10 minutes");
    assertThat(office.evidence("ben").hash()).isEqualTo(hash);
    office.letPass("10 minutes");
    assertThat(expandOn(hash)).isInstanceOf(Outcome.Done.class);
    assertThat(
            office.rows(
                "SELECT evidence = '%s', verdict, result FROM gatefold.history WHERE kind = 'promoted'"
                    .formatted(hash)))
        .containsExactly("t|clear|begun");
  }

  @Test
  void whatBecameWorseIsToldCheckByCheck() throws Exception {
    office.submitted(CHECKED);
    String hash = office.evidence("anna").hash();
    office.database().asSuperuser("UPDATE switch SET open = false; CREATE INDEX ON t (a)");

    Denied denied = denied(expandOn(hash));
    assertThat(denied.message()).isEqualTo("the gate is worse than evidence " + hash + " showed");
    assertThat(denied.worse())
        .extracting(it -> it.now().check() + " " + it.before() + " " + it.now().verdict())
        .containsExactly(
            "drift public.t Optional[CLEAR] BLOCKED", "check open Optional[CLEAR] BLOCKED");
  }

  @Test
  void aNewCheckThatIsNotClearIsADifference() throws Exception {
    office.submitted("");
    String hash = office.evidence("anna").hash();
    Gates tighter = Office.gates("{expand: {soak: 1h, max_replica_lag: 1s}}");
    Denied denied =
        denied(
            office.promote(
                "anna",
                tighter,
                new PromotionOrder(StageName.EXPAND, Optional.of(hash), Optional.empty())));
    assertThat(denied.worse())
        .extracting(it -> it.now().check() + " " + it.before() + " " + it.now().verdict())
        .containsExactly("soak Optional.empty WAITING");
  }

  @Test
  void whatBecameBetterIsNoDifference() throws Exception {
    office.submitted("{expand: {soak: 5m}}");
    Evidence waiting = office.evidence("anna");
    assertThat(waiting.verdict()).isEqualTo(Verdict.WAITING);
    assertThat(expandOn(waiting.hash())).isInstanceOf(Outcome.Blocked.class);
    assertThat(expandOn(waiting.hash())).isInstanceOf(Outcome.Blocked.class);
    assertThat(office.rows("SELECT count(*) FROM gatefold.evidence")).containsExactly("1");
    office.letPass("5 minutes");
    assertThat(expandOn(waiting.hash())).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void expiredEvidenceIsRefusedWithTheDifference() throws Exception {
    office.submitted(CHECKED);
    String hash = office.evidence("anna").hash();
    office.letPass("15 minutes");
    assertThat(denied(expandOn(hash)).message()).startsWith("evidence " + hash + " expired at ");
    office.database().asSuperuser("UPDATE switch SET open = false");
    Denied denied = denied(expandOn(hash));
    assertThat(denied.message()).startsWith("evidence " + hash + " expired at ");
    assertThat(denied.worse()).extracting(it -> it.now().check()).containsExactly("check open");
  }

  @Test
  void evidenceOfAnotherStageOrPlanOrOfNothingIsRefused() throws Exception {
    office.submitted("");
    String first = office.evidence("anna").hash();
    assertThat(denied(expandOn("0123456789ab")).message())
        .isEqualTo("there is no evidence 0123456789ab in this database");

    office.database().asSuperuser("CREATE INDEX ON t (a)");
    office.withdraw("anna");
    office.submitted("");
    assertThat(denied(expandOn(first)).message())
        .isEqualTo(
            "evidence %s is for another plan of x; it was submitted again since".formatted(first));

    String expand = office.evidence("anna").hash();
    assertThat(expandOn(expand)).isInstanceOf(Outcome.Done.class);
    Outcome outcome =
        office.promote(
            "anna", new PromotionOrder(StageName.BACKFILL, Optional.of(expand), Optional.empty()));
    assertThat(((Denied) outcome).message())
        .isEqualTo("evidence %s is for stage expand of x, not for backfill of x".formatted(expand));
    assertThat(office.state()).isEqualTo(RolloutState.EXPANDED);
  }

  @Test
  void aStageThatWasPromotedGoesOnWithTheSameCommand() throws Exception {
    office.submitted(CHECKED);
    String hash = office.evidence("anna").hash();
    office.killedIn("anna", StageName.EXPAND);
    office.letPass("1 hour");
    assertThat(expandOn(hash)).isInstanceOf(Outcome.Done.class);
    assertThat(expandOn(hash)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void onlyTheNextStageHasAGate() throws Exception {
    office.submitted("");
    Outcome outcome =
        office.as("anna", it -> it.evidence(Office.CHANGE, Optional.of(StageName.DROP)));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.OutOfOrder(
                "x is planned: stage drop is not the next one", "Next: gatefold promote x expand"));
    office.withdraw("anna");
    Outcome none = office.as("anna", it -> it.evidence(Office.CHANGE, Optional.empty()));
    assertThat(none).isInstanceOf(Outcome.OutOfOrder.class);
  }
}
