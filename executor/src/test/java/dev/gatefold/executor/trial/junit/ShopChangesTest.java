package dev.gatefold.executor.trial.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Version;
import dev.gatefold.executor.trial.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShopChangesTest {

  @GatefoldTest(
      change = "trial/orders-amount.yaml",
      schema = "trial/shop.sql",
      writers = Checkout.class)
  void ordersGetTheirAmount(TrialResult trial) {
    trial.assertClean();
    assertThat(trial.report().writes().byNew()).isPositive();
  }

  @GatefoldTest(change = "trial/nothing-there.yaml", schema = "trial/shop.sql")
  void whatCannotBeIsRefused(TrialResult trial) {
    trial.assertRefused("no-column");
    assertThatThrownBy(trial::assertClean)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the planner refuses nothing-there: no-column");
    assertThatThrownBy(() -> trial.assertRefused("other"))
        .hasMessageContaining("not refused for other, but for [no-column]");
  }

  /** How the shop itself writes an order, before and after the change. */
  public static final class Checkout implements Writer {
    @Override
    public long write(Connection connection, Version version, RolloutState state)
        throws SQLException {
      String column = version == Version.OLD ? "total" : "amount";
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(
            "INSERT INTO orders (customer, " + column + ") VALUES (7, 1)");
      }
    }
  }

  @Test
  void theDocumentationShowsThisVeryExample() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/test.md"))) {
      root = Optional.ofNullable(root.getParent()).orElseThrow();
    }
    String text = Files.readString(root.resolve("docs/test.md"));
    for (String file : List.of("trial/shop.sql", "trial/orders-amount.yaml")) {
      assertThat(text).contains(ProjectFile.read(ShopChangesTest.class, file));
    }
    Path source =
        root.resolve("executor/src/test/java")
            .resolve(ShopChangesTest.class.getName().replace('.', '/') + ".java");
    String code = Files.readString(source);
    assertThat(text)
        .contains(part(code, "  @GatefoldTest(\n", "\n  @GatefoldTest(change"))
        .contains(part(code, "  /** How the shop itself", "\n  @Test"));
  }

  private static String part(String text, String from, String to) {
    int begin = text.indexOf(from);
    return text.substring(begin, text.indexOf(to, begin)).stripTrailing();
  }
}
