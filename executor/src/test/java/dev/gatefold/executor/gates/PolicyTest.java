package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings ask of a gate. */
class PolicyTest {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Office office;

  @BeforeEach
  void open() throws Exception {
    office = Office.open();
  }

  @AfterEach
  void close() throws Exception {
    office.close();
  }

  private Evidence evidence() throws Exception {
    return office.evidence("anna");
  }

  private Finding finding(String check) throws Exception {
    return evidence().findings().stream()
        .filter(it -> it.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereNothingIsAskedForNothingIsSaid() throws Exception {
    office.submitted("");
    assertThat(evidence().verdict()).isEqualTo(Verdict.CLEAR);
    assertThat(evidence().findings())
        .extracting(Finding::check)
        .noneMatch(it -> it.matches("soak|freeze|approvals|replica lag|check .*"));
  }

  @Test
  void theSoakCountsFromTheEndOfTheStageBefore() throws Exception {
    office.submitted("{expand: {soak: 1h}, backfill: {soak: 24h}}");
    assertThat(finding("soak").verdict()).isEqualTo(Verdict.WAITING);
    office.letPass("1 hour");
    assertThat(finding("soak").verdict()).isEqualTo(Verdict.CLEAR);
    assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    office.letPass("23 hours");

    Finding soak = finding("soak");
    assertThat(soak.verdict()).isEqualTo(Verdict.WAITING);
    Instant until =
        Instant.parse(
            office
                .rows(
                    """
                    SELECT to_char(at AT TIME ZONE 'UTC' + interval '24 hours',
                                   'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                    FROM gatefold.history WHERE kind = 'stage-done'""")
                .get(0));
    assertThat(soak.detail())
        .startsWith("expanded since ")
        .endsWith("24 h are asked for: until " + until.truncatedTo(ChronoUnit.SECONDS));
    assertThat(office.promote("anna", StageName.BACKFILL)).isInstanceOf(Outcome.Blocked.class);
    office.letPass("1 hour");
    assertThat(office.promote("anna", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void afterARollbackItCountsAnew() throws Exception {
    office.submitted("{backfill: {soak: 1h}}");
    office.promote("anna", StageName.EXPAND);
    office.letPass("1 hour");
    office.promote("anna", StageName.BACKFILL);
    office.undo("anna");
    assertThat(finding("soak").verdict()).isEqualTo(Verdict.WAITING);
  }

  @Test
  void duringAFreezeNothingRuns() throws Exception {
    ZonedDateTime now = Instant.now().atZone(ZoneOffset.UTC);
    String open = DAY.format(now.minusHours(5)) + " - " + DAY.format(now.plusHours(5)) + " UTC";
    String next = DAY.format(now.plusHours(4)) + " - " + DAY.format(now.plusHours(20)) + " UTC";
    office.submitted("{expand: {freeze: [\"%s\", \"%s\"]}}".formatted(open, next));
    Finding freeze = finding("freeze");
    assertThat(freeze.verdict()).isEqualTo(Verdict.WAITING);
    assertThat(freeze.detail())
        .isEqualTo(
            open + ": until " + now.plusHours(20).truncatedTo(ChronoUnit.MINUTES).toInstant());
    assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);

    office.submit("anna", Gates.NONE, "{expand: {freeze: [\"%s\"]}}".formatted(next));
    assertThat(finding("freeze").verdict()).isEqualTo(Verdict.CLEAR);
  }

  @Test
  void windowsThatLeaveNoTimeSaySo() throws Exception {
    office.submitted(
        "{expand: {freeze: [\"Mon 00:00 - Fri 00:00 UTC\", \"Thu 00:00 - Tue 00:00 UTC\"]}}");
    assertThat(finding("freeze").detail()).endsWith("the windows leave no time between them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT count(*) = 100 FROM t|CLEAR|answered true",
        "SELECT count(*) = 7 FROM t|BLOCKED|answered false",
        "SELECT NULL::boolean|INCONCLUSIVE|answered NULL",
        "SELECT true FROM t|INCONCLUSIVE|answered 100 rows",
        "SELECT true WHERE false|INCONCLUSIVE|answered 0 rows",
        "SELECT 1|INCONCLUSIVE|cannot be answered: structure of query does not match",
        "SELECT nonsense FROM t|INCONCLUSIVE|column \"nonsense\" does not exist",
        "SELECT pg_sleep(20) IS NULL|INCONCLUSIVE|no answer within 200 ms",
        "DELETE FROM t RETURNING true|INCONCLUSIVE|cannot execute DELETE in a read-only transaction",
        "SELECT true; DROP TABLE t|INCONCLUSIVE|cannot be answered",
        "COMMIT|INCONCLUSIVE|cannot be answered",
        "SELECT set_config('transaction_read_only', 'off', false) IS NULL|INCONCLUSIVE|cannot"
      })
  void aQuestionOfTheTeamsOwn(String sql, Verdict verdict, String detail) throws Exception {
    office.submitted(
        "{expand: {checks: [{name: mine, timeout: 200ms, sql: '%s'}]}}"
            .formatted(sql.replace("'", "''")));
    Finding found = finding("check mine");
    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.detail()).contains(detail);
    assertThat(office.rows("SELECT count(*) FROM t")).containsExactly("100");
  }

  @Test
  void whatCannotBeAnsweredWantsAReason() throws Exception {
    office.submitted("{expand: {checks: [{name: mine, sql: SELECT nonsense}]}}");
    assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);
    assertThat(office.promote("anna", PromotionOrder.because(StageName.EXPAND, "known")))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void ofTwoChecksWithOneNameBothAreAsked() throws Exception {
    office.submit(
        "anna",
        Office.gates("{expand: {checks: [{name: mine, sql: SELECT true}]}}"),
        "{expand: {checks: [{name: mine, sql: SELECT false}]}}");
    assertThat(evidence().findings())
        .filteredOn(it -> it.check().startsWith("check mine"))
        .extracting(Finding::check, Finding::verdict)
        .containsExactly(
            tuple("check mine", Verdict.BLOCKED), tuple("check mine 2", Verdict.CLEAR));
  }

  @Test
  void aStageThatIsUnderWayGoesOnWhateverThePolicySays() throws Exception {
    office.submitted("{expand: {soak: 1h}}");
    office.letPass("1 hour");
    office.killedIn("anna", StageName.EXPAND);
    office
        .database()
        .asSuperuser(
            "UPDATE gatefold.rollout SET gates = replace(gates::text, 'PT1H', 'PT100H')::jsonb");
    assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
  }
}
