/** What a step really does to a database: the locks that it holds, what it rewrites and scans. */
@NullMarked
package dev.gatefold.executor.trial.witness;

import org.jspecify.annotations.NullMarked;
