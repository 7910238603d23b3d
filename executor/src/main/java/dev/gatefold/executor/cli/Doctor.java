package dev.gatefold.executor.cli;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.cli.text.Console;
import dev.gatefold.executor.cli.text.Console.Style;
import dev.gatefold.executor.report.DoctorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether a database is ready. */
@Command(
    name = "doctor",
    description = "Looks whether this database is ready: version, rights, sessions, standbys.")
final class Doctor extends Verb {

  @Option(
      names = "--clean",
      description =
          "Drops replication slots and publications of Gatefold's that no change of this database"
              + " knows.")
  private boolean clean;

  Doctor(Call call) {
    super(call);
  }

  @Override
  int run(Call call) throws Exception {
    List<Diagnosis> diagnoses =
        call.ask(
            rollouts -> {
              List<Diagnosis> all = new ArrayList<>(clean ? rollouts.clean() : List.of());
              all.addAll(rollouts.doctor());
              return all;
            });
    if (call.json()) {
      call.print(DoctorShape.of(diagnoses));
    } else {
      diagnoses.forEach(diagnosis -> line(call.console(), diagnosis));
    }
    return diagnoses.stream().anyMatch(it -> it.level() == Level.PROBLEM)
        ? ExitCode.UNREACHABLE
        : ExitCode.DONE;
  }

  private static void line(Console console, Diagnosis diagnosis) {
    Style style =
        switch (diagnosis.level()) {
          case OK -> Style.GOOD;
          case NOTE -> Style.ATTENTION;
          case PROBLEM -> Style.BAD;
        };
    String level = "%-7s".formatted(diagnosis.level().name().toLowerCase(Locale.ROOT));
    console.line(
        "%s %s: %s"
            .formatted(console.styled(style, level), diagnosis.subject(), diagnosis.message()));
    if (diagnosis.level() != Level.OK && !diagnosis.cure().isBlank()) {
      console.line("        Cure: " + diagnosis.cure());
    }
  }
}
