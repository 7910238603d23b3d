package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.dialect.SyncSpec.Pair;
import dev.gatefold.planner.dialect.SyncSpec.Side;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.plan.Recorder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The BEFORE ROW triggers that write down who writes which of two columns: at most one line a
 * session, column, side and minute.
 *
 * <p>Whether the minute has its line already is asked in the condition of the trigger. So all but
 * the first write of a minute pay a comparison and no function call.
 */
final class UseRecorder {

  private static final String MINUTE =
      "(pg_catalog.date_part('epoch', pg_catalog.now()) / 60)::pg_catalog.int8::pg_catalog.text";

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

  private enum Event {
    INSERT,
    UPDATE
  }

  private static String condition(SyncSpec sync, Event event) {
    String due =
        sync.pairs().stream()
            .map(
                pair ->
                    "(%s OR %s) AND %s"
                        .formatted(
                            isSet(pair.old(), event),
                            isSet(pair.replacement(), event),
                            due(setting(sync, pair) + " || " + side(sync, pair, event))))
            .collect(Collectors.joining("\n    OR "));
    return Row.finished("%s\n  AND (%s)".formatted(TriggerSql.notOurs(sync), due));
  }

  /** Whether nothing was written down in this minute; the time is that of the transaction. */
  private static String due(String setting) {
    return "pg_catalog.current_setting(%s, true) IS DISTINCT FROM %s".formatted(setting, MINUTE);
  }

  private static String setting(SyncSpec sync, Pair pair) {
    return Literal.of("gatefold.use_" + sync.token() + "_" + pair.attnum() + "_");
  }

  /** Which side a write sets that sets one. */
  private static String side(SyncSpec sync, Pair pair, Event event) {
    return "CASE WHEN NOT (%s) THEN 'new' WHEN %s THEN '%s' ELSE 'old' END"
        .formatted(
            isSet(pair.old(), event),
            isSet(pair.replacement(), event),
            // A row that moves to another partition is inserted there with both values, whoever
            // moved it.
            event == Event.INSERT && sync.rowsMove() ? "moved" : "both");
  }

  private static String isSet(Side side, Event event) {
    return event == Event.INSERT ? "NOT (" + Row.isNotSet(side) + ")" : Row.changed(side);
  }

  private static String function(SyncSpec sync) {
    String body =
        Row.finished(
            """
            DECLARE
              minute CONSTANT text := %s;
              side text;
              setting text;
            BEGIN
            %s
              RETURN NEW;
            END"""
                .formatted(
                    MINUTE,
                    sync.pairs().stream()
                        .map(pair -> record(sync, pair))
                        .collect(Collectors.joining("\n"))));
    String quote = TriggerSql.quoteFor(body);
    // SECURITY DEFINER: whoever writes needs no right to our schema. The wait for a lock, which
    // nobody but an administrator can hold, is short.
    return """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO pg_catalog, pg_temp SET lock_timeout TO '10ms'
    AS %s
    %s
    %s"""
        .formatted(sync.recorder().function().quoted(), quote, body, quote);
  }

  /**
   * The setting of the session goes back with the line where the transaction does. Where the line
   * cannot be written, the write goes on, and the rest of its transaction does not try again.
   */
  private static String record(SyncSpec sync, Pair pair) {
    return """
      side := NULL;
      IF TG_OP = 'INSERT' THEN
        IF %s OR %s THEN
          side := %s;
        END IF;
      ELSIF %s OR %s THEN
        side := %s;
      END IF;
      setting := %s || side;
      IF side IS NOT NULL AND %s THEN
        BEGIN
          INSERT INTO gatefold.use_seen (token, attnum, side, application, login)
          VALUES (%s, %d, side, pg_catalog.current_setting('application_name'), session_user);
          PERFORM pg_catalog.set_config(setting, minute, false);
        EXCEPTION WHEN OTHERS THEN
          RAISE LOG USING MESSAGE = 'gatefold: a write could not be recorded: ' || SQLERRM;
          PERFORM pg_catalog.set_config(setting, minute, true);
        END;
      END IF;"""
        .formatted(
            isSet(pair.old(), Event.INSERT),
            isSet(pair.replacement(), Event.INSERT),
            side(sync, pair, Event.INSERT),
            isSet(pair.old(), Event.UPDATE),
            isSet(pair.replacement(), Event.UPDATE),
            side(sync, pair, Event.UPDATE),
            setting(sync, pair),
            due("setting"),
            Literal.of(sync.token()),
            pair.attnum());
  }
}
