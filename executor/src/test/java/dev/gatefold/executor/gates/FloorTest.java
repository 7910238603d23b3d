package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;

/** What a target asks of its gates holds also for commands that do not name it. */
class FloorTest {

  private static final Gates DAY = Office.gates("{expand: {soak: 1d}}");
  private static final Gates WEEK = Office.gates("{expand: {soak: 7d}}");

  @Test
  void isKeptFromTheSubmissionOn() throws Exception {
    try (Office office = Office.open()) {
      assertThat(office.submit("anna", DAY, "")).isInstanceOf(Outcome.Done.class);
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);
      office.letPass("1 day");
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void aFileAndALaterCommandCanOnlyTightenIt() throws Exception {
    try (Office office = Office.open()) {
      office.submit("anna", DAY, "{expand: {soak: 1s}}");
      office.letPass("2 days");
      assertThat(office.promote("anna", WEEK, PromotionOrder.of(StageName.EXPAND)))
          .isInstanceOf(Outcome.Blocked.class);
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);
      office.letPass("5 days");
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void aSubmissionThatNamesNoTargetDoesNotLoosenItAndOneThatDoesSetsIt() throws Exception {
    try (Office office = Office.open()) {
      office.submit("anna", WEEK, "");
      office.submit("anna", Gates.NONE, "{expand: {soak: 1s}}");
      office.letPass("2 days");
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);

      office.withdraw("anna");
      office.submit("anna", DAY, "");
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Blocked.class);
      office.letPass("1 day");
      assertThat(office.promote("anna", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    }
  }
}
