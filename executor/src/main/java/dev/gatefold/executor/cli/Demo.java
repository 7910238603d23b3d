package dev.gatefold.executor.cli;

import dev.gatefold.executor.demo.Launch;
import dev.gatefold.executor.demo.LiveDemo;
import dev.gatefold.executor.demo.Settings;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the whole story on a database of its own. */
@Command(
    name = "demo",
    description = "Shows it all on a database of its own, with live traffic, in about a minute.")
final class Demo extends Verb {

  @Option(
      names = "--rows",
      hidden = true,
      paramLabel = "NUMBER",
      description = "Orders that the table begins with.")
  private long rows = Settings.ROWS;

  Demo(Call call) {
    super(call);
  }

  @Override
  Set<Format> formats() {
    return EnumSet.of(Format.TEXT);
  }

  @Override
  int run(Call call) throws Exception {
    ConsoleLog.showWarningsOnly(call.debug());
    Settings settings = Settings.of(rows, Launch.command(GatefoldMain.class));
    return new LiveDemo(call.console(), settings).run();
  }
}
