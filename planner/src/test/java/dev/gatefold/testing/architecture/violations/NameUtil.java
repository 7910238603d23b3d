package dev.gatefold.testing.architecture.violations;

/** Breaks the rule about class names. */
public final class NameUtil {
  private NameUtil() {}
}
