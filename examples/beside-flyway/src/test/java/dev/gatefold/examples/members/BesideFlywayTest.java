package dev.gatefold.examples.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.examples.members.two.Members;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.cli.GatefoldMain;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ways to one schema: Gatefold in production, the application's own Flyway elsewhere. */
class BesideFlywayTest {

  private static final Path CHANGE = Path.of("changes", "members-fee.yaml");
  private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
  private static final String OURS = "V2__members-fee.sql";

  /** The migrations of the repository, as they were with version 1. */
  @TempDir private Path versionOne;

  private TestDatabase production;

  @BeforeEach
  void start() throws Exception {
    Files.copy(MIGRATIONS.resolve("V1__members.sql"), versionOne.resolve("V1__members.sql"));
    production = TestDatabase.create();
    assertThat(startVersionOne()).isOne();
  }

  @AfterEach
  void end() throws SQLException {
    production.close();
  }

  private int startVersionOne() {
    return Schema.migrate(production.url(), "filesystem:" + versionOne);
  }

  private int startVersionTwo() {
    return Schema.migrate(production.url(), Schema.MIGRATIONS);
  }

  private static long roundOfOne(Connection connection, int cents) throws SQLException {
    var members = new dev.gatefold.examples.members.one.Members(connection);
    long id = members.join("One", 0);
    members.charge(id, cents);
    return id;
  }

  private static long roundOfTwo(Connection connection, int cents) throws SQLException {
    Members members = new Members(connection);
    long id = members.join("Two", BigDecimal.ZERO);
    members.charge(id, BigDecimal.valueOf(cents, 2));
    return id;
  }

  @Test
  void bothLeadToTheSameSchema() throws Exception {
    Map<Long, BigDecimal> fees = new TreeMap<>();
    fees.put(1L, new BigDecimal("12.50"));
    fees.put(2L, new BigDecimal("0.00"));
    try (LiveRollouts gatefold = LiveRollouts.open(DatabaseUrl.parse(production.url()));
        Traffic one = Traffic.of(production, BesideFlywayTest::roundOfOne)) {
      gatefold.init();
      String yaml = Files.readString(CHANGE);
      Change change = ChangeFile.read(CHANGE.toString(), yaml);
      assertThat(gatefold.submit(change, yaml)).isInstanceOf(Outcome.Done.class);

      promote(gatefold, change, StageName.EXPAND);
      one.goesOn();
      // Version 2 comes too early: it does not start, and version 1 goes on.
      assertThatThrownBy(this::startVersionTwo)
          .hasMessageContaining("does not serve the new shape of change members-fee")
          .hasMessageContaining("Promote it until it is backfilled");
      one.goesOn();

      promote(gatefold, change, StageName.BACKFILL);
      assertThat(startVersionTwo()).isOne();
      try (Traffic two = Traffic.of(production, BesideFlywayTest::roundOfTwo)) {
        one.goesOn();
        two.goesOn();
        // An instance of version 1 that starts now does not mind what version 2 brought.
        assertThat(startVersionOne()).isZero();
        fees.putAll(one.stop());

        promote(gatefold, change, StageName.RETIRE);
        promote(gatefold, change, StageName.DROP);
        two.goesOn();
        fees.putAll(two.stop());
      }
    }
    assertThat(startVersionTwo()).isZero();
    try (Connection connection = production.connect()) {
      assertThat(new Members(connection).all())
          .allSatisfy(member -> assertThat(member.fee()).isEqualTo(fees.get(member.id())))
          .hasSize(fees.size());
    }
    try (TestDatabase fresh = TestDatabase.create()) {
      Schema.migrate(fresh.url(), Schema.MIGRATIONS);
      assertThat(picture(fresh).to(picture(production)).words()).isEmpty();
    }
  }

  private static void promote(LiveRollouts gatefold, Change change, StageName stage)
      throws SQLException {
    assertThat(
            gatefold.promote(
                change.name(),
                PromotionOrder.answering(stage, "version 1 is gone where it has to be"),
                StageListener.SILENT))
        .isInstanceOf(Outcome.Done.class);
  }

  private static DatabasePicture picture(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return DatabasePicture.take(connection);
    }
  }

  @Test
  void theMigrationInTheRepositoryIsWhatPlanWrites() throws Exception {
    String said = gatefold("plan", CHANGE.toString(), "--flyway", versionOne.toString());
    assertThat(versionOne.resolve(OURS)).as(said).hasSameTextualContentAs(MIGRATIONS.resolve(OURS));
  }

  /** Runs the command line as people do. */
  private String gatefold(String... args) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            GatefoldMain.class.getName());
    builder.command().addAll(List.of(args));
    builder.environment().put("GATEFOLD_URL", production.url());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
