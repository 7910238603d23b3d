package dev.gatefold.executor.notify;

/**
 * A notification on its way to one endpoint.
 *
 * @param attempts how often it was sent, this time included
 * @param body JSON, the same at each attempt
 */
record Letter(long id, int attempts, String body) {}
