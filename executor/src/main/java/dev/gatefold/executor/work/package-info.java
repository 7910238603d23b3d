/** A worker: runs the promotions that others asked for, and sends what is to be told. */
@NullMarked
package dev.gatefold.executor.work;

import org.jspecify.annotations.NullMarked;
