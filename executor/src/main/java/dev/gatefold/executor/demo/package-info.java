/** The whole story on a database of its own, with live traffic. */
@NullMarked
package dev.gatefold.executor.demo;

import org.jspecify.annotations.NullMarked;
