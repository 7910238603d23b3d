package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.CreateView;
import dev.gatefold.planner.change.DropView;
import dev.gatefold.planner.change.ReplaceView;
import dev.gatefold.planner.dialect.Tables;
import dev.gatefold.planner.draft.PrintedView;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Plan.Leaving;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plain views: {@code create_view} and {@code replace_view} at once, {@code drop_view} as a table
 * is dropped.
 */
final class ViewPlanner {

  private final Site site;
  private final Tables dialect;

  ViewPlanner(Site site) {
    this.site = site;
    this.dialect = site.dialect().tables();
  }

  Planned create(CreateView operation) {
    TableName name = operation.view().view();
    if (operation.securityInvoker() && site.version() < 15) {
      return Refused.because(
          "no-security-invoker",
          name.toString(),
          "views with the rights of who reads them came with version 15",
          "Leave \"security_invoker\" out, or upgrade the server.");
    }
    return site.answer(operation.view())
        .match(
            printed -> create(operation, name, printed),
            rejected -> Refused.byServer(name.toString(), rejected));
  }

  private Planned create(CreateView operation, TableName name, PrintedView printed) {
    Optional<String> options =
        operation.securityInvoker() ? Optional.of("security_invoker = true") : Optional.empty();
    List<String> sql = new ArrayList<>();
    sql.add(dialect.createView(name, options, printed.query(), false));
    operation.comment().ifPresent(text -> sql.add(dialect.commentOnView(name, text)));
    String id = "expand.view." + name;
    return new Staging()
        .claim(new Claim(name, 0, name.name(), false))
        .in(
            StageName.EXPAND,
            brief(
                id,
                "create view",
                name,
                sql,
                List.of(dialect.isFree(name)),
                Undo.by(
                    brief(
                        id + ".undo",
                        "drop new view",
                        name,
                        List.of(dialect.dropView(name)),
                        List.of(),
                        new Undo.Nothing()))))
        .deploy("once expanded: deploy the version that uses %s".formatted(name))
        .planned();
  }

  Planned replace(ReplaceView operation) {
    TableName name = operation.view().view();
    return ofView(
        name,
        view ->
            site.answer(operation.view())
                .match(
                    printed -> replace(view, printed),
                    rejected -> Refused.byServer(name.toString(), rejected)));
  }

  private Planned replace(Table view, PrintedView printed) {
    TableName name = view.name();
    String id = "expand.replace-view." + name;
    List<Check> same = List.of(site.dialect().tableIs(name, view.oid()));
    return new Staging()
        .claim(new Claim(name, view.oid(), name.name(), false))
        .in(
            StageName.EXPAND,
            brief(
                id,
                "replace view",
                name,
                List.of(dialect.createView(name, printed.options(), printed.query(), true)),
                same,
                Undo.by(
                    brief(
                        id + ".undo",
                        "put view back",
                        name,
                        List.of(
                            dialect.createView(
                                name, printed.options(), printed.before().orElseThrow(), true)),
                        same,
                        new Undo.Nothing()))))
        .deploy(
            "before expand: every version that uses %s copes with what it will show"
                .formatted(name))
        .planned();
  }

  Planned drop(DropView operation) {
    return ofView(
        operation.view(),
        view ->
            site.answer(operation.standing())
                .match(
                    standing -> drop(view, standing),
                    rejected -> Refused.byServer(operation.view().toString(), rejected)));
  }

  private Planned drop(Table view, Standing standing) {
    List<Reason> reasons = LeavingChecks.reasons(site, view, standing);
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    Hidden hidden = new Hidden(site, view);
    Staging staging =
        new Staging()
            .leaving(new Leaving(view.name(), view.oid(), Optional.empty(), hidden.name().name()))
            .in(
                StageName.RETIRE,
                hidden.retire(
                    "retire.view." + view.name(),
                    "view",
                    dialect.renameView(view.name(), hidden.name().name()),
                    dialect.renameView(hidden.name(), view.name().name())))
            .in(
                StageName.DROP,
                hidden.drop(
                    "drop.view." + view.name(),
                    "view",
                    List.of(hidden.name()),
                    dialect.dropView(hidden.name())))
            .deploy(
                "before retire: every version that uses %s must be gone".formatted(view.name()));
    hidden.claims().forEach(staging::claim);
    return staging.planned();
  }

  private interface Work {
    Planned plan(Table view);
  }

  private Planned ofView(TableName name, Work work) {
    Optional<Table> view = site.table(name);
    if (view.isEmpty() || view.get().kind() != Table.Kind.VIEW) {
      return Refused.because(
          "no-view",
          name.toString(),
          "there is no such view",
          "Check the name, its schema (default: public) and its case.");
    }
    return view.get().owned()
        ? work.plan(view.get())
        : Refused.because(
            "not-owner",
            name.toString(),
            "the connected role does not own the view",
            "Connect as its owner, or grant the owner's role to the connected one.");
  }

  private static Step brief(
      String id, String kind, TableName view, List<String> sql, List<Check> checks, Undo undo) {
    return new Step.BriefDdl(
        id, kind, sql, LockMode.ACCESS_EXCLUSIVE, List.of(view), checks, Optional.empty(), undo);
  }
}
