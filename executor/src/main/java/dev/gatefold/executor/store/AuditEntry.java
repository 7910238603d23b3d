package dev.gatefold.executor.store;

import java.util.Optional;

/**
 * One line of what happened, with all that is known about it.
 *
 * @param evidence the hash of what was seen at the gate
 * @param verdict the gate's word on it
 * @param result how it ended: done, begun, failed, refused, or the verdict of a gate that was
 *     closed
 * @param clientAddr where the session came from; empty for a local socket
 * @param process user and machine of the process, as it said itself
 */
public record AuditEntry(
    HistoryEntry entry,
    Optional<String> stage,
    Optional<String> evidence,
    Optional<String> verdict,
    Optional<String> reason,
    String result,
    Optional<String> clientAddr,
    Optional<String> application,
    Optional<String> process) {}
