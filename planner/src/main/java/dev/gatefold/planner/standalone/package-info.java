/** Plans of backfills that go without a change of schema. */
@NullMarked
package dev.gatefold.planner.standalone;

import org.jspecify.annotations.NullMarked;
