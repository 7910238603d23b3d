package dev.gatefold.planner.draft;

import java.util.List;

/**
 * Something that a change wants made. The catalog reader makes it on a temporary clone of its
 * table, where drafts of operations before it have left their marks, and reads back what the server
 * prints of it.
 *
 * @param <A> what the server answers where it accepts the draft
 */
public sealed interface Draft<A>
    permits ConstraintDraft,
        FreeName,
        IndexDraft,
        KeyReach,
        KnownEnum,
        NewColumnDraft,
        NewEnum,
        PolicyDraft,
        ShapeDraft,
        SmallerEnum,
        SqlDraft,
        StandingQuestion,
        TableDraft,
        ValueDraft,
        ViewDraft {

  /** What it is called in messages. */
  String label();

  /** Every piece of SQL in it that its author wrote. */
  List<String> texts();

  /** Whether it is tried before the columns of tables are, which may be of a type that it makes. */
  default boolean beforeTables() {
    return false;
  }

  /** Answers with the case that fits. */
  <R> R match(Cases<R> cases);

  /** One answer for each kind. */
  interface Cases<R> {
    R constraint(ConstraintDraft draft);

    R freeName(FreeName question);

    R index(IndexDraft draft);

    R keyReach(KeyReach draft);

    R knownEnum(KnownEnum draft);

    R newColumn(NewColumnDraft draft);

    R newEnum(NewEnum draft);

    R policy(PolicyDraft draft);

    R shape(ShapeDraft draft);

    R smallerEnum(SmallerEnum draft);

    R sql(SqlDraft draft);

    R standing(StandingQuestion question);

    R table(TableDraft draft);

    R value(ValueDraft draft);

    R view(ViewDraft draft);
  }
}
