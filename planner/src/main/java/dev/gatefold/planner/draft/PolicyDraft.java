package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy as its author wrote it.
 *
 * @param command in the words of SQL, such as {@code SELECT}
 * @param roles empty for everybody
 */
public record PolicyDraft(
    TableName table,
    Identifier name,
    boolean restrictive,
    String command,
    List<Identifier> roles,
    Optional<String> using,
    Optional<String> withCheck,
    Optional<String> comment)
    implements Draft<String> {

  public PolicyDraft {
    roles = List.copyOf(roles);
  }

  @Override
  public String label() {
    return table + "." + name;
  }

  @Override
  public List<String> texts() {
    return Stream.concat(using.stream(), withCheck.stream()).toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.policy(this);
  }
}
