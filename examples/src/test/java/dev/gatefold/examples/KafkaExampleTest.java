package dev.gatefold.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatefold.examples.GatefoldJar.Ended;
import dev.gatefold.testing.TestDatabase;
import dev.gatefold.testing.broker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example that goes through Kafka, with the jar, as its page says; three workers apply it. */
class KafkaExampleTest {

  private static final Path FOLDER = Path.of("through-kafka");

  @BeforeAll
  static void needsTheJar() {
    assumeTrue(GatefoldJar.exists(), "the jar is made by mvn package");
  }

  @Test
  void theTableHasItsNewKeyAndAllItsRows() throws Exception {
    List<Process> workers = new ArrayList<>();
    try (TestBroker broker = TestBroker.start();
        TestDatabase database = TestDatabase.forSuperuser()) {
      database.execute(Files.readString(FOLDER.resolve("before.sql")));
      Map<String, String> shop = Map.of("SHOP_URL", database.url(), "BROKERS", broker.servers());
      done(shop, "init");
      done(shop, "submit", "orders-by-customer.yaml");
      promote(shop, "expand");
      for (int i = 0; i < 3; i++) {
        workers.add(GatefoldJar.start(FOLDER, shop, "work", "--feed", "kafka", "--target", "shop"));
      }
      promote(shop, "backfill");
      database.execute(
          "UPDATE orders SET note = 'late' WHERE id = 1; DELETE FROM orders WHERE id = 2");
      promote(shop, "retire");
      database.execute("INSERT INTO orders VALUES (2, 500, 'new')");
      assertThat(GatefoldJar.run(FOLDER, shop, "status", "--target", "shop").out())
          .contains("through the topic gatefold_");
      promote(shop, "drop");
      assertThat(
              database.queryLines(
                  """
                  SELECT count(*), count(*) FILTER (WHERE note IN ('late', 'new')),
                         pg_get_constraintdef((SELECT oid FROM pg_constraint
                                               WHERE conrelid = 'orders'::regclass AND contype = 'p'))
                  FROM orders"""))
          .containsExactly("5000|2|PRIMARY KEY (customer, id)");
    } finally {
      for (Process worker : workers) {
        worker.destroyForcibly().waitFor();
      }
    }
  }

  private static void promote(Map<String, String> shop, String stage) throws Exception {
    // As somebody who asks again while nothing is missing but that the feed catches up.
    Ended ended = promoted(shop, stage);
    while (ended.exitCode() != 0 && ended.out().contains("behind")) {
      ended = promoted(shop, stage);
    }
    assertThat(ended.exitCode()).as(ended.out()).isZero();
  }

  private static Ended promoted(Map<String, String> shop, String stage) throws Exception {
    return GatefoldJar.run(
        FOLDER,
        shop,
        "promote",
        "orders-by-customer",
        stage,
        "--target",
        "shop",
        "--reason",
        "nobody else is here");
  }

  private static void done(Map<String, String> shop, String... verb) throws Exception {
    List<String> line = new ArrayList<>(List.of(verb));
    line.addAll(List.of("--target", "shop"));
    Ended ended = GatefoldJar.run(FOLDER, shop, line.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.out()).isZero();
  }
}
