/** The PostgreSQL server that the tests of a JVM share: in a container or embedded. */
@NullMarked
package dev.gatefold.testing.server;

import org.jspecify.annotations.NullMarked;
