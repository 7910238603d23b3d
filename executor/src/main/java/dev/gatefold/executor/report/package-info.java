/** Rollouts, plans and outcomes in the words and JSON of the outside contract. */
@NullMarked
package dev.gatefold.executor.report;

import org.jspecify.annotations.NullMarked;
