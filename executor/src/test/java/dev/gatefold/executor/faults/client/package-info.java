/**
 * Applications of the old and the new version, at work on the table, each writing down what it did.
 */
@NullMarked
package dev.gatefold.executor.faults.client;

import org.jspecify.annotations.NullMarked;
