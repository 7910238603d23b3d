@NullMarked
package dev.gatefold.executor.cli.text;

import org.jspecify.annotations.NullMarked;
