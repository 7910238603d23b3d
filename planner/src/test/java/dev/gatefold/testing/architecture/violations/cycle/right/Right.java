package dev.gatefold.testing.architecture.violations.cycle.right;

import dev.gatefold.testing.architecture.violations.cycle.left.Left;

/** Breaks the rule about circles, together with {@link Left}. */
public record Right(Left left) {}
