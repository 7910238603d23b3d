package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.token.Token;
import dev.gatefold.planner.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server cuts names, and two that differ at their ends become one. */
final class NameTooLong implements HazardCheck {

  private static final Danger DANGER = Danger.of("name-too-long", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .ownSql()
        .flatMap(sql -> Tokenizer.statement(sql).stream())
        .filter(Token::isName)
        .map(Token::text)
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > Identifier.MAX_BYTES)
        .distinct()
        .map(
            name ->
                DANGER.at(
                    Weight.UNKNOWN,
                    name,
                    "the name is longer than %d bytes: the server cuts it without an error, and two"
                            .formatted(Identifier.MAX_BYTES)
                        + " names that differ behind that are one",
                    "Choose a shorter name."))
        .toList();
  }
}
