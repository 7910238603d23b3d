package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The change feed of a table: in every row that an application writes, it makes one shape anew from
 * the other, a moment later.
 *
 * @param slot how the name of its replication slot begins; behind that comes the OID of the
 *     database, for slots are the whole server's
 * @param publication what is read through the slot
 * @param rows under the names of the time
 * @param from the shape that applications write
 * @param publish makes the publication anew, whatever is left of it
 * @param makeSlot makes the slot anew; nothing of before is told through it
 * @param drains whether whatever was written before must have been applied when the step's
 *     statements run, under its lock
 * @param giveUpAt with more bytes of log than this kept for it, it is given up
 * @param lanes through so many partitions of a topic of Kafka's, each of which is applied by
 *     itself; empty where whoever reads the log applies what it tells
 */
public record Feed(
    Identifier slot,
    Identifier publication,
    RowMapping rows,
    Written from,
    List<String> publish,
    List<String> makeSlot,
    boolean drains,
    OptionalLong giveUpAt,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt lanes) {

  public Feed {
    publish = List.copyOf(publish);
    makeSlot = List.copyOf(makeSlot);
  }

  /** The shape that applications write; the other one is made from it. */
  public enum Written {
    OLD,
    NEW
  }

  /** The table that applications write. */
  @JsonIgnore
  public TableName told() {
    return told(rows, from);
  }

  /** The same of rows that are not a feed's yet. */
  public static TableName told(RowMapping rows, Written from) {
    return from == Written.OLD
        ? rows.table()
        : rows.copy().map(TableCopy::table).orElse(rows.table());
  }

  /** What makes it anew drops it first, if it is there. */
  public String dropSlot() {
    return makeSlot.get(0);
  }

  /** The same of a step that goes on in the same direction. */
  public Feed asItIs() {
    return new Feed(slot, publication, rows, from, publish, makeSlot, false, giveUpAt, lanes);
  }
}
