/** What the tests of every module share. */
@NullMarked
package dev.gatefold.testing;

import org.jspecify.annotations.NullMarked;
