package dev.gatefold.planner.schema;

import java.util.Optional;

/**
 * What a table weighs at the moment when it is read; of a partitioned table, all partitions
 * together.
 *
 * @param bytes on disk, with indexes and what is stored out of line
 * @param traffic empty where the server does not count
 */
public record Load(long bytes, Optional<Traffic> traffic) {

  /** What has neither rows of its own nor traffic, such as a view. */
  public static final Load NONE = new Load(0, Optional.empty());

  /**
   * What the server counted.
   *
   * @param rowsWritten rows inserted, updated and deleted
   * @param scans scans begun, of the table and of its indexes
   * @param seconds so long it has counted, as far as it says; an average hides the peaks
   */
  public record Traffic(long rowsWritten, long scans, long seconds) {

    private static final long HOUR = 3600;

    public long rowsWrittenPerHour() {
      return perHour(rowsWritten);
    }

    public long scansPerHour() {
      return perHour(scans);
    }

    /** Of less than an hour nobody knows what the rest of it will bring: it counts as a whole. */
    private long perHour(long count) {
      return Math.round((double) count * HOUR / Math.max(seconds, HOUR));
    }
  }
}
