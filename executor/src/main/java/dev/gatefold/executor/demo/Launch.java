package dev.gatefold.executor.demo;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** How this very program is started once more. */
public final class Launch {

  private Launch() {}

  /** The command: from the same jar, or, where there is none, from the same class path. */
  public static List<String> command(Class<?> main) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = origin(main);
    return jar.endsWith(".jar")
        ? List.of(java, "-XX:+UseSerialGC", "-jar", jar)
        : List.of(
            java, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName());
  }

  private static String origin(Class<?> main) {
    try {
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program cannot find itself", e);
    }
  }
}
