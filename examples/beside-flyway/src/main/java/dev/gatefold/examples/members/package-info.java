/** A small application that brings its own schema along with Flyway. */
@NullMarked
package dev.gatefold.examples.members;

import org.jspecify.annotations.NullMarked;
