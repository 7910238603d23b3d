package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.gate.Difference;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Summary;
import dev.gatefold.planner.plan.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a command ended, as JSON. What does not belong to the outcome is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutcomeShape(
    String outcome,
    @Nullable String change,
    String message,
    @Nullable String next,
    @Nullable String cure,
    @Nullable String step,
    @Nullable Long mismatches,
    @Nullable List<Row> rows,
    @Nullable List<Refusal.Reason> reasons,
    @Nullable EvidenceShape evidence,
    @Nullable List<Worse> worse) {

  /** A row that stands in the way, by its key. */
  public record Row(List<String> key, String reason) {
    public Row {
      key = List.copyOf(key);
    }
  }

  /**
   * A check that is worse than in the evidence that was named; {@code was} is null for a new one.
   */
  public record Worse(String check, @Nullable String was, String is, String detail, String cure) {
    static Worse of(Difference difference) {
      Evidence.Finding now = difference.now();
      return new Worse(
          now.check(),
          difference.before().map(Verdict::word).orElse(null),
          now.verdict().word(),
          now.detail(),
          now.cure());
    }
  }

  /**
   * Describes an outcome.
   *
   * @param change the change concerned; null where the command has none
   */
  public static OutcomeShape of(@Nullable String change, Outcome outcome) {
    return outcome.match(new Shapes(change));
  }

  /** People read "Next: ..."; a field that is called next need not say so again. */
  private static String command(String next) {
    return next.startsWith("Next: ") ? next.substring("Next: ".length()) : next;
  }

  private static OutcomeShape plain(
      String word, @Nullable String change, String message, @Nullable String cure) {
    return new OutcomeShape(word, change, message, null, cure, null, null, null, null, null, null);
  }

  private static List<Row> rows(List<BadRow> rows) {
    return rows.stream().map(row -> new Row(row.key().values(), row.reason())).toList();
  }

  private record Shapes(@Nullable String change) implements Outcome.Cases<OutcomeShape> {

    @Override
    public OutcomeShape done(Outcome.Done it) {
      return new OutcomeShape(
          "done",
          change,
          it.message(),
          command(it.next()),
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }

    @Override
    public OutcomeShape outOfOrder(Outcome.OutOfOrder it) {
      return plain("out_of_order", change, it.message(), it.cure());
    }

    @Override
    public OutcomeShape refused(Outcome.Refused it) {
      String message = "the planner refuses the change";
      List<Refusal.Reason> reasons = it.refusal().reasons();
      return new OutcomeShape(
          "refused", change, message, null, null, null, null, null, reasons, null, null);
    }

    @Override
    public OutcomeShape waits(Outcome.Waits it) {
      return plain("waits", change, it.message(), it.cure());
    }

    @Override
    public OutcomeShape stopped(Outcome.Stopped it) {
      List<Row> rows = rows(it.rows());
      return new OutcomeShape(
          "stopped",
          change,
          it.message(),
          null,
          it.cure(),
          it.step(),
          null,
          rows,
          null,
          null,
          null);
    }

    @Override
    public OutcomeShape differs(Outcome.Differs it) {
      List<Row> rows = rows(it.rows());
      return new OutcomeShape(
          "differs",
          change,
          it.message(),
          null,
          it.cure(),
          null,
          it.mismatches(),
          rows,
          null,
          null,
          null);
    }

    @Override
    public OutcomeShape blocked(Outcome.Blocked it) {
      return measured(Summary.of(it).word(), it.evidence(), EvidenceShape.of(it.evidence()));
    }

    @Override
    public OutcomeShape denied(Outcome.Denied it) {
      List<Worse> worse = it.worse().stream().map(Worse::of).toList();
      return new OutcomeShape(
          "denied",
          change,
          it.message(),
          null,
          it.cure(),
          null,
          null,
          null,
          null,
          null,
          worse.isEmpty() ? null : worse);
    }

    @Override
    public OutcomeShape measured(Outcome.Measured it) {
      return measured("measured", it.evidence(), EvidenceShape.of(it));
    }

    private OutcomeShape measured(String word, Evidence evidence, EvidenceShape shape) {
      String message =
          "the gate of %s is %s".formatted(evidence.stage().word(), evidence.verdict().word());
      return new OutcomeShape(
          word, change, message, null, null, null, null, null, null, shape, null);
    }
  }
}
