/** What the tests of the backfill share: a table with a mapping, a fence, checkpoints and time. */
@NullMarked
package dev.gatefold.backfill.testing;

import org.jspecify.annotations.NullMarked;
