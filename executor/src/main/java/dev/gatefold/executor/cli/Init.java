package dev.gatefold.executor.cli;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the place in which Gatefold keeps its state. */
@Command(
    name = "init",
    description = "Makes the schema gatefold; with -o sql prints the roles and grants for the DBA.")
final class Init extends Verb {

  private static final String NO_OWNERS =
      """
      --    Name the owners: gatefold init -o sql --owner app_owner, or write:
      -- GRANT app_owner TO %s;
      -- GRANT USAGE ON SCHEMA gatefold TO app_owner;\
      """;

  private static final String NO_KEEPER =
      "--    Name that role: gatefold init -o sql --keeper gatefold_keeper.";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "gatefold",
      description = "With -o sql: the role that runs Gatefold; ${DEFAULT-VALUE} if left out.")
  private Identifier role;

  @Option(
      names = "--owner",
      paramLabel = "ROLE",
      description = "With -o sql: a role that owns tables to be changed; may be repeated.")
  private List<Identifier> owners = List.of();

  @Option(
      names = "--keeper",
      paramLabel = "ROLE",
      description =
          "With -o sql: a role that shall own the record, so that Gatefold's own cannot change it.")
  private @Nullable Identifier keeper;

  Init(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.of(Format.TEXT, Format.JSON, Format.SQL);
  }

  @Override
  int run(Call call) throws Exception {
    if (call.format() == Format.SQL) {
      call.console().line(script().stripTrailing());
      return ExitCode.DONE;
    }
    return call.finish(
        null,
        call.work(
            (rollouts, listener) -> new Outcome.Done(rollouts.init(), "Next: gatefold doctor")));
  }

  /** Needs no database: whoever may run it is not the one who prints it. */
  private String script() {
    return Resource.text("init.sql")
        .replace("{owners}", memberships())
        .replace("{keeper}", keeper())
        .replace("{role_text}", Literal.of(role.value()))
        .replace("{role}", role.quoted());
  }

  private String keeper() {
    return keeper == null
        ? NO_KEEPER
        : Resource.text("keeper.sql")
            .stripTrailing()
            .replace("{keeper_text}", Literal.of(keeper.value()))
            .replace("{keeper}", keeper.quoted());
  }

  private String memberships() {
    return owners.isEmpty()
        ? NO_OWNERS.formatted(role.quoted())
        : owners.stream()
            .map(
                owner ->
                    "GRANT %1$s TO %2$s;\nGRANT USAGE ON SCHEMA gatefold TO %1$s;"
                        .formatted(owner.quoted(), role.quoted()))
            .collect(Collectors.joining("\n"));
  }
}
