@NullMarked
package dev.gatefold.executor.cli;

import org.jspecify.annotations.NullMarked;
