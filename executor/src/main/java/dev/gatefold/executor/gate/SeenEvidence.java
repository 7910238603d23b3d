package dev.gatefold.executor.gate;

import java.time.Instant;

/**
 * What was seen at a gate and recorded.
 *
 * @param rollout whose gate it was
 * @param fingerprint of the plan that it was seen for
 * @param expiresAt until when somebody may decide on it, by the server's clock
 * @param expired whether that was past when it was looked up
 */
public record SeenEvidence(
    long id,
    long rollout,
    String fingerprint,
    Evidence evidence,
    Instant measuredAt,
    Instant expiresAt,
    boolean expired) {}
