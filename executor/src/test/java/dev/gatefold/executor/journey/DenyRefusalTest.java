package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.Hazard;
import org.junit.jupiter.api.Test;

/** Where {@code retire: revoke} could not bind, or not be taken back, and whom it does not bind. */
class DenyRefusalTest {

  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int, b int);";

  private static final String REVOKE = "retire: revoke\n";

  private static final String RENAME = "  - rename_column: {table: t, column: a, to: c}\n";

  @Test
  void theNewColumnWantsANameOfItsOwn() throws Exception {
    assertThat(
            Carrying.refusals(
                TABLE + "GRANT SELECT ON t TO deny_reader",
                "  - alter_column: {table: t, column: a, type: bigint}\n" + REVOKE))
        .containsExactly(
            "revoke-kept-name: \"retire: revoke\" leaves the old column its name, and the new one"
                + " shall have the same");
  }

  @Test
  void somebodyElseHasToHaveARight() throws Exception {
    try (Journey journey = DenyRoles.journey(TABLE)) {
      String owner = journey.rows("SELECT tableowner FROM pg_tables WHERE tablename = 't'").get(0);
      assertThat(Carrying.refusals(TABLE + "GRANT DELETE ON t TO deny_writer", RENAME + REVOKE))
          .containsExactly(
              "revoke-denies-nobody: nobody but the owner %s was granted a right to use the column, and the owner cannot be denied"
                  .formatted(owner));
    }
  }

  @Test
  void whatAnotherRoleGrantedCouldNotBePutBack() throws Exception {
    String granted =
        TABLE
            + """
            GRANT USAGE ON SCHEMA public TO deny_writer;
            GRANT SELECT %1$s ON t TO deny_writer WITH GRANT OPTION;
            SET SESSION AUTHORIZATION deny_writer;
            GRANT SELECT %1$s ON t TO deny_reader;
            """;
    String reason =
        "revoke-of-others: SELECT for deny_reader was granted by another role than the owner";
    assertThat(Carrying.refusals(granted.replace("%1$s", ""), RENAME + REVOKE))
        .containsExactly(reason);
    assertThat(Carrying.refusals(granted.replace("%1$s", "(b)"), RENAME + REVOKE)).contains(reason);
  }

  @Test
  void thePlanNamesWhoIsNotDenied() throws Exception {
    try (Journey journey = DenyRoles.journey(TABLE + "GRANT SELECT ON t TO deny_reader")) {
      String owner = journey.rows("SELECT tableowner FROM pg_tables WHERE tablename = 't'").get(0);
      assertThat(journey.submit("change: c\noperations:\n" + RENAME + REVOKE))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollout("c").plan().hazards())
          .filteredOn(hazard -> hazard.code().equals("owner-not-denied"))
          .extracting(Hazard::message)
          .singleElement()
          .asString()
          .contains("never from the owner " + owner + ",");
      assertThat(journey.rollout("c").plan().hazards())
          .extracting(Hazard::code)
          .contains("whole-table-denied");
    }
  }
}
