@NullMarked
package dev.gatefold.backfill.feed.kafka;

import org.jspecify.annotations.NullMarked;
