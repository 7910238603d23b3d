package dev.gatefold.testing.architecture.violations.cycle.left;

import dev.gatefold.testing.architecture.violations.cycle.right.Right;

/** Breaks the rule about circles, together with {@link Right}. */
public record Left(Right right) {}
