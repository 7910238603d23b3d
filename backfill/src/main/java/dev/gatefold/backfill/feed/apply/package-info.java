/**
 * What a feed tells becomes rows: in each row that an application wrote, one shape is made anew
 * from the other as they are by then. Nothing is taken from an event but the key, so that it does
 * not matter in which order a copy of all rows and the events of some come by, nor whether an event
 * comes twice.
 */
@NullMarked
package dev.gatefold.backfill.feed.apply;

import org.jspecify.annotations.NullMarked;
