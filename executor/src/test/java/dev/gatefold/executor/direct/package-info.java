/** Operations that need no new column, each there, back and to the end, beside its twin. */
@NullMarked
package dev.gatefold.executor.direct;

import org.jspecify.annotations.NullMarked;
