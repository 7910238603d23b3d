package dev.gatefold.executor.filling;

import dev.gatefold.executor.filling.Filling.Steered;
import dev.gatefold.executor.store.BadRowStore;
import dev.gatefold.executor.store.PaceStore;
import dev.gatefold.executor.store.PaceStore.Given;
import dev.gatefold.executor.store.SpeedStore;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at how backfills are doing. Not thread-safe. */
public final class Fillings {

  private final Connection connection;
  private final SpeedStore speeds = new SpeedStore();
  private final BadRowStore badRows = new BadRowStore();
  private final PaceStore paces = new PaceStore();

  public Fillings(Connection connection) {
    this.connection = connection;
  }

  /**
   * How one is doing.
   *
   * @param rows under whom its workers speak of its rows
   * @param pace under whom another pace is given
   * @param file the settings of its file, which are read only where somebody gave another pace;
   *     empty where nobody can read them
   */
  public Filling of(Subject rows, Subject pace, Supplier<Optional<BackfillSettings>> file)
      throws SQLException {
    return new Filling(
        steered(pace, file), speeds.heard(connection, rows), badRows.count(connection, rows));
  }

  private List<Steered> steered(Subject pace, Supplier<Optional<BackfillSettings>> file)
      throws SQLException {
    List<Given> given = paces.list(connection, pace);
    return given.isEmpty()
        ? List.of()
        : file.get().map(settings -> steered(given, settings)).orElse(List.of());
  }

  private static List<Steered> steered(List<Given> given, BackfillSettings file) {
    return given.stream()
        .filter(it -> it.differsFrom(file))
        .map(
            it ->
                new Steered(
                    it.setting().key(), it.value(), it.setting().of(file), it.by(), it.at()))
        .toList();
  }
}
