package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.CreatePolicy;
import dev.gatefold.planner.change.DropPolicy;
import dev.gatefold.planner.change.RowSecurity;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.draft.PolicyDraft;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who sees which rows: {@code create_policy} in {@code expand}; {@code drop_policy} and {@code
 * row_security} in {@code retire}, since they change what versions see that are about until then.
 */
final class PolicyPlanner {

  private final Site site;
  private final Dialect dialect;

  PolicyPlanner(Site site) {
    this.site = site;
    this.dialect = site.dialect();
  }

  private interface Work {
    Planned plan(Subject subject, Optional<Standing> standing);
  }

  private Planned on(TableName table, Work work) {
    Optional<Subject> subject = Subject.of(site, table);
    if (subject.isEmpty()) {
      return Missing.table(table);
    }
    List<Reason> reasons = subject.get().table().map(TableChecks::ofTable).orElse(List.of());
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    Optional<Standing> standing =
        subject
            .get()
            .table()
            .flatMap(
                there ->
                    site.answer(new StandingQuestion(table))
                        .match(Optional::of, rejected -> Optional.empty()));
    return work.plan(subject.get(), standing);
  }

  Planned create(CreatePolicy operation) {
    PolicyDraft draft = operation.policy();
    return on(
        draft.table(),
        (subject, standing) ->
            standing.filter(it -> it.rowSecurity().policies().containsKey(draft.name())).isPresent()
                ? Refused.nameTaken(draft.label())
                : site.answer(draft)
                    .match(
                        sql -> create(subject, draft, sql),
                        rejected -> Refused.byServer(draft.label(), rejected)));
  }

  private Planned create(Subject subject, PolicyDraft draft, String create) {
    List<String> sql = new ArrayList<>(List.of(create));
    draft
        .comment()
        .ifPresent(text -> sql.add(dialect.policies().comment(draft.table(), draft.name(), text)));
    Staging staging =
        new Staging()
            .claim(subject.claim(draft.name()))
            .in(
                StageName.EXPAND,
                subject.brief(
                    "expand.policy." + draft.label(),
                    "create policy",
                    sql,
                    "drop new policy",
                    List.of(dialect.policies().drop(draft.table(), draft.name()))));
    return staging.planned();
  }

  Planned drop(DropPolicy operation) {
    return on(
        operation.table(),
        (subject, standing) -> {
          Optional<List<String>> again =
              standing.flatMap(
                  it -> Optional.ofNullable(it.rowSecurity().policies().get(operation.policy())));
          return again
              .map(sql -> drop(subject, operation.policy(), sql))
              .orElseGet(
                  () ->
                      Refused.because(
                          "no-policy",
                          operation.table() + "." + operation.policy(),
                          "the table has no such policy",
                          "Check the name and its case; quoted names keep theirs."));
        });
  }

  private Planned drop(Subject subject, Identifier policy, List<String> again) {
    String label = subject.name() + "." + policy;
    Staging staging =
        new Staging()
            .claim(subject.claim(policy))
            .in(
                StageName.RETIRE,
                subject.brief(
                    "retire.policy." + label,
                    "drop policy",
                    List.of(dialect.policies().drop(subject.name(), policy)),
                    "create policy again",
                    again))
            .deploy("before retire: a version that no longer counts on %s".formatted(label));
    return staging.planned();
  }

  Planned rowSecurity(RowSecurity operation) {
    return on(operation.table(), (subject, standing) -> rowSecurity(operation, subject, standing));
  }

  private Planned rowSecurity(RowSecurity operation, Subject subject, Optional<Standing> standing) {
    String name = operation.table().toString();
    if (operation.to().isSo(standing)) {
      return Refused.because(
          "already-so",
          name,
          "row-level security is as the operation wants it already",
          "Leave the operation out.");
    }
    boolean policies =
        standing.filter(it -> !it.rowSecurity().policies().isEmpty()).isPresent()
            || site.schema().drafts().hasPolicy(operation.table());
    if (operation.to() == RowSecurity.To.ENABLE && !policies) {
      return Refused.because(
          "default-deny",
          name,
          "the table has no policy: nobody but the owner would see a row of it",
          "Add a create_policy before it in the same change.");
    }
    Staging staging =
        new Staging()
            .claim(subject.claim(operation.table().name()))
            .in(
                subject.stageOfLoss(),
                subject.brief(
                    subject.stageOfLoss().word()
                        + ".row-security."
                        + operation.to().id()
                        + "."
                        + name,
                    operation.to().sql().toLowerCase(Locale.ROOT) + " row-level security",
                    List.of(
                        dialect.policies().rowSecurity(operation.table(), operation.to().sql())),
                    "put row-level security back",
                    List.of(
                        dialect
                            .policies()
                            .rowSecurity(operation.table(), operation.to().back().sql()))));
    if (subject.table().isPresent()) {
      staging.deploy(
          "before retire: a version that copes with row-level security as it will be on %s"
              .formatted(name));
    }
    return staging.planned();
  }
}
