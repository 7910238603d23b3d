package dev.gatefold.executor.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What was seen at gates, a line each time. The same seen again is a new line with a later expiry.
 * Stateless and thread-safe.
 */
public final class EvidenceStore {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private static final int VALID_MINUTES = 15;

  private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

  /** Records what is shown to somebody who may decide on it; answers until when. */
  public Instant show(Connection connection, Rollout rollout, Evidence evidence)
      throws SQLException {
    return record(connection, rollout, evidence, VALID_MINUTES);
  }

  /**
   * Records what a command itself decided on. It is past at once: else a promotion that was refused
   * because evidence had expired would make it valid again, and nobody would have looked.
   */
  public void keep(Connection connection, Rollout rollout, Evidence evidence) throws SQLException {
    record(connection, rollout, evidence, 0);
  }

  /**
   * The same for a promotion that was refused, unless these verdicts are on record: somebody may
   * try each minute for a week, and lines are never deleted.
   */
  public void keepOnce(Connection connection, Rollout rollout, Evidence evidence)
      throws SQLException {
    if (find(connection, evidence.hash()).isEmpty()) {
      keep(connection, rollout, evidence);
    }
  }

  private static Instant record(
      Connection connection, Rollout rollout, Evidence evidence, int validMinutes)
      throws SQLException {
    return Query.of(
            """
            INSERT INTO gatefold.evidence
              (rollout_id, stage, hash, fingerprint, findings, expires_at)
            VALUES (?, ?, ?, ?, ?::jsonb, clock_timestamp() + ? * interval '1 minute')
            RETURNING expires_at""",
            rollout.id(),
            evidence.stage().word(),
            evidence.hash(),
            rollout.plan().fingerprint(),
            write(evidence.findings()),
            validMinutes)
        .first(connection, row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .orElseThrow();
  }

  /** The one with a hash that is valid for longest, of whatever change. */
  public Optional<SeenEvidence> find(Connection connection, String hash) throws SQLException {
    return Query.of(
            """
            SELECT e.id, e.rollout_id, r.change, e.stage, e.hash, e.fingerprint, e.findings,
                   e.measured_at, e.expires_at, e.expires_at <= clock_timestamp() AS expired
            FROM gatefold.evidence e JOIN gatefold.rollout r ON r.id = e.rollout_id
            WHERE e.hash = ?
            ORDER BY e.expires_at DESC LIMIT 1""",
            hash)
        .first(connection, EvidenceStore::read);
  }

  private static SeenEvidence read(ResultSet row) throws SQLException {
    return new SeenEvidence(
        row.getLong("id"),
        row.getLong("rollout_id"),
        row.getString("fingerprint"),
        new Evidence(
            new ChangeName(row.getString("change")),
            StageName.of(row.getString("stage")).orElseThrow(),
            row.getString("hash"),
            findings(row.getString("findings"))),
        row.getObject("measured_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("expired"));
  }

  private static String write(List<Finding> findings) {
    try {
      return MAPPER.writeValueAsString(findings);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write findings", e);
    }
  }

  static List<Finding> findings(String json) {
    try {
      return MAPPER.readValue(json, FINDINGS);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("stored findings cannot be read", e);
    }
  }
}
