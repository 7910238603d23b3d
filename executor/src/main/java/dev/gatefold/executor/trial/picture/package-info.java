/** What a whole database looks like, so that two moments of it can be compared. */
@NullMarked
package dev.gatefold.executor.trial.picture;

import org.jspecify.annotations.NullMarked;
