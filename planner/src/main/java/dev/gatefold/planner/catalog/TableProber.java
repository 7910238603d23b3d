package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import dev.gatefold.planner.schema.TableProbe.FollowerProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import dev.gatefold.planner.schema.TableProbe.RegroupProbe;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tries the changes of one table on two temporary clones of it, one old and one new. */
final class TableProber {

  private final Session session;
  private final Table table;
  private final List<TypeTrade> trades;
  private final Map<Column, TableChange.Wish> wishes = new LinkedHashMap<>();
  private final Set<Integer> changed = new LinkedHashSet<>();
  private final List<Regroup> regroupings;

  TableProber(Session session, Table table, TableChange change, List<TypeTrade> trades) {
    this.session = session;
    this.table = table;
    this.regroupings =
        change.regroupings().stream()
            .filter(
                group ->
                    group.olds().stream().allMatch(old -> table.column(old.column()).isPresent()))
            .toList();
    this.trades = trades;
    for (Map.Entry<Identifier, TableChange.Wish> entry : change.columns().entrySet()) {
      Optional<Column> column = table.column(entry.getKey());
      column.ifPresent(c -> wishes.put(c, entry.getValue()));
      column.ifPresent(c -> changed.add(c.attnum()));
    }
  }

  /** Asks the server everything and leaves no trace. */
  TableProbe probe() throws SQLException {
    Probed<TableProbe> probed = session.tryOut(this::probeClones);
    return probed.match(probe -> probe, this::nothing);
  }

  private TableProbe nothing(Probed.Rejected<TableProbe> reason) {
    List<ColumnProbe> columns =
        wishes.keySet().stream().map(column -> ColumnProber.rejected(column, reason)).toList();
    List<RegroupProbe> groups = new ArrayList<>();
    int number = table.lastAttnum() + 1;
    for (Regroup wish : regroupings) {
      groups.add(RegroupProber.rejected(table, wish, number, reason));
      number = RegroupProber.after(number, wish);
    }
    return new TableProbe(table.name(), columns, groups, List.of(), Map.of(), List.of());
  }

  private TableProbe probeClones() throws SQLException {
    Clone old = Clone.create(session, Clone.OLD, table);
    Clone renewed = Clone.create(session, Clone.NEW, table);
    Map<Column, Probed<ColumnType>> types = changeTypes(renewed);
    renameToFinal(renewed);
    List<RegroupProber> groups = enter(old, renewed);

    ObjectProber objects = new ObjectProber(session, old, renewed, trades);
    objects.copy(table, changed);
    List<ColumnProber> columns = new ArrayList<>();
    List<ColumnProbe> answers = new ArrayList<>();
    for (Map.Entry<Column, Probed<ColumnType>> entry : types.entrySet()) {
      Column column = entry.getKey();
      if (entry.getValue() instanceof Probed.Accepted<ColumnType> type) {
        columns.add(parse(column, type.value(), old, renewed));
      } else {
        answers.add(
            ColumnProber.rejected(column, Rejections.rejection(entry.getValue()).orElseThrow()));
      }
    }

    for (RegroupProber group : groups) {
      group.parse();
    }
    old.renameToProbes(changed);
    renewed.renameToProbes(changed);
    List<ObjectProbe> found = new ArrayList<>(objects.finish());
    found.addAll(new ForeignKeyProber(session, renewed, changed).probe(table.oid()));
    found.addAll(new IncomingProber(session, renewed, changed).probe(table.oid()));

    old.renameToProbes(old.attnums());
    renewed.renameToProbes(renewed.attnums());
    for (ColumnProber column : columns) {
      answers.add(column.finish());
    }
    List<RegroupProbe> regrouped = new ArrayList<>();
    for (RegroupProber group : groups) {
      regrouped.add(group.finish());
    }
    return new TableProbe(
        table.name(), answers, regrouped, found, objects.conditions(), followers(types));
  }

  private List<RegroupProber> enter(Clone old, Clone renewed) throws SQLException {
    List<RegroupProber> groups = new ArrayList<>();
    int number = table.lastAttnum() + 1;
    for (Regroup wish : regroupings) {
      RegroupProber group = new RegroupProber(session, table, wish, number, old, renewed);
      group.enter();
      groups.add(group);
      number = RegroupProber.after(number, wish);
    }
    return groups;
  }

  private Map<Column, Probed<ColumnType>> changeTypes(Clone renewed) throws SQLException {
    NewTypes types = new NewTypes(session, renewed);
    Map<Column, Probed<ColumnType>> answers = new LinkedHashMap<>();
    for (Map.Entry<Column, TableChange.Wish> entry : wishes.entrySet()) {
      answers.put(entry.getKey(), types.change(entry.getKey(), entry.getValue().type()));
    }
    return answers;
  }

  private List<FollowerProbe> followers(Map<Column, Probed<ColumnType>> types) throws SQLException {
    List<Rehearsal.Part> parts = new ArrayList<>();
    for (Map.Entry<Column, Probed<ColumnType>> entry : types.entrySet()) {
      Identifier finalName =
          Optional.ofNullable(wishes.get(entry.getKey())).orElseThrow().finalName();
      if (entry.getValue() instanceof Probed.Accepted<ColumnType> type) {
        Column column = entry.getKey();
        parts.add(new Rehearsal.Part(column.attnum(), column.name(), finalName, type.value()));
      }
    }
    // Without a type there is no plan, and nothing to rehearse. What reads a column of a larger
    // group
    // is refused.
    return parts.isEmpty() || parts.size() < types.size()
        ? List.of()
        : new Rehearsal(session, table, parts).probe();
  }

  // By way of names that nobody has, so that two columns can take each other's name.
  private void renameToFinal(Clone renewed) throws SQLException {
    renewed.renameToProbes(changed);
    for (Map.Entry<Column, TableChange.Wish> entry : wishes.entrySet()) {
      renewed.rename(entry.getKey().attnum(), entry.getValue().finalName());
    }
  }

  private ColumnProber parse(Column column, ColumnType type, Clone old, Clone renewed)
      throws SQLException {
    TableChange.Wish wish = Optional.ofNullable(wishes.get(column)).orElseThrow();
    return ColumnProber.parse(
        column,
        wish,
        type,
        new MappingRoute(session, old, renewed, "gatefold_up_"),
        new MappingRoute(session, renewed, old, "gatefold_down_"),
        new DefaultProber(session, renewed).probe(column, wish.newDefault()),
        new TraitProber(session, renewed).probe(column.attnum(), sequence(column), wish.traits()),
        new InPlaceProber(session, table).probe(column, type));
  }

  private static Optional<SequenceOptions> sequence(Column column) {
    return column
        .identity()
        .map(Column.Identity::options)
        .or(
            () ->
                column
                    .defaultValue()
                    .flatMap(Column.Default::ownedSequence)
                    .map(Column.OwnedSequence::options));
  }
}
