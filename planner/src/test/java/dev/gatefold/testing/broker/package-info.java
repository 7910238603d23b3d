/** A broker of Kafka for tests, in a process of its own. */
@NullMarked
package dev.gatefold.testing.broker;

import org.jspecify.annotations.NullMarked;
