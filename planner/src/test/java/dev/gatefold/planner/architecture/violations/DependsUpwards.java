package dev.gatefold.planner.architecture.violations;

import dev.gatefold.executor.architecture.violations.Above;

/** Breaks the rule about the direction of dependencies. */
public record DependsUpwards(Above above) {}
