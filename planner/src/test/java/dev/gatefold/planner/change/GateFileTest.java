package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateFileTest {

  private static final String TARGET =
      """
      targets:
        prod:
          url: x
          gates:
            retire: {soak: 24h, approvers: [dba]}
            drop:
              soak: 7d
              approvals: 2
              approvers: [dba, '"Release Manager"']
              freeze: ["Fri 16:00 - Mon 08:00 Europe/Berlin"]
              checks:
                - {name: invoices sent, sql: "SELECT true", timeout: 5s}
                - {name: other, sql: "SELECT count(*) = 0 FROM open_orders"}
              max_replica_lag: 10s
      """;

  @Test
  void everyKeyIsRead() throws ChangeFileException {
    Gates gates = GateFile.read("gatefold.yaml", TARGET, List.of("targets", "prod", "gates"));
    assertThat(gates.expand()).isEqualTo(GateSettings.NONE);
    assertThat(gates.drop())
        .isEqualTo(
            new GateSettings(
                Duration.ofDays(7),
                2,
                List.of(List.of("dba", "Release Manager")),
                List.of(new FreezeWindow("Fri 16:00 - Mon 08:00 Europe/Berlin")),
                List.of(
                    new SqlCheck("invoices sent", "SELECT true", Duration.ofSeconds(5)),
                    new SqlCheck(
                        "other", "SELECT count(*) = 0 FROM open_orders", Duration.ofSeconds(10))),
                Optional.of(Duration.ofSeconds(10))));
    assertThat(GatesJson.read(GatesJson.write(gates))).isEqualTo(gates);
  }

  @Test
  void aChangeFileHasTheSameKeys() throws ChangeFileException {
    Change change =
        ChangeFile.read(
            "x.yaml",
            """
            change: x
            operations: [{rename_column: {table: t, column: a, to: b}}]
            gates: {retire: {soak: 24h}, drop: {approvals: 1}}
            """);
    assertThat(change.gates().retire().soak()).isEqualTo(Duration.ofHours(24));
    assertThat(change.gates().drop().approvals()).isEqualTo(1);
  }

  @Test
  void wherePathEndsThereAreNone() throws ChangeFileException {
    assertThat(GateFile.read("x", "targets: {a: {url: y}}", List.of("targets", "a", "gates")))
        .isEqualTo(Gates.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {swap: {}} ! unknown key "swap"; known here: expand, backfill, retire, drop
          {drop: {soaks: 7d}} ! unknown key "soaks"; known here: approvers, soak, approvals
          {drop: {soak: a week}} ! the key "soak": "a week" is not a time such as
          {drop: {approvals: -1}} ! the key "approvals": "-1" is not a whole number from 0 to 20
          {drop: {approvals: 21}} ! is not a whole number from 0 to 20
          {drop: {approvers: dba}} ! the key "approvers" expects a list
          {drop: {approvers: [[dba]]}} ! expects a list of texts
          {drop: {approvers: [""]}} ! the key "approvers":
          {drop: {freeze: [Friday]}} ! "Friday" is not a time such as "Fri 16:00
          {drop: {checks: [{name: a}]}} ! the key "sql" is missing
          {drop: {checks: [{name: "a=b", sql: SELECT true}]}} ! is not a name for a check
          {drop: {checks: [{name: a, sql: " "}]}} ! the SQL is empty
          {drop: {checks: [{name: a, sql: SELECT 1, timeout: 0s}]}} ! is no time at all
          {drop: {checks: [{name: a, sql: x}, {name: a, sql: y}]}} ! is the name of another check
          {drop: {max_replica_lag: far}} ! the key "max_replica_lag": "far" is not a time
          """)
  void whateverIsNotUnderstoodIsAnErrorWithFileAndLine(String yaml, String message) {
    assertThatThrownBy(() -> GateFile.read("x.yaml", "gates: " + yaml, List.of("gates")))
        .isInstanceOf(ChangeFileException.class)
        .hasMessageStartingWith("x.yaml, line 1")
        .hasMessageContaining(message);
  }

  @Test
  void ofTwoTheStricterCountsKeyByKey() throws ChangeFileException {
    GateSettings target = GateFile.read("x", TARGET, List.of("targets", "prod", "gates")).drop();
    GateSettings file =
        new GateSettings(
            Duration.ofDays(1),
            3,
            List.of(List.of("team")),
            List.of(new FreezeWindow("2026-12-20 00:00 - 2027-01-04 08:00 UTC")),
            List.of(new SqlCheck("mine", "SELECT false", Duration.ofSeconds(1))),
            Optional.of(Duration.ofSeconds(60)));

    GateSettings both = target.stricter(file);

    assertThat(both.soak()).isEqualTo(Duration.ofDays(7));
    assertThat(both.approvals()).isEqualTo(3);
    assertThat(both.approvers())
        .hasSize(2)
        .containsAll(target.approvers())
        .contains(List.of("team"));
    assertThat(both.freeze()).hasSize(2);
    assertThat(both.checks()).extracting(SqlCheck::name).contains("mine", "other").hasSize(3);
    assertThat(both.maxReplicaLag()).contains(Duration.ofSeconds(10));
    assertThat(target.stricter(target)).isEqualTo(target);
    assertThat(GateSettings.NONE.stricter(target)).isEqualTo(target);
  }
}
