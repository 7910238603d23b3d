package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.OwnerLost;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users write into the URL of the database leaves a batch one transaction. */
class DriverSettingsTest {

  private Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = Scene.items(60);
    scene.keep();
    scene.database.execute("UPDATE item SET total = 'n/a' WHERE id IN (23, 24)");
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private BackfillOutcome run(RowMapping mapping, String parameters) throws Exception {
    BackfillJob job = Scene.job(mapping);
    BackfillJob keeping =
        new BackfillJob(
            mapping, job.settings().withKeepBadRows(true), false, true, job.rowsEstimate());
    try (Connection connection =
        DriverManager.getConnection(scene.database.url() + "&" + parameters)) {
      return scene.run(connection, keeping);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preferQueryMode=extended",
        "preferQueryMode=extendedForPrepared",
        "preferQueryMode=extendedCacheEverything",
        "prepareThreshold=1",
        "stringtype=unspecified",
        "stringtype=unspecified&prepareThreshold=1",
        "binaryTransfer=false",
        "defaultRowFetchSize=1",
        "autosave=always",
      })
  void aBatchIsWrittenAsAWholeOrNotAtAll(String parameters) throws Exception {
    RowMapping byKey = scene.itemMapping();
    scene.afterBatch(
        batch -> {
          if (batch == 2) {
            scene.fence.set("token 8");
          }
        });
    assertThat(run(byKey, parameters)).isEqualTo(new OwnerLost("token 8"));
    assertThat(
            scene.value(
                "SELECT count(total_n), count(DISTINCT xmin::text) FROM item WHERE total_n IS NOT NULL"))
        .isEqualTo("20|2");

    scene.fence.set("holding");
    scene.afterBatch(batch -> {});
    assertThat(run(byKey, parameters)).isEqualTo(new Finished(60));
    assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("58");
    assertThat(scene.value("SELECT count(*) FROM kept")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepareThreshold=1", "stringtype=unspecified"})
  void fromBlockToBlockToo(String parameters) throws Exception {
    assertThat(run(scene.itemMapping().fromBlockToBlock("a test"), parameters))
        .isInstanceOf(Finished.class);
    assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("58");
  }

  @Test
  void whatSendsEachStatementByItselfIsRefused() throws Exception {
    RowMapping mapping = scene.itemMapping();
    assertThatThrownBy(() -> run(mapping, "preferQueryMode=simple"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("preferQueryMode");
    assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("0");
  }
}
