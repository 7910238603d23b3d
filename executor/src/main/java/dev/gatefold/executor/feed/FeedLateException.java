package dev.gatefold.executor.feed;

import java.sql.SQLException;

/** A feed is not read to its end soon enough for others to wait for it; a later time may serve. */
public final class FeedLateException extends SQLException {

  private static final long serialVersionUID = 1;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  public FeedLateException(String reason) {
    super(reason, LOCK_NOT_AVAILABLE);
  }
}
