/** Changes of a table that applications read and write all the while. */
@NullMarked
package dev.gatefold.executor.traffic;

import org.jspecify.annotations.NullMarked;
