package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbsTest {

  private static final String FILE =
      "change: %s\noperations: [{rename_column: {table: o, column: a, to: b}}]\n";

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() {
    command = new CommandRun(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "init, init",
    "submit total.yaml, submit total",
    "promote total expand, promote total expand",
    "promote total EXPAND --reason night, promote total expand because night",
    "promote total expand --detach, detach total expand",
    "work --once, work",
    "pause total, pause total",
    "resume total, resume total",
    "backfill pace total --target-batch-time 50ms, pace total target_batch_time 50ms",
    "backfill run fill.yaml, run fill",
    "backfill schedule fill.yaml, schedule fill",
    "backfill list, backfills",
    "backfill cancel fill, cancel fill",
    "backfill pace total --default, pace total as the file says",
    "backfill pace total --default --max-rows-per-second none,"
        + " 'pace total as the file says, but max_rows_per_second none'",
    "retry total, retry total",
    "rollback total, rollback total",
    "rollback total --to expanded, rollback total to expanded",
    "down total, rollback total to planned",
    "verify total, verify total",
    "verify total --repair --from old, verify total repair from OLD"
  })
  void eachVerbAsksForWhatItSays(String line, String asked) throws IOException {
    Files.writeString(folder.resolve("total.yaml"), FILE.formatted("total"));
    Files.writeString(folder.resolve("fill.yaml"), "{backfill: fill, table: t, set: {a: 1}}");
    assertThat(command.run(line.split(" "))).isZero();
    assertThat(command.rollouts.asked).containsExactly(asked);
    assertThat(command.err()).isEmpty();
  }

  @Test
  void aPaceIsRefusedAsInTheFileAndWithNothingSaid() {
    assertThat(command.run("backfill", "pace", "total", "--target-batch-time", "soon"))
        .isEqualTo(2);
    assertThat(command.err()).contains("target_batch_time: \"soon\" is not a time such as 20ms");
    assertThat(command.run("backfill", "pace", "total")).isEqualTo(2);
    assertThat(command.err()).contains("nothing is said about the pace of total", "--default");
    assertThat(command.run("backfill")).isEqualTo(2);
    assertThat(command.rollouts.asked).isEmpty();
  }

  @Test
  void whatCannotBeUndoneWantsAYes() {
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.BACKFILLED));
    assertThat(command.run("promote", "total", "drop")).isEqualTo(2);
    assertThat(command.err()).contains("cannot be undone", "--yes");
    assertThat(command.rollouts.asked).isEmpty();

    assertThat(command.run("promote", "total", "drop", "--yes")).isZero();
    assertThat(command.rollouts.asked).containsExactly("promote total drop");
  }

  @Test
  void onATerminalTheNameIsAskedFor() {
    command.terminal = true;
    command.rollouts.rollouts = List.of(Plans.rollout(RolloutState.BACKFILLED));
    command.input = "yes\n";
    assertThat(command.run("promote", "total", "drop")).isEqualTo(2);
    command.input = "";
    assertThat(command.run("promote", "total", "drop")).isEqualTo(2);
    assertThat(command.rollouts.asked).isEmpty();
    command.input = "total\n";
    assertThat(command.run("promote", "total", "drop")).isZero();
  }

  @Test
  void upTakesAllFilesInOrderAndLeavesOutTheSettings() throws IOException {
    Files.writeString(folder.resolve("2.yaml"), FILE.formatted("second"));
    Files.writeString(folder.resolve("1.yaml"), FILE.formatted("total"));
    Files.writeString(folder.resolve("gatefold.yaml"), "targets: {}");
    command.rollouts.looks.add(Optional.of(Plans.rollout(RolloutState.PLANNED)));
    command.rollouts.looks.add(Optional.of(Plans.rollout(RolloutState.EXPANDED)));
    command.rollouts.looks.add(Optional.of(Plans.rollout(RolloutState.BACKFILLED)));
    command.rollouts.looks.add(Optional.of(Plans.rollout(RolloutState.COMPLETED)));

    assertThat(command.run("up")).isZero();
    assertThat(command.rollouts.asked)
        .containsExactly(
            "submit total",
            "promote total expand",
            "promote total backfill",
            "promote total drop because gatefold up, for development",
            "submit second");
    assertThat(command.lines()).containsExactly("total is completed.", "second is completed.");
  }

  @Test
  void upStopsWhereItIsToldOrWhereItFails() throws IOException {
    Files.writeString(folder.resolve("1.yaml"), FILE.formatted("total"));
    Files.writeString(folder.resolve("2.yaml"), FILE.formatted("second"));
    command.rollouts.looks.add(Optional.of(Plans.rollout(RolloutState.PLANNED)));
    command.rollouts.looks.add(Optional.of(Plans.rollout(RolloutState.EXPANDED)));
    assertThat(command.run("up", folder.toString(), "--to", "expand")).isZero();
    assertThat(command.rollouts.asked)
        .containsExactly("submit total", "promote total expand", "submit second");

    command.rollouts.asked.clear();
    command.rollouts.outcome = new Outcome.Waits("busy", "");
    assertThat(command.run("up")).isEqualTo(4);
    assertThat(command.rollouts.asked).containsExactly("submit total");
  }

  @Test
  void upReadsAllFilesBeforeItTouchesAnything() throws IOException {
    Files.writeString(folder.resolve("1.yaml"), FILE.formatted("total"));
    Files.writeString(folder.resolve("2.yaml"), "change: [");
    assertThat(command.run("up")).isEqualTo(2);
    assertThat(command.rollouts.asked).isEmpty();
  }

  @Test
  void aServerThatIsDownIsToldInOneSentence() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    command.opener = (url, settings, debug) -> LiveRollouts.open(url, settings);
    String url = "postgresql://app:secret@127.0.0.1:" + port + "/shop";
    assertThat(command.run("status", "--url", url)).isEqualTo(8);
    assertThat(command.err())
        .startsWith("gatefold: cannot connect to 127.0.0.1:" + port + "/shop: ")
        .contains("Check host and port")
        .doesNotContain("secret", "\tat ");
  }

  @Test
  void aPortThatIsTakenIsToldBeforeTheServerStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(command.run("serve", "--port", String.valueOf(taken.getLocalPort()))).isEqualTo(2);
      assertThat(command.err()).contains("cannot listen on port", "--port");
    }
  }
}
