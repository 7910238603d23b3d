package dev.gatefold.planner.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.ServerErrorMessage;

/** A refusal says which change refuses, what, why, and what to do instead. */
class SyncRefusalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "STRICT; old;      'abc';   GF001; has no place in its new shape; invalid input syntax",
        "FILL;   new;      1;       GF002; is not open for writes yet;    not written",
        "BOTH;   old, new; '1', 2;  GF003; old and new value of;          not written",
        "BOTH;   new;      1234;    GF004; has no place in its old shape; value too long"
      })
  void namesTheChangeAndTheColumn(
      SyncMode mode, String columns, String values, String state, String message, String detail)
      throws SQLException {
    try (SyncSession session = SyncSession.open(SampleMapping.FAILING, mode)) {
      ServerErrorMessage refusal =
          session.refusal("INSERT INTO t (id, %s) VALUES (1, %s)".formatted(columns, values));
      assertThat(refusal.getSQLState()).isEqualTo(state);
      assertThat(refusal.getMessage())
          .startsWith("change widen: ")
          .contains(message)
          .contains("public.t.old");
      assertThat(refusal.getDetail()).contains(detail);
      assertThat(refusal.getHint()).startsWith("Write ");
      assertThat(refusal.getSchema()).isEqualTo("public");
      assertThat(refusal.getTable()).isEqualTo("t");
      assertThat(refusal.getColumn()).isEqualTo("new");
      assertThat(session.stored()).isEmpty();
    }
  }
}
