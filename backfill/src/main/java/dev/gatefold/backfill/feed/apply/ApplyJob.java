package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.verify.Repair;
import dev.gatefold.backfill.verify.VerificationJob;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.SessionSetting;
import dev.gatefold.planner.plan.SyncMode;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is made of which rows.
 *
 * @param rows under the names of now, along their key
 * @param written the shape that applications write
 * @param eitherWay whether a row is right, too, where the old shape is the image of the new one:
 *     once new applications have written, what they wrote stays
 * @param settings of the transactions, beside those that every batch needs
 * @param lane where none but the rows of one are made
 */
public record ApplyJob(
    RowMapping rows,
    Feed.Written written,
    boolean eitherWay,
    List<SessionSetting> settings,
    OptionalInt lane) {

  public ApplyJob {
    settings = List.copyOf(settings);
  }

  /** The same of those of one lane. */
  ApplyJob inLane(int number) {
    return new ApplyJob(rows, written, eitherWay, settings, OptionalInt.of(number));
  }

  VerificationJob comparison() {
    return new VerificationJob(
        rows, eitherWay ? SyncMode.BOTH : SyncMode.FILL, eitherWay, OptionalLong.empty());
  }

  Repair.Side from() {
    return written == Feed.Written.OLD ? Repair.Side.OLD : Repair.Side.NEW;
  }
}
