/** The application alone, and the application beside Gatefold. */
@NullMarked
package dev.gatefold.examples.members;

import org.jspecify.annotations.NullMarked;
