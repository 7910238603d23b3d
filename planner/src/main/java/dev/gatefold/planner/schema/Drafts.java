package dev.gatefold.planner.schema;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.MadeTable;
import dev.gatefold.planner.draft.PolicyDraft;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.draft.TableDraft;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server said about each draft of a change. */
public final class Drafts {

  private final Map<Draft<?>, Probed<?>> answers;

  /** The answers, each of the type that its draft asks for. */
  public Drafts(Map<Draft<?>, Probed<?>> answers) {
    this.answers = Map.copyOf(answers);
  }

  /** The server's answer to a draft of the change. */
  @SuppressWarnings("unchecked") // The reader answers each draft with an answer of its type.
  public <A> Probed<A> of(Draft<A> draft) {
    return (Probed<A>)
        Optional.ofNullable(answers.get(draft))
            .orElseThrow(() -> new IllegalStateException("nobody asked the server for " + draft));
  }

  /** A table that the change makes, where the server accepts it. */
  public Optional<MadeTable> made(TableName table) {
    return answers.keySet().stream()
        .filter(draft -> draft instanceof TableDraft made && made.table().equals(table))
        .flatMap(draft -> of((TableDraft) draft).match(Stream::of, rejected -> Stream.empty()))
        .findFirst();
  }

  /** Whether the change makes a policy on the table. */
  public boolean hasPolicy(TableName table) {
    return answers.keySet().stream()
        .anyMatch(draft -> draft instanceof PolicyDraft policy && policy.table().equals(table));
  }

  /** How a table or view stands, where the change asks. */
  public Optional<Standing> standing(TableName relation) {
    StandingQuestion question = new StandingQuestion(relation);
    return answers.containsKey(question)
        ? of(question).match(Optional::of, rejected -> Optional.empty())
        : Optional.empty();
  }
}
