/** What applications wrote and read, and the checker that judges it. Knows no database. */
@NullMarked
package dev.gatefold.executor.faults.history;

import org.jspecify.annotations.NullMarked;
