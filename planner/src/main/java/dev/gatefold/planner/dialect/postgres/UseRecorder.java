package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Mapped;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.plan.Recorder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The BEFORE ROW triggers that write down who writes which of two shapes: at most one line a
 * session, column, side and minute.
 *
 * <p>Whether the minute has its line already is asked in the condition of the trigger. So all but
 * the first write of a minute pay a comparison and no function call. The server makes a condition
 * ready for each statement anew, which costs by its length: for a statement of one row that is more
 * than anything else here, hence the short way of asking.
 */
final class UseRecorder {

  /** Of the transaction. A session that changes its time zone starts another minute. */
  private static final String MINUTE =
      "pg_catalog.date_trunc('minute', pg_catalog.now())::pg_catalog.text";

  List<String> create(SyncSpec sync) {
    Recorder recorder = sync.recorder();
    return List.of(
        function(sync),
        TriggerSql.before(
            "INSERT",
            sync.table(),
            recorder.insertTrigger(),
            condition(sync, Event.INSERT),
            recorder.function()),
        TriggerSql.before(
            "UPDATE",
            sync.table(),
            recorder.updateTrigger(),
            condition(sync, Event.UPDATE),
            recorder.function()),
        TriggerSql.always(sync.table(), recorder.insertTrigger()),
        TriggerSql.always(sync.table(), recorder.updateTrigger()));
  }

  List<String> drop(SyncSpec sync) {
    Recorder recorder = sync.recorder();
    return List.of(
        TriggerSql.drop(sync.table(), recorder.insertTrigger()),
        TriggerSql.drop(sync.table(), recorder.updateTrigger()),
        TriggerSql.dropFunction(recorder.function()));
  }

  private static final String OLD = "old";
  private static final String NEW = "new";

  /** An old column and what takes its place. */
  private record Written(Mapped old, List<Mapped> news) {}

  /** Each old column on its own: applications may leave one of a group before the others. */
  private static Stream<Written> written(SyncSpec sync) {
    return sync.groups().stream()
        .flatMap(group -> group.olds().stream().map(old -> new Written(old, group.news())));
  }

  private enum Event {
    INSERT,
    UPDATE
  }

  private static String condition(SyncSpec sync, Event event) {
    String due =
        written(sync)
            .map(column -> due(sync, column, event))
            .collect(Collectors.joining("\n    OR "));
    // Our own batches first: they write all rows there are, and to look at the clock for each is
    // dear.
    return Row.finished("%s\n  AND (%s)".formatted(TriggerSql.notOurs(sync), due));
  }

  /** Whether a write sets a side that was not written down in this minute. */
  private static String due(SyncSpec sync, Written column, Event event) {
    return "%s AND %s OR %s AND %s"
        .formatted(
            isSet(List.of(column.old()), event),
            due(setting(sync, column, OLD)),
            isSet(column.news(), event),
            due(setting(sync, column, NEW)));
  }

  private static String due(String setting) {
    return "pg_catalog.current_setting(%s, true) IS DISTINCT FROM %s".formatted(setting, MINUTE);
  }

  private static String setting(SyncSpec sync, Written column, String side) {
    return Literal.of("gatefold.use_" + sync.token() + "_" + column.old().number() + "_" + side);
  }

  /** Which side a write sets that sets one. */
  private static String side(SyncSpec sync, Written column, Event event) {
    return "CASE WHEN NOT (%s) THEN 'new' WHEN %s THEN '%s' ELSE 'old' END"
        .formatted(
            isSet(List.of(column.old()), event),
            isSet(column.news(), event),
            // A row that moves to another partition is inserted there with both values, whoever
            // moved it.
            event == Event.INSERT && sync.rowsMove() ? "moved" : "both");
  }

  private static String isSet(List<Mapped> columns, Event event) {
    return "("
        + (event == Event.INSERT
            ? "NOT (" + Row.all(columns, column -> Row.isNotSet(column.side())) + ")"
            : Row.anyChanged(columns))
        + ")";
  }

  private static String function(SyncSpec sync) {
    String body =
        Row.finished(
            """
            DECLARE
              minute CONSTANT text := %s;
              side text;
            BEGIN
            %s
              RETURN NEW;
            END"""
                .formatted(
                    MINUTE,
                    written(sync)
                        .map(column -> record(sync, column))
                        .collect(Collectors.joining("\n"))));
    String quote = TriggerSql.quoteFor(body);
    // SECURITY DEFINER: whoever writes needs no right to our schema.
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO pg_catalog, pg_temp
    AS %s
    %s
    %s"""
        .formatted(sync.recorder().function().quoted(), quote, body, quote);
  }

  /**
   * The settings of the session go back with the line where the transaction does. Where the line
   * cannot be written, the write goes on, and the rest of its transaction does not try again.
   *
   * <p>An administrator may hold the table: nobody waits for that. A lock timeout would not do.
   * Where it runs out just as the lock is granted, the server cancels whatever comes next, and that
   * may be the write itself; and inserts wait for each other for an instant where the table grows.
   */
  private static String record(SyncSpec sync, Written column) {
    return """
      side := NULL;
      IF TG_OP = 'INSERT' THEN
        IF %s THEN
          side := %s;
        END IF;
      ELSIF %s THEN
        side := %s;
      END IF;
      IF side IS NOT NULL THEN
        BEGIN
          LOCK TABLE gatefold.use_seen IN ROW EXCLUSIVE MODE NOWAIT;
          INSERT INTO gatefold.use_seen (token, attnum, side, application, login)
          VALUES (%s, %d, side, pg_catalog.current_setting('application_name'), session_user);
          %s
        EXCEPTION WHEN OTHERS THEN
          RAISE LOG USING MESSAGE = 'gatefold: a write could not be recorded: ' || SQLERRM;
          %s
        END;
      END IF;"""
        .formatted(
            due(sync, column, Event.INSERT),
            side(sync, column, Event.INSERT),
            due(sync, column, Event.UPDATE),
            side(sync, column, Event.UPDATE),
            Literal.of(sync.token()),
            column.old().number(),
            note(sync, column, false),
            note(sync, column, true));
  }

  /** A line for both sides is one for either. */
  private static String note(SyncSpec sync, Written column, boolean local) {
    return Stream.of(OLD, NEW)
        .map(
            side ->
                """
                IF side <> '%s' THEN
                  PERFORM pg_catalog.set_config(%s, minute, %s);
                END IF;"""
                    .formatted(side.equals(OLD) ? NEW : OLD, setting(sync, column, side), local))
        .collect(Collectors.joining("\n"));
  }
}
