/** The house rules about code, with a class that breaks each of them. */
@NullMarked
package dev.gatefold.testing.architecture;

import org.jspecify.annotations.NullMarked;
