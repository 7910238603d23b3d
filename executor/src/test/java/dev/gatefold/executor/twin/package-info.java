/** Two equal tables get the same statements; one of them is changed meanwhile. */
@NullMarked
package dev.gatefold.executor.twin;

import org.jspecify.annotations.NullMarked;
