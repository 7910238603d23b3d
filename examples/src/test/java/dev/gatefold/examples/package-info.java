/** What people run: the jar itself, against a real database. */
@NullMarked
package dev.gatefold.examples;

import org.jspecify.annotations.NullMarked;
