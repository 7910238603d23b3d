@NullMarked
package dev.gatefold.executor.usage;

import org.jspecify.annotations.NullMarked;
