package dev.gatefold.executor.crash;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an executor in a process of its own is told to do, in one line.
 *
 * @param argument a stage, a state, or the text of a change file, as the verb wants it
 * @param standStill the executor waits, once it has said this line, or one that begins so where it
 *     ends with a blank; empty for never
 * @param skip how many such lines it says without waiting
 */
public record Command(
    String url, String change, Verb verb, String argument, String standStill, int skip) {

  /** What it can do. */
  public enum Verb {
    SUBMIT,
    PROMOTE,
    RETRY,
    ROLLBACK,
    VERIFY,
    /** Runs the backfill whose file is the argument. */
    FILL,
    /** Takes one run of a backfill, as a worker does. */
    WORK
  }

  public static Command of(String url, String change, Verb verb, String argument) {
    return new Command(url, change, verb, argument, "", 0);
  }

  public Command standingStillAt(String line, int times) {
    return new Command(url, change, verb, argument, line, times);
  }

  public Command over(String otherUrl) {
    return new Command(otherUrl, change, verb, argument, standStill, skip);
  }

  String line() {
    return List.of(url, change, verb.name(), argument, standStill, String.valueOf(skip)).stream()
        .map(it -> Base64.getEncoder().encodeToString(it.getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.joining(" ", "", " ."));
  }

  static Command of(String line) {
    String[] parts = line.split(" ", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      parts[i] = new String(Base64.getDecoder().decode(parts[i]), StandardCharsets.UTF_8);
    }
    return new Command(
        parts[0], parts[1], Verb.valueOf(parts[2]), parts[3], parts[4], Integer.parseInt(parts[5]));
  }

  @Override
  public String toString() {
    return "%s %s %s"
        .formatted(
            verb.name().toLowerCase(Locale.ROOT), change, verb == Verb.SUBMIT ? "" : argument)
        .strip();
  }
}
