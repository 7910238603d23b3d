package dev.gatefold.executor.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.executor.cli.GatefoldMain;
import dev.gatefold.executor.cli.text.Console;
import dev.gatefold.executor.database.Query;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The demo tells a true story: it ends well, and it says so when something went wrong. */
class LiveDemoTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void itEndsWellAndShowsItsFigures() throws Exception {
    assertThat(demo(20_000).run()).as(text()).isZero();
    assertThat(text())
        .containsPattern("\\$ kill -9 \\d+")
        .containsPattern("the same command goes on behind row [6-9],\\d{3},")
        .contains("the catalog is as it was before")
        .containsPattern("statements run +\\d+,\\d{3}\n")
        .containsPattern("failed +0\n")
        .containsPattern("longest stall +\\d+ ms\n")
        .containsPattern("rows verified +[12]\\d,\\d{3} against what was written, 1\\d\\d,\\d{3} ")
        .containsPattern("mismatches +0\n")
        .containsPattern("lost or torn writes +0\n")
        .doesNotContain("\u001b");
  }

  @Test
  void aWriteThatGetsLostIsSeen() throws Exception {
    try (DemoDatabase database = DemoDatabase.start()) {
      database.fill(4_000);
      CompletableFuture<Void> tampering = CompletableFuture.runAsync(() -> tamper(database));
      assertThat(demo(4_000).run(database)).as(text()).isEqualTo(6);
      tampering.join();
    }
    assertThat(text())
        .containsPattern("failed +0\n")
        .containsPattern("lost or torn writes +[1-9]")
        .contains("is there");
  }

  private static void tamper(DemoDatabase database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      Query begun = Query.of("SELECT to_regclass('gatefold.rollout') IS NOT NULL");
      await().atMost(Duration.ofMinutes(1)).until(() -> begun.isTrue(connection));
      statement.execute("UPDATE orders SET note = 'lost' WHERE id BETWEEN 1000 AND 3000");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private LiveDemo demo(long rows) {
    Settings settings =
        new Settings(rows, 2, Duration.ofMillis(100), Launch.command(GatefoldMain.class));
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new LiveDemo(new Console(stream, stream, false, true), settings);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
