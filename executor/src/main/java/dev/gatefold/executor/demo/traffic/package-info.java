/** Applications that write and read all the time, and keep a book of what they wrote. */
@NullMarked
package dev.gatefold.executor.demo.traffic;

import org.jspecify.annotations.NullMarked;
