package dev.gatefold.testing.architecture.violations.util;

/** Breaks the rule about package names. */
public final class InUtil {
  private InUtil() {}
}
