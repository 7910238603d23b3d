/** Version 1 of the application's code: fees are cents. */
@NullMarked
package dev.gatefold.examples.members.one;

import org.jspecify.annotations.NullMarked;
