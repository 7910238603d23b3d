package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.gate.UseWindow.Span;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.usage.OldColumn;
import dev.gatefold.executor.usage.PlaceLook;
import dev.gatefold.executor.usage.PlaceLook.Use;
import dev.gatefold.executor.usage.Reads;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which statements still use the old name, on the primary and on each standby. */
final class UseReadsCheck implements GateCheck {

  private static final int NAMED = 3;
  private static final int SHOWN = 120;

  private final Reads reads;
  private final UseWindow window;
  private final InstantSource clock;

  UseReadsCheck(Reads reads, UseWindow window, InstantSource clock) {
    this.reads = reads;
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
    List<PlaceLook> looks = reads.look(connection, rollout, stage);
    int unnamed = reads.unnamed(connection);
    List<Finding> findings = new ArrayList<>();
    for (OldColumn column : OldColumn.of(rollout)) {
      if (column.keepsName()) {
        findings.add(finding(column, "", Verdict.CLEAR, KEPT, ""));
      } else {
        looks.forEach(look -> findings.add(finding(column, span, look)));
        if (unnamed > 0) {
          findings.add(unnamed(column, unnamed));
        }
      }
    }
    return findings;
  }

  private static final String KEPT =
      "the name stays: statements that use the old column cannot be told from those that use the"
          + " new one, and need not be";

  private Finding finding(OldColumn column, Span span, PlaceLook look) {
    String place = look.place().equals(Reads.PRIMARY) ? "" : " on " + look.place();
    List<Use> uses = look.since(column, span.from());
    if (!uses.isEmpty()) {
      return finding(
          column,
          place,
          span.ofUse(),
          "still used: " + words(uses),
          column.leaves()
              ? "Deploy versions that do without it, and list the columns that they want."
              : "Deploy versions that name %s, and list the columns that they want."
                  .formatted(column.successor()));
    }
    List<String> unseen = unseen(span, look);
    return unseen.isEmpty()
        ? finding(
            column,
            place,
            Verdict.CLEAR,
            "no statement named it, took all columns or read a view over it since " + span.from(),
            "")
        : finding(
            column,
            place,
            Verdict.INCONCLUSIVE,
            "no use was seen, but not everything can be: " + String.join("; ", unseen),
            "Mend that, or say how you know that nobody reads it: promote with --reason.");
  }

  private static List<String> unseen(Span span, PlaceLook look) {
    List<String> unseen = new ArrayList<>(look.unseen());
    look.since()
        .filter(since -> since.isAfter(span.from()))
        .ifPresent(
            since ->
                unseen.add(
                    "statements are watched only since %s, not since %s"
                        .formatted(since, span.from())));
    look.lost()
        .filter(lost -> !lost.at().isBefore(span.from()))
        .ifPresent(lost -> unseen.add("%s, as seen at %s".formatted(lost.why(), lost.at())));
    return unseen;
  }

  private Finding unnamed(OldColumn column, int count) {
    return finding(
        column,
        " on other standbys",
        Verdict.INCONCLUSIVE,
        "%d of the standbys that replicate from this server %s not named: what reads there was not"
                .formatted(count, count == 1 ? "is" : "are")
            + " seen",
        "Name them with --standby or with standbys of the target.");
  }

  private static String words(List<Use> uses) {
    return uses.stream()
        .limit(NAMED)
        .map(use -> "%s, by %s, seen at %s".formatted(shown(use), use.who(), use.last()))
        .collect(
            Collectors.joining(
                "; ",
                "",
                uses.size() > NAMED ? "; and %d more".formatted(uses.size() - NAMED) : ""));
  }

  private static String shown(Use use) {
    String line = use.text().strip().replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }

  private Finding finding(
      OldColumn column, String place, Verdict verdict, String detail, String cure) {
    return new Finding(
        "use reads " + column.label() + place, verdict, detail, cure, clock.instant());
  }
}
