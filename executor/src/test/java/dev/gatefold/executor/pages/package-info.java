/** The pages of the docs that show operations, each run as it stands. */
@NullMarked
package dev.gatefold.executor.pages;

import org.jspecify.annotations.NullMarked;
