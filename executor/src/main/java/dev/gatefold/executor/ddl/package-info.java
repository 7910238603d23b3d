/** Runs steps as Flyway migrations; the only package that knows Flyway. */
@NullMarked
package dev.gatefold.executor.ddl;

import org.jspecify.annotations.NullMarked;
