/**
 * A schema as a script: read from a live catalog, kept in a file, and made again on an empty
 * server, so that a change can be planned, and tried, without the database that it is meant for.
 */
@NullMarked
package dev.gatefold.planner.snapshot;

import org.jspecify.annotations.NullMarked;
