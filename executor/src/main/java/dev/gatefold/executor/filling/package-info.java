/** How backfills are doing, be they those of changes or of their own. */
@NullMarked
package dev.gatefold.executor.filling;

import org.jspecify.annotations.NullMarked;
