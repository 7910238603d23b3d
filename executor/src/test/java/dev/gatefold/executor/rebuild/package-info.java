/** Tables that give way to others of another shape. */
@NullMarked
package dev.gatefold.executor.rebuild;

import org.jspecify.annotations.NullMarked;
