package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The sync of one table after a step.
 *
 * @param oid the table's OID
 * @param mode the mode from now on; empty where the step takes the sync away
 * @param skipSetting the session setting under which the update trigger does not fire
 * @param sql makes it just so, whatever is left of it; empty where the step takes it away
 * @param feed what does the work of the triggers, where that is a change feed: then nothing bears
 *     their names
 * @param recorder what the step makes anew to record the writes; empty where it leaves that as it
 *     is, or takes it away together with the sync
 */
public record Sync(
    TableName table,
    long oid,
    Optional<SyncMode> mode,
    Identifier insertTrigger,
    Identifier updateTrigger,
    String skipSetting,
    List<String> sql,
    Optional<Recorder> recorder,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Feed> feed) {

  public Sync {
    sql = List.copyOf(sql);
    // A plan that an earlier version stored does not say.
    feed = Objects.requireNonNullElse(feed, Optional.empty());
  }

  /** A sync by triggers. */
  public Sync(
      TableName table,
      long oid,
      Optional<SyncMode> mode,
      Identifier insertTrigger,
      Identifier updateTrigger,
      String skipSetting,
      List<String> sql,
      Optional<Recorder> recorder) {
    this(
        table,
        oid,
        mode,
        insertTrigger,
        updateTrigger,
        skipSetting,
        sql,
        recorder,
        Optional.empty());
  }

  /** The same sync of a step that leaves the recorder alone, and turns no feed round. */
  public Sync asItIs() {
    return new Sync(
        table,
        oid,
        mode,
        insertTrigger,
        updateTrigger,
        skipSetting,
        sql,
        Optional.empty(),
        feed.map(Feed::asItIs));
  }
}
