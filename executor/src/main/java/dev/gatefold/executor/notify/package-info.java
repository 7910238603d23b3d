/**
 * Webhooks: who wants to be told, and the telling. What there is to tell is written by the stores,
 * in the transaction of what happened; it is sent from here later, as often as it takes.
 */
@NullMarked
package dev.gatefold.executor.notify;

import org.jspecify.annotations.NullMarked;
