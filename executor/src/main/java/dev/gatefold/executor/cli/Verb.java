package dev.gatefold.executor.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** A command. Whatever it needs comes from the {@link Call}; what it returns is the exit code. */
abstract class Verb implements Callable<Integer> {

  private final Call call;

  Verb(Call call) {
    this.call = call;
  }

  @Override
  public final Integer call() throws Exception {
    if (!formats().contains(call.format())) {
      throw CommandFailure.usage(
          "this command does not print " + call.format().name().toLowerCase(Locale.ROOT),
          "Use -o " + words(formats()) + ".");
    }
    return run(call);
  }

  abstract int run(Call call) throws Exception;

  Set<Format> formats() {
    return EnumSet.of(Format.TEXT, Format.JSON);
  }

  private static String words(Set<Format> formats) {
    return formats.stream()
        .map(format -> format.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" or "));
  }
}
