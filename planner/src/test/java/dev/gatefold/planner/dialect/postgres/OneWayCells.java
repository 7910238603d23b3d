package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.GeneratedText.IF_NEW_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.IF_OLD_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.NEW_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.NEW_GETS_NULL;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.NEW_IS_NULL;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.OLD_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.always;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.and;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.behind;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.errorsCount;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.first;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.inWhen;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.neverNewIsUp;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.noRefusal;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.noUp;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.with;
import static dev.gatefold.planner.dialect.postgres.SyncCell.Event.INSERT;
import static dev.gatefold.planner.dialect.postgres.SyncCell.Event.UPDATE;
import static dev.gatefold.planner.dialect.postgres.SyncCell.Writer.BOTH_COLUMNS;
import static dev.gatefold.planner.dialect.postgres.SyncCell.Writer.NEITHER;
import static dev.gatefold.planner.dialect.postgres.SyncCell.Writer.NEW;
import static dev.gatefold.planner.dialect.postgres.SyncCell.Writer.OLD;
import static dev.gatefold.planner.dialect.postgres.SyncCell.cell;

import dev.gatefold.planner.plan.SyncMode;
import java.util.List;
import java.util.function.UnaryOperator;

/** The columns FILL/STRICT of the sync's table. */
final class OneWayCells {

  private OneWayCells() {}

  static List<SyncCell> in(SyncMode mode) {
    return List.of(
        insertNeither(mode),
        insertOld(mode),
        insertNew(mode),
        insertBoth(mode),
        updateNeither(mode),
        updateOld(mode),
        updateNew(mode),
        updateBoth(mode));
  }

  private static SyncCell insertNeither(SyncMode mode) {
    return cell(NEITHER, INSERT, mode)
        .plain("note='x'", "5|5")
        .plain("old=5", "5|5")
        .lossy("note='x'", " d |D")
        .failing("note='x'", onError(mode, "bad|null"))
        .without("new := up(old)", noUp())
        .without("on error", errorRule(mode));
  }

  private static SyncCell insertOld(SyncMode mode) {
    return cell(OLD, INSERT, mode)
        .plain("old=7", "7|7")
        .plain("old=7, new=NULL", "7|7")
        .lossy("old=' b '", " b |B")
        .failing("old='12'", "12|12")
        .failing("old='abc'", onError(mode, "abc|null"))
        .without("new := up(old)", noUp())
        .without("on error", errorRule(mode));
  }

  private static SyncCell insertNew(SyncMode mode) {
    return cell(NEW, INSERT, mode)
        .plain("new=5", "5|5")
        .plain("new=9", "GF002")
        .plain("old=NULL, new=9", "GF002")
        .lossy("new='D'", " d |D")
        .lossy("new=' D '", "GF002")
        .failing("new=7", "GF002")
        .without("the new value is looked at", first(NEW_IS_NULL, "IF true THEN"))
        .without("agree1: keep", neverNewIsUp())
        .without("an error is no agreement", errorsCount())
        .without("else refuse", behind("ELSE", noRefusal("NULL;")));
  }

  private static SyncCell insertBoth(SyncMode mode) {
    return cell(BOTH_COLUMNS, INSERT, mode)
        .plain("old=7, new=7", "7|7")
        .plain("old=7, new=8", "GF002")
        .lossy("old=' b ', new='B'", " b |B")
        .lossy("old='bc', new='Bc'", "GF002")
        .failing("old='12', new=12", "12|12")
        .failing("old='abc', new=1", "GF002")
        .failing("old='n/a', new=-1", "GF002")
        .without("the new value is looked at", first(NEW_IS_NULL, "IF true THEN"))
        .without("agree1: keep", neverNewIsUp())
        .without("an error is no agreement", errorsCount())
        .without("else refuse", behind("ELSE", noRefusal("NULL;")));
  }

  private static SyncCell updateNeither(SyncMode mode) {
    return cell(NEITHER, UPDATE, mode)
        .plain("1|2", "note='x', old=1, new=2", "1|2")
        .plain("1|null", "note='x'", "1|1")
        .lossy(" b |null", "note='x'", " b |B")
        .lossy("bc|Bc", "note='x'", "bc|Bc")
        .failing("12|null", "note='x'", "12|12")
        .failing("abc|null", "note='x'", "abc|null")
        .failing("abc|1", "note='x'", "abc|1")
        .without("new is NULL: new := up(old)", first("ELS" + NEW_IS_NULL, "ELSIF false THEN"))
        .without("any update is looked at", inWhen(with("OR NEW.\"new\" IS NULL", "")))
        .without("if new is NULL", and(always(), first("ELS" + NEW_IS_NULL, "ELSE")))
        .without("error leaves NULL", behind("ELS" + NEW_IS_NULL, first(NEW_GETS_NULL, "RAISE;")));
  }

  private static SyncCell updateOld(SyncMode mode) {
    return cell(OLD, UPDATE, mode)
        .plain("1|1", "old=7", "7|7")
        .plain("1|1", "old=7, new=1", "7|7")
        .plain("1|1", "old=NULL", "null|null")
        .plain("1|null", "old=7", "7|7")
        .lossy(" a |A", "old=' b '", " b |B")
        .failing("1|1", "old='12'", "12|12")
        .failing("1|1", "old='abc'", onError(mode, "abc|null"))
        .failing("abc|null", "old='xyz'", onError(mode, "xyz|null"))
        .without("new := up(old)", behind(IF_OLD_CHANGED, noUp()))
        .without("the old value is looked at", inWhen(with(OLD_CHANGED, "false")))
        .without("on error", behind(IF_OLD_CHANGED, errorRule(mode)));
  }

  private static SyncCell updateNew(SyncMode mode) {
    return cell(NEW, UPDATE, mode)
        .plain("1|null", "new=1", "1|1")
        .plain("1|1", "new=2", "GF002")
        .plain("1|1", "new=NULL", "GF002")
        .lossy(" b |null", "new='B'", " b |B")
        .lossy("b|B", "new='b'", "GF002")
        .failing("abc|null", "new=1", "GF002")
        .without("the new value is looked at", first(IF_NEW_CHANGED, "IF false THEN"))
        .without("the new value fires", inWhen(with(NEW_CHANGED, "false")))
        .without("agree1: keep", neverNewIsUp())
        .without("an error is no agreement", errorsCount())
        .without("else refuse", noRefusal("NULL;"));
  }

  private static SyncCell updateBoth(SyncMode mode) {
    return cell(BOTH_COLUMNS, UPDATE, mode)
        .plain("1|1", "old=7, new=7", "7|7")
        .plain("1|1", "old=7, new=8", "GF002")
        .lossy("a|A", "old=' b ', new='B'", " b |B")
        .lossy("a|A", "old='bc', new='Bc'", "GF002")
        .failing("1|1", "old='12', new=12", "12|12")
        .failing("1|1", "old='abc', new=3", "GF002")
        .failing("1|1", "old='abc', new=NULL", "GF002")
        .without("the new value is looked at", first(IF_NEW_CHANGED, "IF false THEN"))
        .without("agree1: keep", neverNewIsUp())
        .without("an error is no agreement", errorsCount())
        .without("else refuse", noRefusal("NULL;"));
  }

  private static String onError(SyncMode mode, String filled) {
    return mode == SyncMode.FILL ? filled : "GF001";
  }

  /** What FILL does on an error it refuses then, and what STRICT refuses it lets through. */
  private static UnaryOperator<String> errorRule(SyncMode mode) {
    return mode == SyncMode.FILL ? first(NEW_GETS_NULL, "RAISE;") : noRefusal(NEW_GETS_NULL);
  }
}
