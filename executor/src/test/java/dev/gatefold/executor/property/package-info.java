/** Random tables and random changes of them, which have to go there and back without a trace. */
@NullMarked
package dev.gatefold.executor.property;

import org.jspecify.annotations.NullMarked;
