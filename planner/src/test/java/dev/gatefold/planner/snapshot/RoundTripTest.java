package dev.gatefold.planner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.catalog.TableImage;
import dev.gatefold.planner.snapshot.Restoration.Restored;
import dev.gatefold.testing.TestDatabase;
import dev.gatefold.testing.everything.Everything;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What was read can be written, read, made anew and read again. */
@TestInstance(Lifecycle.PER_CLASS)
class RoundTripTest {

  private static final String TABLES =
      """
      SELECT oid FROM pg_class
      WHERE relkind IN ('r', 'p', 'f', 'm', 'v') AND relnamespace IN (
        SELECT oid FROM pg_namespace WHERE nspname IN ('shop', 'public', 'Odd Names'))
      ORDER BY oid::regclass::text COLLATE "C"
      """;

  private TestDatabase original;
  private TestDatabase copy;
  private String file;

  @BeforeAll
  void makeItAnew() throws Exception {
    original = Everything.create();
    file = SnapshotFile.write(read(original));
    copy = TestDatabase.forSuperuser();
    try (Connection connection = copy.connectAsSuperuser()) {
      SchemaSnapshot snapshot = SnapshotFile.read("shop.yaml", file);
      assertThat(Restoration.restore(snapshot, connection))
          .isEqualTo(new Restored(List.of(), List.of()));
    }
  }

  @AfterAll
  void drop() throws SQLException {
    original.close();
    copy.close();
    Everything.dropRoles();
  }

  @Test
  void aSchemaThatWasMadeAnewGivesTheSameFile() throws Exception {
    assertThat(withoutUse(SnapshotFile.write(read(copy)))).isEqualTo(withoutUse(file));
  }

  @Test
  void everyTableIsWhatItWasForWhoeverComparesTables() throws Exception {
    assertThat(images(copy))
        .hasSizeGreaterThan(150)
        .containsExactlyInAnyOrderElementsOf(images(original));
  }

  @Test
  void optionsAndRowsThatMayBeSecretStayOut() {
    assertThat(file).contains("shop.remote", "public.scratch").doesNotContain("secret-word");
  }

  /** Without what tables weigh, and how much they are used: the copy is empty. */
  private static String withoutUse(String file) {
    return file.replaceAll(", bytes: .*}", "}");
  }

  /** But for the numbers in names that the server gives to the parts of a key over partitions. */
  private static List<String> images(TestDatabase database) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.connect()) {
      for (String oid : database.queryLines(TABLES)) {
        lines.addAll(TableImage.read(connection, Long.parseLong(oid)));
      }
    }
    return lines.stream().map(line -> line.replaceAll("_fkey[_0-9]+", "_fkey")).toList();
  }

  private static SchemaSnapshot read(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return SnapshotReader.read(connection);
    }
  }
}
