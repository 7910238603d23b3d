package dev.gatefold.executor.cli;

import dev.gatefold.executor.cli.Verbs.Group;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.TimeSpan;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.StageName;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the command line together and turns whatever goes wrong into words and an exit code. */
final class Program {

  private final Call call;
  private final List<Group> groups;
  private final CommandLine commandLine;

  Program(Surroundings surroundings) {
    Gatefold root = new Gatefold();
    call = new Call(root.options(), surroundings);
    groups = Verbs.of(call);
    commandLine = new CommandLine(root);
    for (Group group : groups) {
      group.verbs().forEach(verb -> commandLine.addSubcommand(verb.getCommandName(), verb));
    }
    converters();
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(surroundings.streams().out()))
        .setErr(writer(surroundings.streams().err()))
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setParameterExceptionHandler((e, args) -> misused(e))
        .setExecutionExceptionHandler((e, verb, parsed) -> failed(e));
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> journey());
  }

  int run(String... args) {
    return commandLine.execute(args);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private void converters() {
    converter(ChangeName.class, ChangeName::new);
    converter(Identifier.class, Identifier::parse);
    converter(Duration.class, TimeSpan::parse);
    converter(Instant.class, Moment::parse);
    converter(
        StageName.class,
        text -> word("stage", text, StageName::of, StageName.values(), StageName::word));
    converter(
        RolloutState.class,
        text -> word("state", text, RolloutState::of, RolloutState.values(), RolloutState::word));
  }

  private <T> void converter(Class<T> type, Function<String, T> parser) {
    ITypeConverter<T> converter =
        text -> {
          try {
            return parser.apply(text);
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
          }
        };
    commandLine.registerConverter(type, converter);
  }

  private static <T> T word(
      String what,
      String text,
      Function<String, Optional<T>> parser,
      T[] all,
      Function<T, String> word) {
    return parser
        .apply(text.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no %s; there are %s"
                        .formatted(
                            text,
                            what,
                            Arrays.stream(all).map(word).collect(Collectors.joining(", ")))));
  }

  /** The verbs by group, each with the first line of its description. */
  private String journey() {
    StringBuilder text = new StringBuilder();
    for (Group group : groups) {
      text.append("%n%s:%n".formatted(group.title()));
      for (CommandLine verb : group.verbs()) {
        text.append("  %-9s %s%n".formatted(verb.getCommandName(), description(verb)));
      }
    }
    return text.toString();
  }

  private static String description(CommandLine verb) {
    return String.join(" ", verb.getCommandSpec().usageMessage().description());
  }

  private int misused(ParameterException e) {
    call.console().error("gatefold: " + e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .limit(1)
          .forEach(it -> call.console().error("  Did you mean: " + it));
    }
    call.console()
        .error("  See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    if (call.debug()) {
      call.console().stackTrace(e);
    }
    return ExitCode.USAGE;
  }

  private int failed(Exception e) {
    if (call.debug()) {
      call.console().stackTrace(e);
    }
    if (e instanceof CommandFailure failure) {
      call.console().error("gatefold: " + failure.getMessage());
      Stream.of(failure.cure())
          .filter(it -> !it.isBlank())
          .forEach(it -> call.console().error("  " + it));
      return failure.exitCode();
    }
    if (e instanceof ChangeFileException) {
      call.console().error("gatefold: " + e.getMessage());
      return ExitCode.USAGE;
    }
    call.console().error("gatefold: this is a bug: " + e);
    if (!call.debug()) {
      call.console().error("  Run the command again with --debug to see the stack trace.");
    }
    return ExitCode.BUG;
  }
}
