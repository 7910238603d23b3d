package dev.gatefold.planner.change;

import dev.gatefold.planner.schema.Drafts;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a team asks for: a name and one or more operations.
 *
 * @param gates what it asks of the gates, beyond what the target asks for
 * @param retire how old columns are put out of reach
 * @param way how it gets there
 */
public record Change(
    ChangeName name,
    List<Operation> operations,
    BackfillSettings backfill,
    Gates gates,
    Retire retire,
    Way way,
    SyncChoice sync) {

  public Change {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("a change needs at least one operation");
    }
  }

  /** A change that goes its way stage by stage. */
  public Change(
      ChangeName name,
      List<Operation> operations,
      BackfillSettings backfill,
      Gates gates,
      Retire retire) {
    this(name, operations, backfill, gates, retire, Way.STAGES, SyncChoice.byDefault());
  }

  /** The same with every column that an operation takes along, each as an operation of its own. */
  public Change whole(Drafts answers) {
    return new Change(
        name,
        operations.stream()
            .flatMap(
                operation ->
                    operation instanceof DirectOperation direct
                        ? Stream.concat(Stream.of(operation), direct.replaced(answers).stream())
                        : Stream.of(operation))
            .toList(),
        backfill,
        gates,
        retire,
        way,
        sync);
  }

  /** The types that give way to others. */
  public List<TypeTrade> trades() {
    return operations.stream()
        .flatMap(
            operation ->
                operation instanceof DirectOperation direct
                    ? direct.trade().stream()
                    : Stream.empty())
        .toList();
  }
}
