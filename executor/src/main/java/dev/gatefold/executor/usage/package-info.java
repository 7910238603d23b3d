/** Who still uses the old shape of a column, by what can be seen, and what cannot. */
@NullMarked
package dev.gatefold.executor.usage;

import org.jspecify.annotations.NullMarked;
