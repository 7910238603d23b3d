/** The extension, used as in a build of somebody else's. */
@NullMarked
package dev.gatefold.executor.trial.junit;

import org.jspecify.annotations.NullMarked;
