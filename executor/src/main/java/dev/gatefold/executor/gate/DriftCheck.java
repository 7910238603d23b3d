package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.ImageStore;
import dev.gatefold.planner.catalog.TableImage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.replacement.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each table must still be what the last stage left, or what the plan was made for. */
final class DriftCheck implements GateCheck {

  private static final Pattern ADDED =
      Pattern.compile("(?:index|constraint|statistics) (.+?) \\{.*", Pattern.DOTALL);

  private static final Pattern JSON_KEY = Pattern.compile("\"\\w+\": ");

  private final ImageStore images;
  private final InstantSource clock;

  DriftCheck(ImageStore images, InstantSource clock) {
    this.images = images;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    // In the middle of a stage the table is between two images.
    if (rollout.state().underWay()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    // A foreign key that refers shows in the image of the table that it refers to.
    for (Long table : rollout.plan().tables()) {
      Optional<List<String>> before = images.find(connection, rollout.id(), table);
      if (before.isPresent()) {
        findings.add(
            compare(
                rollout,
                ServerFacts.tableName(connection, table),
                before.get(),
                TableImage.read(connection, table)));
      }
    }
    return findings;
  }

  private Finding compare(Rollout rollout, String table, List<String> before, List<String> now) {
    Set<String> gone = new HashSet<>(before);
    now.forEach(gone::remove);
    Set<String> added = new HashSet<>(now);
    before.forEach(added::remove);
    // What names none of our columns, an index elsewhere or a grant on the table, is left alone.
    gone.removeIf(line -> !concerns(rollout, line) || isUnknown(rollout, line));
    added.removeIf(line -> !concerns(rollout, line));
    String check = "drift " + table;
    if (now.isEmpty()) {
      return new Finding(
          check,
          Verdict.BLOCKED,
          "the table is gone",
          "End the change: gatefold rollback " + rollout.change() + ".",
          clock.instant());
    }
    if (gone.isEmpty() && added.isEmpty()) {
      return new Finding(check, Verdict.CLEAR, "the table is as expected", "", clock.instant());
    }
    String detail =
        Stream.concat(
                gone.stream().sorted().map(line -> "- " + line),
                added.stream().sorted().map(line -> "+ " + line))
            .collect(Collectors.joining("\n", "the table was changed by others:\n", ""));
    return new Finding(
        check,
        Verdict.BLOCKED,
        detail,
        "Put the table as it was, or roll back and submit the change again.",
        clock.instant());
  }

  /**
   * Whether it stands for an object that no step names: somebody added it in the middle of a stage,
   * whose end saw it, and dropped it since. Nothing is lost with it.
   */
  private static boolean isUnknown(Rollout rollout, String line) {
    Matcher added = ADDED.matcher(line);
    if (!added.matches()) {
      return false;
    }
    String name = added.group(1).replace("\"", "");
    return rollout.plan().stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .flatMap(step -> step.sql().stream())
        .noneMatch(sql -> sql.replace("\"", "").contains(name));
  }

  /** Whether a line of an image names a column of the change, or something that the change made. */
  private static boolean concerns(Rollout rollout, String line) {
    // A partition may come: it brings the columns and is given the sync. Our own triggers are the
    // sync's check: an image may have been taken while one was disabled.
    if (line.startsWith("table ")
        || line.startsWith(TableImage.PARTITION)
        || line.startsWith("trigger \"~gatefold_")) {
      return false;
    }
    String words = JSON_KEY.matcher(line).replaceAll("").replace("\"", "").replace("\\", "");
    return rollout.plan().claims().stream()
        .filter(claim -> !claim.onlyReferring())
        .anyMatch(
            claim ->
                words.contains(new Names(rollout.change(), claim.table()).token())
                    || names(words, claim.column().value().replace("\"", "")));
  }

  private static boolean names(String words, String column) {
    return Pattern.compile(
            "(?<![\\w$])" + Pattern.quote(column) + "(?![\\w$])", Pattern.UNICODE_CHARACTER_CLASS)
        .matcher(words)
        .find();
  }
}
