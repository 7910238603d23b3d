@NullMarked
package dev.gatefold.executor.snapshot;

import org.jspecify.annotations.NullMarked;
