/** Promotions that workers run for whoever asked for them. */
@NullMarked
package dev.gatefold.executor.work;

import org.jspecify.annotations.NullMarked;
