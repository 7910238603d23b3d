/** Webhooks, with a receiver that is there. */
@NullMarked
package dev.gatefold.executor.notify;

import org.jspecify.annotations.NullMarked;
