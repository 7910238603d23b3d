package dev.gatefold.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.planner.change.Window;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.RowMapping.Filled;
import dev.gatefold.planner.plan.RowMapping.GroupMapping;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans outlive the version that made them: they lie in the database from submit to drop. */
class PlanJsonTest {

  /** As the version wrote it that knew pairs of columns alone. */
  private static final String OF_PAIRS =
      """
      {"change":"x","backfill":{"targetBatchTime":"PT0.02S","maxRowsPerSecond":null,\
      "userTriggers":"SKIP"},"stages":[{"name":"retire","steps":[{"type":"verify_rows",\
      "id":"retire.verify.t","kind":"verify rows","sql":["SELECT 1"],\
      "rows":{"table":{"schema":"public","name":"t"},"oid":7,"key":[],\
      "along":"its blocks","columns":[{"oldColumn":"o","newColumn":"n",\
      "up":"t.o","newIsUp":"t.n = t.o","oldIsDown":"t.o = t.n"}],"skipSetting":"a=b"},\
      "mode":"BOTH"}]}],"claims":[],"hazards":[],"deploys":[]}""";

  @Test
  void aPlanOfAnEarlierVersionIsReadAndKeepsItsFingerprint() {
    Plan plan = PlanJson.read(OF_PAIRS);
    assertThat(rows(plan).groups())
        .containsExactly(
            new GroupMapping(
                List.of(new Identifier("o")),
                List.of(new Filled(new Identifier("n"), "t.o")),
                "t.n = t.o",
                "t.o = t.n",
                List.of()));
    assertThat(PlanJson.write(plan)).isEqualTo(OF_PAIRS);
  }

  @Test
  void aLargerGroupIsReadAndWrittenBesideThePairs() {
    String ofGroups =
        OF_PAIRS.replace(
            "\"skipSetting\":\"a=b\"",
            """
            "skipSetting":"a=b","regroupings":[{"olds":["a","b"],\
            "news":[{"column":"c","up":"t.a || t.b"}],"newIsUp":"x","oldIsDown":"y"}]""");
    Plan plan = PlanJson.read(ofGroups);
    assertThat(rows(plan).groups())
        .hasSize(2)
        .last()
        .isEqualTo(
            new GroupMapping(
                List.of(new Identifier("a"), new Identifier("b")),
                List.of(new Filled(new Identifier("c"), "t.a || t.b")),
                "x",
                "y",
                List.of()));
    assertThat(PlanJson.write(plan)).isEqualTo(ofGroups);
  }

  /** So that what a version planned that took silence for a choice goes on as it began. */
  @Test
  void whatNobodySaidOfTriggersIsLeftOut() {
    String silent = OF_PAIRS.replace(",\"userTriggers\":\"SKIP\"", "");
    Plan plan = PlanJson.read(silent);
    assertThat(plan.backfill().chosenTriggers()).isEmpty();
    assertThat(PlanJson.write(plan)).isEqualTo(silent);
    assertThat(PlanJson.read(OF_PAIRS).backfill().chosenTriggers()).contains(UserTriggers.SKIP);
  }

  @Test
  void aWindowIsKept() {
    String withWindow =
        OF_PAIRS.replace(
            "\"userTriggers\":\"SKIP\"",
            "\"userTriggers\":\"SKIP\",\"window\":\"01:00-05:00 Europe/Berlin\"");
    Plan plan = PlanJson.read(withWindow);
    assertThat(plan.backfill().window()).contains(new Window("01:00-05:00 Europe/Berlin"));
    assertThat(PlanJson.write(plan)).isEqualTo(withWindow);
  }

  @Test
  void thatBadRowsAreKeptIsKept() {
    String keeping =
        OF_PAIRS.replace(
            "\"userTriggers\":\"SKIP\"", "\"userTriggers\":\"SKIP\",\"keepBadRows\":true");
    Plan plan = PlanJson.read(keeping);
    assertThat(plan.backfill().keepBadRows()).isTrue();
    assertThat(PlanJson.write(plan)).isEqualTo(keeping);
  }

  @Test
  void theWayBackIsReadAndWritten() {
    String ofPairs =
        OF_PAIRS.replace("\"oldIsDown\":\"t.o = t.n\"", "\"oldIsDown\":\"x\",\"down\":\"t.n\"");
    String ofGroups =
        ofPairs.replace(
            "\"skipSetting\":\"a=b\"",
            """
            "skipSetting":"a=b","regroupings":[{"olds":["a"],"news":[],"newIsUp":"x",\
            "oldIsDown":"y","downs":[{"column":"a","up":"t.c"}]}]""");
    Plan plan = PlanJson.read(ofGroups);
    assertThat(rows(plan).groups())
        .extracting(GroupMapping::downs)
        .containsExactly(
            List.of(new Filled(new Identifier("o"), "t.n")),
            List.of(new Filled(new Identifier("a"), "t.c")));
    assertThat(PlanJson.write(plan)).isEqualTo(ofGroups);
  }

  @Test
  void throttlesAreKeptAndLeftOutWhereAllIsTheDefault() {
    String withThrottle =
        OF_PAIRS.replace(
            "\"userTriggers\":\"SKIP\"",
            "\"userTriggers\":\"SKIP\",\"throttle\":{\"limits\":{\"REPLICA_LAG\":5000},\"ignored\":[\"SLOT_LAG\"]}");
    Plan plan = PlanJson.read(withThrottle);
    ThrottleSettings settings =
        ThrottleSettings.DEFAULT
            .withLimit(SignalName.REPLICA_LAG, 5000)
            .ignoring(List.of(SignalName.SLOT_LAG));
    assertThat(plan.backfill().throttle()).contains(settings);
    assertThat(PlanJson.write(plan)).isEqualTo(withThrottle);
    assertThat(PlanJson.read(OF_PAIRS).backfill().throttling()).isEqualTo(ThrottleSettings.DEFAULT);
    assertThat(plan.backfill().withThrottle(ThrottleSettings.DEFAULT).throttle()).isEmpty();
  }

  private static RowMapping rows(Plan plan) {
    return ((Step.VerifyRows) plan.stages().get(0).steps().get(0)).rows();
  }
}
