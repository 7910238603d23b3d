package dev.gatefold.executor.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every verb has; they may stand before it or after it. */
final class GlobalOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The database: jdbc:postgresql:... or postgresql://...; otherwise GATEFOLD_URL is read.")
  @Nullable String url;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Takes URL and standbys from targets.NAME of gatefold.yaml in this folder.")
  @Nullable String target;

  @Option(
      names = "--standby",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = {
        "A standby, in the same database; may be given several times, also beside --target.",
        "Its long transactions are waited for before a lock whose replay would cancel them.",
        "Otherwise GATEFOLD_STANDBYS is read, parted by commas, unless there is a --target."
      })
  List<String> standbys = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = {
        "text or json; plan and init also print sql, plan markdown, audit csv. Without it: text."
      })
  @Nullable Format format;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Prints the stack trace of an error.")
  boolean debug;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Prints no colours; NO_COLOR in the environment does the same.")
  boolean noColor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Prints this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Prints the version.")
  boolean version;
}
