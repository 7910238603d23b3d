package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.cli.text.Console.Style;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where rollouts stand. */
public final class StatusText {

  private static final String ROW = "%-32s %-24s %-24s %-10s %s";

  private final Console console;
  private final StatusContext known;

  public StatusText(Console console) {
    this(console, StatusContext.NONE);
  }

  public StatusText(Console console, StatusContext known) {
    this.console = console;
    this.known = known;
  }

  /** A line for each, for looking over many. */
  public void table(List<Rollout> rollouts) {
    console.line(ROW.formatted("CHANGE", "STATE", "ROWS", "NEXT", "UPDATED"));
    for (Rollout rollout : rollouts) {
      console.line(
          ROW.formatted(
              rollout.change(),
              state(rollout),
              rows(rollout.progress()).orElse("-"),
              rollout.next().map(stage -> stage.word()).orElse("-"),
              Wording.time(rollout.updatedAt())));
    }
  }

  /** All about one, with what to do next. */
  public void one(Rollout rollout) {
    console.line(
        "%s: %s"
            .formatted(
                console.styled(Style.STRONG, rollout.change().value()),
                console.styled(style(rollout), state(rollout))));
    rollout
        .stage()
        .ifPresent(
            stage ->
                field(
                    "stage",
                    "%s (phase %s)"
                        .formatted(stage.word(), stage.phase().name().toLowerCase(Locale.ROOT))));
    rows(rollout.progress()).ifPresent(rows -> field("rows", rows));
    if (rollout.progress().mismatches() > 0) {
      field("differ", Wording.count(rollout.progress().mismatches(), "row"));
    }
    FillingText.fields(known.filling(rollout.change()), known.badRows()).forEach(this::field);
    for (UnderWay pass : known.verifications(rollout.change())) {
      field(
          "verify",
          "%s in %s of %s compared, %s"
              .formatted(
                  Wording.count(pass.rows(), "row"),
                  Wording.count(pass.ranges(), "range"),
                  pass.name(),
                  pass.mismatches() == 0
                      ? "none differs"
                      : Wording.count(pass.mismatches()) + " differ"));
    }
    known
        .feeds(rollout.change())
        .forEach(it -> field("feed", "%s: %s".formatted(it.name(), it.words())));
    rollout.failure().ifPresent(it -> field("failed", it.step() + ": " + it.reason()));
    Optional.ofNullable(known.asked().get(rollout.change()))
        .filter(it -> it.concerns(rollout.updatedAt()))
        .ifPresent(it -> field("asked", RequestText.line(it)));
    field("updated", Wording.time(rollout.updatedAt()));
    console.line("  " + next(rollout));
  }

  private void field(FillingText.Field field) {
    console.line(field.line());
  }

  private void field(String name, String value) {
    field(new FillingText.Field(name, value));
  }

  private static Style style(Rollout rollout) {
    if (rollout.failure().isPresent()) {
      return Style.BAD;
    }
    return rollout.state() == RolloutState.COMPLETED ? Style.GOOD : Style.ATTENTION;
  }

  private static String state(Rollout rollout) {
    return rollout.state().word()
        + (rollout.paused() ? ", paused" : "")
        + (rollout.failure().isPresent() ? ", failed" : "");
  }

  private static Optional<String> rows(RowCounts rows) {
    if (rows.total() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "%s of %s (%d%%)"
            .formatted(
                Wording.count(rows.done()),
                Wording.count(rows.total()),
                Wording.percent(rows.done(), rows.total()).orElse(0)));
  }

  private static String next(Rollout rollout) {
    if (rollout.paused()) {
      return "Next: gatefold resume " + rollout.change();
    }
    if (rollout.state() == RolloutState.ROLLING_BACK) {
      return "If no gatefold is at work on it, go on with: gatefold rollback "
          + rollout.change()
          + rollout.undoTo().map(to -> " --to " + to.word()).orElse("");
    }
    if (rollout.failure().isPresent()) {
      return "Next: remove the cause, then: gatefold retry " + rollout.change();
    }
    if (rollout.state() == RolloutState.ROLLED_BACK) {
      return "Nothing of it is left. To try again: gatefold submit FILE";
    }
    if (rollout.next().isEmpty()) {
      return "Nothing is left to do.";
    }
    String promote = "gatefold promote " + rollout.change() + " " + rollout.next().get().word();
    return rollout.state().underWay()
        ? "If no gatefold is at work on it, go on with: " + promote
        : "Next: " + promote;
  }
}
