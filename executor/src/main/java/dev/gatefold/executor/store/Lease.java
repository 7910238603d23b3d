package dev.gatefold.executor.store;

import java.util.UUID;

/**
 * The right to work on a rollout: a counter plus a random part, given out by the server. Whoever
 * holds an older one has lost it.
 */
public record Lease(long rollout, long fence, UUID token) {}
