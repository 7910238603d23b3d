package dev.gatefold.testing.architecture.violations;

/** Breaks the rule about the console, in a package that breaks the rule about null marks. */
public final class Printing {
  private Printing() {}

  static void print() {
    System.out.println("printed");
  }
}
