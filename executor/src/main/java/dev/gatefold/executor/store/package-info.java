/** Gatefold's own tables in the target database: what was submitted, promoted and done. */
@NullMarked
package dev.gatefold.executor.store;

import org.jspecify.annotations.NullMarked;
