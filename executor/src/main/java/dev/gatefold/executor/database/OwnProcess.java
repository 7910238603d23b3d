package dev.gatefold.executor.database;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Who and where this process is, as it says itself; for the record, never for a decision. */
public final class OwnProcess {

  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private OwnProcess() {}

  /** Such as {@code alice on runner-7}. */
  public static String words() {
    return Known.WORDS;
  }

  /** Found out once: where names are looked up elsewhere, each time could take seconds. */
  private static final class Known {
    static final String WORDS = System.getProperty("user.name", "somebody") + " on " + host();
  }

  private static String host() {
    try {
      return Files.isReadable(LINUX)
          ? Files.readString(LINUX).strip()
          : InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      // Nobody knows the machine's name, or it does not tell; the record says so.
      return "a machine without a name";
    }
  }
}
