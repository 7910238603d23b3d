package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.FreeName;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.KeyReach;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.draft.NewColumnDraft;
import dev.gatefold.planner.draft.NewEnum;
import dev.gatefold.planner.draft.PolicyDraft;
import dev.gatefold.planner.draft.ShapeDraft;
import dev.gatefold.planner.draft.SmallerEnum;
import dev.gatefold.planner.draft.SqlDraft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.draft.TableDraft;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.draft.ViewDraft;
import dev.gatefold.planner.schema.Drafts;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what a change wants made on temporary tables, one after the other as the file has them, and
 * keeps what the server accepts: an operation may build on those before it. Not thread-safe.
 */
final class DraftProber {

  private final Session session;
  private final Stage stage;
  private final Map<Draft<?>, Probed<?>> answers;

  private DraftProber(Session session, Stage stage, Map<Draft<?>, Probed<?>> answers) {
    this.session = session;
    this.stage = stage;
    this.answers = answers;
  }

  /** One for what is tried before any table is read. */
  DraftProber(Session session) {
    this(session, new Stage(session, List.of()), new LinkedHashMap<>());
  }

  /** The same with all that it knows, once the tables were read. */
  DraftProber on(List<Table> tables) {
    return new DraftProber(session, new Stage(session, tables), answers);
  }

  /** Asks the server once; the same draft in two operations has one answer. */
  void probe(Draft<?> draft) throws SQLException {
    if (!answers.containsKey(draft)) {
      Optional<String> defect =
          draft.texts().stream().flatMap(text -> ExpressionText.defect(text).stream()).findFirst();
      answers.put(
          draft,
          defect.isPresent()
              ? Rejections.of(Rejections.SYNTAX, defect.get())
              : session.attempt(draft.match(new Works())));
    }
  }

  Drafts answers() {
    return new Drafts(answers);
  }

  private final class Works implements Draft.Cases<Session.Work<?>> {

    @Override
    public Session.Work<?> newColumn(NewColumnDraft draft) {
      return () -> new ColumnDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> constraint(ConstraintDraft draft) {
      return () -> new ConstraintDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> index(IndexDraft draft) {
      return () -> new IndexDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> table(TableDraft draft) {
      return () -> new TableDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> shape(ShapeDraft draft) {
      return () -> new ShapeDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> value(ValueDraft draft) {
      return () -> new RowValues(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> standing(StandingQuestion question) {
      return () -> new StandingCatalog(session).read(question.table());
    }

    @Override
    public Session.Work<?> freeName(FreeName question) {
      return () -> new FreeNames(session).require(question.table());
    }

    @Override
    public Session.Work<?> policy(PolicyDraft draft) {
      return () -> new PolicyDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> view(ViewDraft draft) {
      return () -> new ViewDrafts(session, stage).make(draft);
    }

    @Override
    public Session.Work<?> sql(SqlDraft draft) {
      // Nobody knows what it does: it is looked at, and not tried.
      return () -> true;
    }

    @Override
    public Session.Work<?> keyReach(KeyReach draft) {
      return () -> new KeyReachCatalog(session).read(draft);
    }

    @Override
    public Session.Work<?> knownEnum(KnownEnum draft) {
      return () -> new EnumDrafts(session).known(draft);
    }

    @Override
    public Session.Work<?> newEnum(NewEnum draft) {
      return () -> new EnumDrafts(session).make(draft);
    }

    @Override
    public Session.Work<?> smallerEnum(SmallerEnum draft) {
      return () -> new EnumDrafts(session).make(draft);
    }
  }
}
