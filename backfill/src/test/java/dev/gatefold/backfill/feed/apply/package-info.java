/** What becomes of the events of a feed. */
@NullMarked
package dev.gatefold.backfill.feed.apply;

import org.jspecify.annotations.NullMarked;
