package dev.gatefold.backfill;

import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SessionSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The backfill of one table. Immutable and thread-safe.
 *
 * @param keepNew the sync has been two-way at some time: rows whose old shape is the image of the
 *     new one were written by a new application and are left alone
 * @param maySkipTriggers whether the role may set {@code session_replication_role}; where it may
 *     not, the users' triggers fire whatever the settings say
 * @param rowsEstimate rows of the table; empty where the server never counted
 * @param feed the prefix of messages in the log to a change feed of the table, if it has one
 */
public record BackfillJob(
    RowMapping rows,
    BackfillSettings settings,
    boolean keepNew,
    boolean maySkipTriggers,
    OptionalLong rowsEstimate,
    Optional<String> feed) {

  /** Of a table without a change feed. */
  public BackfillJob(
      RowMapping rows,
      BackfillSettings settings,
      boolean keepNew,
      boolean maySkipTriggers,
      OptionalLong rowsEstimate) {
    this(rows, settings, keepNew, maySkipTriggers, rowsEstimate, Optional.empty());
  }

  List<SessionSetting> transactionSettings() {
    List<SessionSetting> all = new ArrayList<>();
    // A worker that stops in the midst of the few transactions that take several messages, to look
    // for bad rows or to claim others, holds their locks no longer than it would hold its lease.
    all.add(
        new SessionSetting(
            "idle_in_transaction_session_timeout", RangeLedger.LEASE.toMillis() + "ms"));
    all.add(SessionSetting.parse(rows.skipSetting()));
    if (maySkipTriggers && settings.userTriggers() == UserTriggers.SKIP) {
      all.add(SessionSetting.AS_REPLICA);
    }
    return all;
  }
}
