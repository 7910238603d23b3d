package dev.gatefold.executor.database;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Who and where this process is, as it says itself; for the record, never for a decision. */
final class OwnProcess {

  private OwnProcess() {}

  /** Such as {@code alice on runner-7}. */
  static String words() {
    return System.getProperty("user.name", "somebody") + " on " + host();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      // A machine whose own name is in no DNS says no more than that.
      return "a machine without a name";
    }
  }
}
