package dev.gatefold.planner.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.planner.change.ThrottleSettings.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file says about who may slow a backfill down. */
class ThrottleFileTest {

  private static Optional<ThrottleSettings> read(String backfill) throws ChangeFileException {
    return ChangeFile.read(
            "x.yaml",
            """
            change: x
            operations: [{rename_column: {table: t, column: a, to: b}}]
            backfill: %s
            """
                .formatted(backfill))
        .backfill()
        .throttle();
  }

  @Test
  void everyLimitHasItsUnit() throws ChangeFileException {
    assertThat(
            read(
                """

                  throttle:
                    max_replica_lag: 5s
                    max_wal_rate: 50MB
                    max_archive_backlog: 10
                    max_slot_lag: 2GB
                    max_active_sessions: 16
                    max_dead_rows: 50%
                    max_xid_age: 1_000_000_000
                    probe: {sql: SELECT true, timeout: 200ms}
                  ignore_signals: [slot_lag, replica_lag, slot_lag]
                """))
        .contains(
            new ThrottleSettings(
                Map.of(
                    SignalName.REPLICA_LAG, 5000L,
                    SignalName.WAL_RATE, 50L << 20,
                    SignalName.ARCHIVE_BACKLOG, 10L,
                    SignalName.SLOT_LAG, 2L << 30,
                    SignalName.ACTIVE_SESSIONS, 16L,
                    SignalName.DEAD_ROWS, 50L,
                    SignalName.XID_AGE, 1_000_000_000L),
                Optional.of(new Probe("SELECT true", Duration.ofMillis(200))),
                List.of(SignalName.REPLICA_LAG, SignalName.SLOT_LAG)));
  }

  @Test
  void whatAsksForNothingIsTheDefault() throws ChangeFileException {
    assertThat(read("{}")).isEmpty();
    assertThat(read("{throttle: {}, ignore_signals: []}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {ignore_signals: [replica_lags]} ! x.yaml, line 3 (in backfill): the key "ignore_signals": "replica_lags" is no signal; there are replica_lag, wal_rate, archive_backlog, slot_lag, active_sessions, lock_waits, dead_rows, xid_age, probe
          {throttle: {max_lag: 5s}} ! x.yaml, line 3 (in backfill.throttle): unknown key "max_lag"; known here: max_replica_lag, max_wal_rate
          {throttle: {max_lock_waits: 5}} ! unknown key "max_lock_waits"
          {throttle: {max_replica_lag: 0s}} ! "0s" is nothing at all
          {throttle: {max_replica_lag: 5}} ! is not a time such as
          {throttle: {max_wal_rate: 50 megabytes}} ! is not a size such as 512kB or 64MB
          {throttle: {max_dead_rows: "0.5"}} ! is not a share such as 50%
          {throttle: {max_active_sessions: none}} ! is not a whole number above zero
          {throttle: {probe: {timeout: 1s}}} ! the key "sql" is missing
          {throttle: {probe: {sql: "SELECT true; DROP TABLE t"}}} ! one query without a semicolon
          """)
  void whatIsWrongIsNamed(String backfill, String message) {
    assertThatThrownBy(() -> read(backfill))
        .isInstanceOf(ChangeFileException.class)
        .hasMessageContaining(message);
  }
}
