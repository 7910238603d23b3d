package dev.gatefold.planner.dialect.postgres;

import static dev.gatefold.planner.dialect.postgres.GeneratedText.IF_NEW_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.IF_OLD_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.NEW_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.NEW_GETS_NULL;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.OLD_CHANGED;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.OLD_GETS_NULL;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.OLD_NOT_SET;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.always;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.and;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.behind;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.errorsCount;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.first;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.inWhen;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.neverAgreed;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.neverNewIsUp;
import static dev.gatefold.planner.dialect.postgres.GeneratedText.neverOldIsDown;
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
import static dev.gatefold.planner.plan.SyncMode.BOTH;

import java.util.List;

/** The columns BOTH of the sync's table. */
final class BothWaysCells {

  private static final String BOTH_SET = "ELSE\n";
  private static final String BOTH_CHANGED =
      "IF (" + OLD_CHANGED + ") AND (" + NEW_CHANGED + ") THEN";

  private BothWaysCells() {}

  static List<SyncCell> all() {
    return List.of(
        insertNeither(),
        insertOld(),
        insertNew(),
        insertBoth(),
        updateNeither(),
        updateOld(),
        updateNew(),
        updateBoth());
  }

  private static SyncCell insertNeither() {
    return cell(NEITHER, INSERT, BOTH)
        .plain("note='x'", "5|5")
        .plain("old=5", "5|5")
        .lossy("note='x'", " d |D")
        .failing("note='x'", "GF001")
        .without("new := up(old)", noUp())
        .without("on error refuse", noRefusal(NEW_GETS_NULL));
  }

  private static SyncCell insertOld() {
    return cell(OLD, INSERT, BOTH)
        .plain("old=7", "7|7")
        .plain("old=7, new=NULL", "7|7")
        .lossy("old=' b '", " b |B")
        .failing("old='12'", "12|12")
        .failing("old='abc'", "GF001")
        .without("new := up(old)", noUp())
        .without("on error refuse", noRefusal(NEW_GETS_NULL));
  }

  private static SyncCell insertNew() {
    return cell(NEW, INSERT, BOTH)
        .plain("new=7", "7|7")
        .plain("old=NULL, new=7", "7|7")
        .plain("new=3000000000", "GF004")
        .lossy("new='Bc'", "bc|Bc")
        .lossy("new='D'", " d |D")
        .failing("new=7", "7|7")
        .failing("new=-1", "n/a|-1")
        .failing("new=1234", "GF004")
        .forgiving("new=1234", "null|1234")
        .without("old := down(new)", first(OLD_NOT_SET, "ELSIF false AND"))
        .without(
            "a default counts as not set",
            with("OR NEW.\"old\" IS NOT", "OR false AND NEW.\"old\" IS NOT"))
        .without("a NULL counts as not set", with("ELSIF NEW.\"old\" IS NULL OR", "ELSIF"))
        .without("agreement is tested first", neverNewIsUp())
        .without("on error refuse", behind(OLD_NOT_SET, noRefusal("NULL;")))
        .without("on error store NULL", behind(OLD_NOT_SET, first(OLD_GETS_NULL, "RAISE;")));
  }

  private static SyncCell insertBoth() {
    return cell(BOTH_COLUMNS, INSERT, BOTH)
        .plain("old=7, new=7", "7|7")
        .plain("old=7, new=8", "GF003")
        .lossy("old=' b ', new='B'", " b |B")
        .lossy("old='bc', new='Bc'", "bc|Bc")
        .lossy("old=' b ', new='b'", "GF003")
        .failing("old='12', new=12", "12|12")
        .failing("old='n/a', new=-1", "n/a|-1")
        .failing("old='abc', new=1", "GF003")
        .failing("old='1', new=1234", "GF003")
        .without("agree: keep", behind(BOTH_SET, neverAgreed()))
        .without("agree1: keep", behind(BOTH_SET, neverNewIsUp()))
        .without("agree2: keep", behind(BOTH_SET, neverOldIsDown()))
        .without("an error of up is no agreement", behind(BOTH_SET, errorsCount()))
        .without(
            "an error of down is no agreement", behind(BOTH_SET, behind("NULL;", errorsCount())))
        .without("else refuse", behind(BOTH_SET, noRefusal("NULL;")));
  }

  private static SyncCell updateNeither() {
    return cell(NEITHER, UPDATE, BOTH)
        .plain("1|2", "note='x', old=1, new=2", "1|2")
        .plain("1|null", "note='x'", "1|null")
        .lossy(" b |B", "note='x'", " b |B")
        .lossy("bc|Bc", "note='x'", "bc|Bc")
        .failing("abc|null", "note='x'", "abc|null")
        .failing("null|1234", "note='x'", "null|1234")
        .without("new stays", and(always(), with(IF_OLD_CHANGED, "ELSIF true THEN")))
        .without("old stays", and(always(), with("ELS" + IF_NEW_CHANGED, "ELSE")));
  }

  private static SyncCell updateOld() {
    return cell(OLD, UPDATE, BOTH)
        .plain("1|1", "old=7", "7|7")
        .plain("1|null", "old=7", "7|7")
        .plain("1|1", "old=NULL", "null|null")
        .lossy(" b |B", "old='c'", "c|C")
        .lossy("bc|Bc", "old='bc '", "bc |BC")
        .failing("1|1", "old='12'", "12|12")
        .failing("1|1", "old='abc'", "GF001")
        .without("new := up(old)", behind(IF_OLD_CHANGED, noUp()))
        .without("the old value is looked at", first(IF_OLD_CHANGED, "ELSIF false THEN"))
        .without("the old value fires", inWhen(with(OLD_CHANGED, "false")))
        .without("on error refuse", behind(IF_OLD_CHANGED, noRefusal(NEW_GETS_NULL)));
  }

  private static SyncCell updateNew() {
    return cell(NEW, UPDATE, BOTH)
        .plain("1|1", "new=7", "7|7")
        .plain("1|1", "new=NULL", "null|null")
        .plain("1|1", "new=3000000000", "GF004")
        .lossy("a|A", "new='Bc'", "bc|Bc")
        .lossy(" b |X", "new='B'", "b|B")
        .failing("1|1", "new=7", "7|7")
        .failing("1|1", "new=-1", "n/a|-1")
        .failing("1|1", "new=1234", "GF004")
        .forgiving("1|1", "new=1234", "null|1234")
        .without("old := down(new)", first("ELS" + IF_NEW_CHANGED, "ELSIF false THEN"))
        .without("the new value fires", inWhen(with(NEW_CHANGED, "false")))
        .without("on error refuse", behind("ELS" + IF_NEW_CHANGED, noRefusal("NULL;")))
        .without(
            "on error store NULL", behind("ELS" + IF_NEW_CHANGED, first(OLD_GETS_NULL, "RAISE;")));
  }

  private static SyncCell updateBoth() {
    return cell(BOTH_COLUMNS, UPDATE, BOTH)
        .plain("1|1", "old=7, new=7", "7|7")
        .plain("1|1", "old=7, new=8", "GF003")
        .lossy("a|A", "old=' b ', new='B'", " b |B")
        .lossy("a|A", "old='bc', new='Bc'", "bc|Bc")
        .lossy("a|A", "old=' b ', new='b'", "GF003")
        .failing("1|1", "old='12', new=12", "12|12")
        .failing("1|1", "old='n/a', new=-1", "n/a|-1")
        .failing("1|1", "old='abc', new=3", "GF003")
        .failing("1|1", "old='2', new=1234", "GF003")
        .without("both are looked at", first(BOTH_CHANGED, "IF false THEN"))
        .without("agree: keep", neverAgreed())
        .without("agree1: keep", neverNewIsUp())
        .without("agree2: keep", neverOldIsDown())
        .without("an error of up is no agreement", errorsCount())
        .without("an error of down is no agreement", behind("NULL;", errorsCount()))
        .without("else refuse", noRefusal("NULL;"));
  }
}
