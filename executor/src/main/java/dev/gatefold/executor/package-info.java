/**
 * Carries changes through a live database, stage by stage. {@link dev.gatefold.executor.Rollouts}
 * is the one way in.
 */
@NullMarked
package dev.gatefold.executor;

import org.jspecify.annotations.NullMarked;
