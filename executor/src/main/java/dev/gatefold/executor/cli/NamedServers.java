package dev.gatefold.executor.cli;

import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.notify.Endpoint;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.Gates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which servers the options, the settings file or the environment name. */
final class NamedServers {

  private final GlobalOptions options;
  private final Surroundings surroundings;

  NamedServers(GlobalOptions options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  DatabaseUrl database() {
    String url = url();
    try {
      return DatabaseUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()), "");
    }
  }

  private String url() {
    if (options.url != null && options.target != null) {
      throw CommandFailure.usage("--url and --target exclude each other", "Leave one of them out.");
    }
    if (options.url != null) {
      return options.url;
    }
    if (options.target != null) {
      return targets().url(options.target);
    }
    String url = environment().getOrDefault("GATEFOLD_URL", "");
    if (url.isEmpty()) {
      throw CommandFailure.usage(
          "no database is named",
          "Give --url postgresql://user@host:5432/database, --target NAME, or set GATEFOLD_URL.");
    }
    return url;
  }

  /** What is known about the database beside its address. */
  TargetSettings settings() {
    return new TargetSettings(
        standbys(),
        options.target == null ? Gates.NONE : targets().gates(options.target),
        options.target == null ? Optional.empty() : targets().brokers(options.target));
  }

  /** Those of the target and of the options; where neither is given, those of the environment. */
  private Standbys standbys() {
    List<DatabaseUrl> urls = new ArrayList<>();
    if (options.target != null) {
      urls.addAll(targets().standbys(options.target));
    }
    options.standbys.forEach(url -> urls.add(parse("--standby", url)));
    if (options.target == null && options.standbys.isEmpty()) {
      Arrays.stream(environment().getOrDefault("GATEFOLD_STANDBYS", "").split(","))
          .map(String::strip)
          .filter(url -> !url.isEmpty())
          .forEach(url -> urls.add(parse("GATEFOLD_STANDBYS", url)));
    }
    return Standbys.of(urls);
  }

  /** Those that the target names; nobody is told of what happens under a bare URL. */
  List<Endpoint> endpoints() {
    return options.target == null ? List.of() : targets().endpoints(options.target);
  }

  private static DatabaseUrl parse(String where, String url) {
    try {
      return DatabaseUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(where + ": " + e.getMessage(), "");
    }
  }

  private Targets targets() {
    return Targets.read(surroundings.folder(), environment());
  }

  private Map<String, String> environment() {
    return surroundings.environment();
  }
}
