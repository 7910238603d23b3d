package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;

/** Statements that every trigger of ours is made and dropped with. */
final class TriggerSql {

  private TriggerSql() {}

  /** Settings of a function: the server prints and reads some values by those of the session. */
  static final String STEADY =
      """
      SET TimeZone TO 'UTC' SET DateStyle TO 'ISO, YMD' SET IntervalStyle TO postgres
      SET extra_float_digits TO 1 SET bytea_output TO hex\
      """;

  /** A BEFORE ROW trigger; an empty condition is always true. */
  static String before(
      String event, TableName table, Identifier trigger, String condition, TableName function) {
    return """
    CREATE OR REPLACE TRIGGER %s BEFORE %s ON %s
    FOR EACH ROW %sEXECUTE FUNCTION %s()\
    """
        .formatted(
            trigger.quoted(),
            event,
            table.quoted(),
            condition.isEmpty() ? "" : "WHEN (" + condition + ")\n",
            function.quoted());
  }

  /** Fires for replicated rows too. */
  static String always(TableName table, Identifier trigger) {
    return "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s".formatted(table.quoted(), trigger.quoted());
  }

  static String drop(TableName table, Identifier trigger) {
    return "DROP TRIGGER IF EXISTS %s ON %s".formatted(trigger.quoted(), table.quoted());
  }

  static String dropFunction(TableName function) {
    return "DROP FUNCTION IF EXISTS %s()".formatted(function.quoted());
  }

  /** Whether the write is another's than the backfill's. */
  static String notOurs(SyncSpec sync) {
    return SettingSql.isNotSet(sync.skipSetting());
  }

  /** A dollar quote that no name and no mapping in the text can end. */
  static String quoteFor(String body) {
    String quote = "$gatefold$";
    for (int i = 1; body.contains(quote); i++) {
      quote = "$gatefold_" + i + "$";
    }
    return quote;
  }
}
