package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One action inside a stage. A step is data: what runs, under which lock, what must be true before
 * it and how it is taken back. The order of work is the order of the list.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Step.BriefDdl.class, name = "brief_ddl"),
  @JsonSubTypes.Type(value = Step.OnlineDdl.class, name = "online_ddl"),
  @JsonSubTypes.Type(value = Step.BackfillRows.class, name = "backfill_rows"),
  @JsonSubTypes.Type(value = Step.VerifyRows.class, name = "verify_rows")
})
public sealed interface Step {

  /**
   * The kind of a step of plain DDL, which may read or write whole tables while others wait: they
   * are small, and its author has asked for it.
   */
  String STRAIGHT = "straight DDL";

  /**
   * Unique in the plan and the same for the same plan, such as {@code backfill.index.orders_idx}.
   */
  String id();

  /** What it does, in a word or two for people and machines. */
  String kind();

  /** The statements that it runs; for steps over all rows one that stands for each batch. */
  List<String> sql();

  /** The strongest lock that it takes. */
  LockMode lock();

  /**
   * The tables that it locks, in the order in which it locks them, each with its partitions after
   * it.
   */
  List<TableName> tables();

  Undo undo();

  /** Whether it commits in one transaction together with its record. */
  @JsonIgnore
  boolean transactional();

  /** For steps over all rows what their batches run along, in words. */
  @JsonIgnore
  default Optional<String> rowsAlong() {
    return Optional.empty();
  }

  <R> R match(Cases<R> cases);

  /** One answer for each kind of step. */
  interface Cases<R> {
    R briefDdl(BriefDdl step);

    R onlineDdl(OnlineDdl step);

    R backfillRows(BackfillRows step);

    R verifyRows(VerifyRows step);
  }

  /**
   * Metadata only, in one transaction, under a lock that is asked for briefly and again and again.
   *
   * @param preconditions asked under the lock, before the first statement
   * @param sync what the step makes of the sync of a table
   * @param moreSyncs the same of further tables
   */
  record BriefDdl(
      String id,
      String kind,
      List<String> sql,
      LockMode lock,
      List<TableName> tables,
      List<Check> preconditions,
      Optional<Sync> sync,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sync> moreSyncs,
      Undo undo)
      implements Step {

    public BriefDdl {
      sql = List.copyOf(sql);
      tables = List.copyOf(tables);
      preconditions = List.copyOf(preconditions);
      // A plan that an earlier version stored does not say.
      moreSyncs = Optional.ofNullable(moreSyncs).map(List::copyOf).orElse(List.of());
    }

    /** Of a step on one table. */
    public BriefDdl(
        String id,
        String kind,
        List<String> sql,
        LockMode lock,
        List<TableName> tables,
        List<Check> preconditions,
        Optional<Sync> sync,
        Undo undo) {
      this(id, kind, sql, lock, tables, preconditions, sync, List.of(), undo);
    }

    /** Of a step that makes the syncs of several tables, or of none. */
    public static BriefDdl ofSeveral(
        String id,
        String kind,
        List<String> sql,
        LockMode lock,
        List<TableName> tables,
        List<Check> preconditions,
        List<Sync> syncs,
        Undo undo) {
      return new BriefDdl(
          id,
          kind,
          sql,
          lock,
          tables,
          preconditions,
          syncs.stream().findFirst(),
          syncs.stream().skip(1).toList(),
          undo);
    }

    /** What the step makes of the sync of each table that it touches. */
    @JsonIgnore
    public List<Sync> syncs() {
      return Stream.concat(sync.stream(), moreSyncs.stream()).toList();
    }

    @Override
    public boolean transactional() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.briefDdl(this);
    }
  }

  /**
   * A long statement outside any transaction of ours, beside which applications read and write. Of
   * a query each row is a statement to run.
   *
   * @param preconditions asked before the first statement
   * @param done whether it has been done; decides after a crash. Never true where to do it twice
   *     costs little and hurts nobody
   * @param cleanup removes what a failed attempt leaves, harmless where nothing was left
   * @param culprits where rows may stand in the way: a SELECT of some of them, of two columns, what
   *     people know the row by and what is wrong with it
   */
  record OnlineDdl(
      String id,
      String kind,
      List<String> sql,
      LockMode lock,
      List<TableName> tables,
      List<Check> preconditions,
      Check done,
      List<String> cleanup,
      Optional<String> culprits,
      Undo undo)
      implements Step {

    public OnlineDdl {
      sql = List.copyOf(sql);
      tables = List.copyOf(tables);
      preconditions = List.copyOf(preconditions);
      cleanup = List.copyOf(cleanup);
    }

    /** Of a step that no row can stand in the way of. */
    public OnlineDdl(
        String id,
        String kind,
        List<String> sql,
        LockMode lock,
        List<TableName> tables,
        List<Check> preconditions,
        Check done,
        List<String> cleanup,
        Undo undo) {
      this(id, kind, sql, lock, tables, preconditions, done, cleanup, Optional.empty(), undo);
    }

    @Override
    public boolean transactional() {
      return false;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.onlineDdl(this);
    }
  }

  /** Fills the new shape of every row, batch by batch. */
  record BackfillRows(String id, String kind, List<String> sql, RowMapping rows, Undo undo)
      implements Step {

    public BackfillRows {
      sql = List.copyOf(sql);
    }

    @Override
    public LockMode lock() {
      return LockMode.ROW_EXCLUSIVE;
    }

    @Override
    public List<TableName> tables() {
      return List.of(rows.table());
    }

    @Override
    public boolean transactional() {
      return false;
    }

    @Override
    public Optional<String> rowsAlong() {
      // A plan that an earlier version stored does not say.
      return Optional.ofNullable(rows.along());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.backfillRows(this);
    }
  }

  /**
   * Compares old and new shape of every row.
   *
   * @param mode the mode that the sync is in; in {@link SyncMode#BOTH} a row is right too where the
   *     old shape is the image of the new one
   */
  record VerifyRows(String id, String kind, List<String> sql, RowMapping rows, SyncMode mode)
      implements Step {

    public VerifyRows {
      sql = List.copyOf(sql);
    }

    @Override
    public LockMode lock() {
      return LockMode.ACCESS_SHARE;
    }

    @Override
    public List<TableName> tables() {
      return List.of(rows.table());
    }

    @Override
    public Undo undo() {
      return new Undo.Nothing();
    }

    @Override
    public boolean transactional() {
      return false;
    }

    @Override
    public Optional<String> rowsAlong() {
      // A plan that an earlier version stored does not say.
      return Optional.ofNullable(rows.along());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.verifyRows(this);
    }
  }
}
