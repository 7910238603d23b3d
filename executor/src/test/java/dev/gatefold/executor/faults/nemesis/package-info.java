/** What happens in production: each fault does one thing, at the instant that it is told. */
@NullMarked
package dev.gatefold.executor.faults.nemesis;

import org.jspecify.annotations.NullMarked;
