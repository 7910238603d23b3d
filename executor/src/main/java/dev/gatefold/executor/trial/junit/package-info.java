/** Trials in users' own builds: an extension of JUnit 5 or later, which they bring along. */
@NullMarked
package dev.gatefold.executor.trial.junit;

import org.jspecify.annotations.NullMarked;
