package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.gate.UseWindow.Span;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.RecorderStore.Standing;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.UseStore.Writer;
import dev.gatefold.executor.usage.OldColumn;
import dev.gatefold.planner.plan.Recorder;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Sync;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who still writes the old shape, as the triggers on the table wrote it down. */
final class UseWritesCheck implements GateCheck {

  private static final int NAMED = 5;

  private final Stores stores;
  private final UseWindow window;
  private final InstantSource clock;

  UseWritesCheck(Stores stores, UseWindow window, InstantSource clock) {
    this.stores = stores;
    this.window = window;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    if (!UseWindow.isAsked(rollout, stage)) {
      return List.of();
    }
    Span span = window.at(connection, rollout, stage);
    List<Finding> findings = new ArrayList<>();
    for (OldColumn column : OldColumn.of(rollout)) {
      if (column.leaves()) {
        // No trigger writes down who sets it; what does is among the statements that use it.
        continue;
      }
      if (stores.feeds().find(connection, rollout.id(), column.oid()).isPresent()) {
        findings.add(fed(column, stage));
        continue;
      }
      stores.uses().thin(connection, column.token());
      findings.add(
          stage == StageName.RETIRE && column.keepsName()
              ? finding(
                  column,
                  Verdict.CLEAR,
                  "the name stays: who writes it now writes the new column afterwards",
                  "")
              : finding(
                  column,
                  span,
                  writers(connection, column, stage, span),
                  standing(connection, rollout, column)));
    }
    return findings;
  }

  /** A feed has no triggers to write it down, and who writes which shape is settled by the swap. */
  private Finding fed(OldColumn column, StageName stage) {
    if (stage == StageName.DROP || column.keepsName()) {
      return finding(
          column,
          Verdict.CLEAR,
          stage == StageName.DROP
              ? "nobody can write it by its name since retire"
              : "the name stays: who writes it now writes the new column afterwards",
          "");
    }
    return finding(
        column,
        Verdict.INCONCLUSIVE,
        "until retire everybody writes it, and nothing tells who can do without",
        "Deploy a version that goes over to %s with retire, and say so: promote with --reason."
            .formatted(column.successor()));
  }

  private List<Writer> writers(Connection connection, OldColumn column, StageName stage, Span span)
      throws SQLException {
    Optional<Integer> attnum =
        Query.of(
                """
                SELECT attnum FROM pg_attribute
                WHERE attrelid = ?::oid AND attname = ? AND NOT attisdropped\
                """,
                column.oid(),
                column.nameBefore(stage).value())
            .first(connection, row -> row.getInt(1));
    return attnum.isEmpty()
        ? List.of()
        : stores.uses().since(connection, column.token(), attnum.get(), span.from());
  }

  private Standing standing(Connection connection, Rollout rollout, OldColumn column)
      throws SQLException {
    Optional<Recorder> recorder =
        rollout.plan().stages().stream()
            .flatMap(stage -> stage.steps().stream())
            .filter(BriefDdl.class::isInstance)
            .flatMap(step -> ((BriefDdl) step).syncs().stream())
            .filter(sync -> sync.oid() == column.oid())
            .map(Sync::recorder)
            .flatMap(Optional::stream)
            .findFirst();
    return recorder.isEmpty()
        ? Standing.NONE
        : stores.recorders().standing(connection, rollout.id(), column.oid(), recorder.get());
  }

  private Finding finding(OldColumn column, Span span, List<Writer> writers, Standing standing) {
    List<Writer> old = of(writers, "old", "both");
    if (!old.isEmpty()) {
      return finding(
          column,
          span.ofUse(),
          "still written: " + words(old),
          "Deploy a version of it that writes %s alone.".formatted(column.successor()));
    }
    Optional<String> unseen =
        standing
            .doubt()
            .or(() -> standing.missedSince(span.from()))
            .or(() -> moved(of(writers, "moved")));
    return unseen
        .map(
            why ->
                finding(
                    column,
                    Verdict.INCONCLUSIVE,
                    "nobody was seen writing it since %s, but %s".formatted(span.from(), why),
                    "Say why that does not matter: promote with --reason."))
        .orElseGet(
            () ->
                finding(
                    column,
                    Verdict.CLEAR,
                    "nobody wrote it since %s%s".formatted(span.from(), others(writers)),
                    ""));
  }

  private static Optional<String> moved(List<Writer> moved) {
    return moved.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "rows with both values were inserted, by a move between partitions or by a writer of"
                + " both: "
                + words(moved));
  }

  private static String others(List<Writer> writers) {
    List<Writer> others = of(writers, "new");
    return others.isEmpty() ? "" : "; the new column is written: " + words(others);
  }

  private static List<Writer> of(List<Writer> writers, String... sides) {
    return writers.stream().filter(writer -> List.of(sides).contains(writer.side())).toList();
  }

  private static String words(List<Writer> writers) {
    return writers.stream()
        .limit(NAMED)
        .map(
            writer ->
                "%s as user %s, last at %s%s"
                    .formatted(
                        writer.application().isEmpty()
                            ? "an application without a name"
                            : writer.application(),
                        writer.login(),
                        writer.last(),
                        writer.side().equals("both") ? ", together with the new one" : ""))
        .collect(
            Collectors.joining(
                "; ",
                "",
                writers.size() > NAMED ? "; and %d more".formatted(writers.size() - NAMED) : ""));
  }

  private Finding finding(OldColumn column, Verdict verdict, String detail, String cure) {
    return new Finding("use writes " + column.label(), verdict, detail, cure, clock.instant());
  }
}
