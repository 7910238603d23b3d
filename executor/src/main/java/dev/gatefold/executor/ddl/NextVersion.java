package dev.gatefold.executor.ddl;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The version that comes after those of a team's own migrations, in the way in which they count.
 */
public final class NextVersion {

  /** Of SQL or in another language; baseline migrations count as well. */
  private static final Pattern VERSIONED = Pattern.compile("[VB](.+?)__.*");

  /** A point in time to the day, the minute, the second or the millisecond. */
  private static final Pattern STAMP =
      Pattern.compile(
          "(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"
              + "(([01]\\d|2[0-3])[0-5]\\d([0-5]\\d(\\d{3})?)?)?");

  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern DIGIT = Pattern.compile("\\d");
  private static final Pattern LAST_NUMBER = Pattern.compile("(.*?)(\\d+)");

  private NextVersion() {}

  /**
   * The version for one more migration: the greatest there is plus one, or the present time in UTC
   * where that one is a point in time. What Flyway takes for no version is passed over.
   *
   * @param names of the files that are there, without their folders
   */
  public static String after(Collection<String> names, Instant now) {
    return names.stream()
        .map(VERSIONED::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(version -> parsed(version).isPresent())
        .max(Comparator.comparing(MigrationVersion::fromVersion))
        .map(latest -> after(latest, now))
        .orElse("1");
  }

  private static Optional<MigrationVersion> parsed(String version) {
    try {
      return Optional.of(MigrationVersion.fromVersion(version)).filter(it -> !it.isPredefined());
    } catch (FlywayException e) {
      return Optional.empty();
    }
  }

  private static String after(String latest, Instant now) {
    return stamp(latest, now)
        // A clock may be behind that of whoever made the latest one.
        .filter(stamp -> isAfter(stamp, latest))
        .orElseGet(() -> counted(latest));
  }

  private static boolean isAfter(String version, String latest) {
    return MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(latest))
        > 0;
  }

  /** The present time with the same precision and the same separators. */
  private static Optional<String> stamp(String latest, Instant now) {
    if (!STAMP.matcher(latest.replaceAll("\\D", "")).matches()) {
      return Optional.empty();
    }
    PrimitiveIterator.OfInt digits = NOW.format(now).chars().iterator();
    return Optional.of(
        DIGIT.matcher(latest).replaceAll(digit -> Character.toString(digits.nextInt())));
  }

  private static String counted(String latest) {
    Matcher matcher = LAST_NUMBER.matcher(latest);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no version ends like this: " + latest);
    }
    String number = matcher.group(2);
    String counted = new BigInteger(number).add(BigInteger.ONE).toString();
    // 009 is followed by 010, so that files stay sorted by name.
    return matcher.group(1) + "0".repeat(Math.max(0, number.length() - counted.length())) + counted;
  }
}
