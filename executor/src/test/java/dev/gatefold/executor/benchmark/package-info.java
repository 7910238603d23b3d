/**
 * Measurements, as ratios within one run: how fast the backfill is beside a plain UPDATE, what the
 * sync costs, and what the applications feel meanwhile. Not part of an ordinary build; see {@code
 * docs/benchmarks.md}.
 */
@NullMarked
package dev.gatefold.executor.benchmark;

import org.jspecify.annotations.NullMarked;
