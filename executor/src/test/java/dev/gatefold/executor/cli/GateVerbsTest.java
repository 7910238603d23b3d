package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.AuditEntry;
import dev.gatefold.executor.store.HistoryEntry;
import dev.gatefold.planner.plan.StageName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How evidence is shown, approvals are given and the record is told. */
class GateVerbsTest {

  private static final List<AuditEntry> RECORD =
      List.of(
          new AuditEntry(
              new HistoryEntry(Plans.TOTAL, Plans.NOON, "ann", "promoted", "retire: \"go\", now"),
              Optional.of("retire"),
              Optional.of("5f0c"),
              Optional.of("inconclusive"),
              Optional.of("\"go\", now"),
              "begun",
              Optional.of("10.0.0.7"),
              Optional.of("gatefold"),
              Optional.of("ann on runner-7")),
          new AuditEntry(
              new HistoryEntry(Plans.TOTAL, Plans.NOON, "ann", "stage-done", "retire"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              "done",
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
    command.rollouts.audit = RECORD;
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.BACKFILLED));
  }

  private static Outcome measured(Verdict verdict) {
    return new Outcome.Measured(
        new Evidence(
            Plans.TOTAL,
            StageName.RETIRE,
            "5f0c",
            List.of(
                new Finding("sync", Verdict.CLEAR, "as it was", "", Plans.NOON),
                new Finding("soak", verdict, "until noon", "Come back then.", Plans.NOON))),
        Plans.NOON.plus(Duration.ofMinutes(15)));
  }

  @ParameterizedTest
  @CsvSource({"CLEAR, 0", "WAITING, 4", "INCONCLUSIVE, 7", "BLOCKED, 7"})
  void evidenceSaysEveryCheckAndTheHash(Verdict verdict, int exitCode) {
    command.rollouts.outcome = measured(verdict);
    String word = verdict.word();
    assertThat(command.run("evidence", "total", "retire")).isEqualTo(exitCode);
    assertThat(command.rollouts.asked).containsExactly("evidence total retire");
    assertThat(command.lines())
        .containsExactly(
            "the gate of retire of total is " + word,
            "  clear         sync: as it was",
            "  %-12s  soak: until noon".formatted(word),
            "    Cure: Come back then.",
            "evidence 5f0c, until 2026-03-01 12:15:00Z");

    assertThat(command.run("evidence", "total", "-o", "json")).isEqualTo(exitCode);
    assertThat(command.out())
        .isEqualTo(
            """
            {"change":"total","stage":"retire","verdict":"%1$s","hash":"5f0c",\
            "expires_at":"2026-03-01T12:15:00Z","checks":[\
            {"check":"sync","verdict":"clear","detail":"as it was","cure":"",\
            "measured_at":"2026-03-01T12:00:00Z"},\
            {"check":"soak","verdict":"%1$s","detail":"until noon","cure":"Come back then.",\
            "measured_at":"2026-03-01T12:00:00Z"}]}
            """
                .formatted(word));
  }

  @Test
  void approveAndPromoteTakeTheHash() {
    assertThat(command.run("approve", "total", "drop")).isEqualTo(ExitCode.USAGE);
    assertThat(command.err()).contains("--evidence");
    assertThat(command.run("approve", "total", "drop", "--evidence", "5f0c")).isZero();
    assertThat(
            command.run(
                "approve", "total", "drop", "--evidence", "5f0c", "--override", "--reason", "no"))
        .isZero();
    assertThat(command.run("promote", "total", "retire", "--evidence", "5f0c")).isZero();
    assertThat(command.rollouts.asked)
        .containsExactly(
            "approve total ApprovalOrder[stage=DROP, evidence=5f0c, override=false,"
                + " reason=Optional.empty]",
            "approve total ApprovalOrder[stage=DROP, evidence=5f0c, override=true,"
                + " reason=Optional[no]]",
            "promote total retire on 5f0c");
  }

  @Test
  void theRecordAsLinesOfJson() {
    assertThat(command.run("audit", "total", "-o", "json")).isZero();
    assertThat(command.lines())
        .containsExactly(
            """
            {"at":"2026-03-01T12:00:00Z","change":"total","actor":"ann","kind":"promoted",\
            "stage":"retire","evidence":"5f0c","verdict":"inconclusive","reason":"\\"go\\", now",\
            "result":"begun","text":"retire: \\"go\\", now","client_addr":"10.0.0.7",\
            "application_name":"gatefold","process":"ann on runner-7"}""",
            """
            {"at":"2026-03-01T12:00:00Z","change":"total","actor":"ann","kind":"stage-done",\
            "stage":null,"evidence":null,"verdict":null,"reason":null,"result":"done",\
            "text":"retire","client_addr":null,"application_name":null,"process":null}""");
  }

  @Test
  void theRecordAsCommaSeparatedValues() {
    assertThat(command.run("audit", "-o", "csv")).isZero();
    assertThat(command.lines())
        .containsExactly(
            "at,change,actor,kind,stage,evidence,verdict,reason,result,text,client_addr,"
                + "application_name,process",
            "2026-03-01T12:00:00Z,total,ann,promoted,retire,5f0c,inconclusive,\"\"\"go\"\", now\","
                + "begun,\"retire: \"\"go\"\", now\",10.0.0.7,gatefold,ann on runner-7",
            "2026-03-01T12:00:00Z,total,ann,stage-done,,,,,done,retire,,,");
  }

  @Test
  void theRecordForPeople() {
    assertThat(command.run("audit")).isZero();
    assertThat(command.lines())
        .containsExactly(
            "2026-03-01 12:00:00Z  total  ann  promoted (begun)  retire: \"go\", now",
            "    evidence 5f0c, gate inconclusive, ann on runner-7, from 10.0.0.7, as gatefold",
            "2026-03-01 12:00:00Z  total  ann  stage-done (done)  retire");
    command.rollouts.audit = List.of();
    command.run("audit");
    assertThat(command.out()).isEqualTo("Nothing has happened in that time.\n");
  }

  @Test
  void aPeriodIsInDaysOrInstants() {
    command.run("audit", "--since", "2026-11-01", "--until", "2026-11-02T10:00:00+02:00");
    assertThat(command.rollouts.asked)
        .containsExactly(
            "audit Optional.empty Optional[2026-11-01T00:00:00Z] Optional[2026-11-02T08:00:00Z]");
    assertThat(command.run("audit", "--since", "yesterday")).isEqualTo(ExitCode.USAGE);
    assertThat(command.err()).contains("\"yesterday\" is no time such as 2026-11-01");
  }

  @Test
  void onlyAuditPrintsCommaSeparatedValues() {
    for (String verb : new String[] {"status", "history", "init", "list"}) {
      assertThat(command.run(verb, "-o", "csv")).as(verb).isEqualTo(ExitCode.USAGE);
    }
    assertThat(command.run("audit", "-o", "sql")).isEqualTo(ExitCode.USAGE);
  }
}
