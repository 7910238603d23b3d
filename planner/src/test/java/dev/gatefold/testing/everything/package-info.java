/** A database with one of each kind of object, for whoever has to know them all. */
@NullMarked
package dev.gatefold.testing.everything;

import org.jspecify.annotations.NullMarked;
