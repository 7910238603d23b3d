package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.NewProbe;
import dev.gatefold.planner.schema.TableProbe.OldProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import dev.gatefold.planner.schema.TableProbe.RegroupProbe;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Columns that give way to others together. On the new clone the old ones are gone and the new ones
 * are there, so that no mapping reads what it will not find. Not thread-safe.
 */
final class RegroupProber {

  private final Session session;
  private final Clone renewed;
  private final MappingRoute upRoute;
  private final MappingRoute downRoute;
  private final Map<Integer, Regroup.Old> olds = new LinkedHashMap<>();
  private final Map<Integer, Regroup.New> news = new LinkedHashMap<>();
  private final Map<Integer, ColumnType> oldTypes = new LinkedHashMap<>();
  private final Map<Integer, Probed<ColumnType>> newTypes = new LinkedHashMap<>();
  private final Map<Integer, Probed<Optional<String>>> defaults = new LinkedHashMap<>();
  private final Map<Integer, Probed<MappingDraft>> drafts = new LinkedHashMap<>();

  /**
   * A prober of a regrouping all of whose old columns are there.
   *
   * @param number of its first new column; above that of every column of the table
   */
  RegroupProber(Session session, Table table, Regroup wish, int number, Clone old, Clone renewed) {
    this.session = session;
    this.renewed = renewed;
    this.upRoute = new MappingRoute(session, old, renewed, "gatefold_up_");
    this.downRoute = new MappingRoute(session, renewed, old, "gatefold_down_");
    for (Regroup.Old column : wish.olds()) {
      var known = table.column(column.column()).orElseThrow();
      olds.put(known.attnum(), column);
      oldTypes.put(known.attnum(), known.type());
    }
    for (Regroup.New column : wish.news()) {
      news.put(number + news.size(), column);
    }
  }

  /** The number that is free after its own. */
  static int after(int number, Regroup wish) {
    return number + wish.news().size();
  }

  /** Puts the new columns in the place of the old ones. */
  void enter() throws SQLException {
    for (int old : olds.keySet()) {
      renewed.drop(old);
    }
    NewTypes types = new NewTypes(session, renewed);
    DefaultProber prober = new DefaultProber(session, renewed);
    for (Map.Entry<Integer, Regroup.New> entry : news.entrySet()) {
      Regroup.New column = entry.getValue();
      Probed<ColumnType> type = types.add(entry.getKey(), column.column(), column.type());
      newTypes.put(entry.getKey(), type);
      Optional<Probed.Rejected<?>> rejected = Rejections.rejection(type);
      defaults.put(
          entry.getKey(),
          rejected.isPresent()
              ? Rejections.of(rejected.get())
              : prober.probe(entry.getKey(), column.defaultValue()));
    }
  }

  /** Parses the mappings, while the columns have the author's names. */
  void parse() throws SQLException {
    Optional<Probed.Rejected<?>> missing =
        newTypes.values().stream().flatMap(type -> Rejections.rejection(type).stream()).findFirst();
    if (missing.isPresent()) {
      // Without a type there is no column to read.
      olds.keySet().forEach(number -> drafts.put(number, Rejections.of(missing.get())));
      news.keySet().forEach(number -> drafts.put(number, Rejections.of(missing.get())));
      return;
    }
    for (Map.Entry<Integer, Regroup.New> entry : news.entrySet()) {
      int number = entry.getKey();
      drafts.put(
          number,
          upRoute.parse(
              number, renewed.type(number), entry.getValue().up(), List.copyOf(olds.keySet())));
    }
    for (Map.Entry<Integer, Regroup.Old> entry : olds.entrySet()) {
      int number = entry.getKey();
      drafts.put(
          number,
          downRoute.parse(
              number, type(number), entry.getValue().down(), List.copyOf(news.keySet())));
    }
  }

  private ColumnType type(int old) {
    return Optional.ofNullable(oldTypes.get(old)).orElseThrow();
  }

  /** The whole answer, once all columns of the clones have the names of probes. */
  RegroupProbe finish() throws SQLException {
    List<OldProbe> finishedOlds = new ArrayList<>();
    for (Map.Entry<Integer, Regroup.Old> entry : olds.entrySet()) {
      finishedOlds.add(new OldProbe(entry.getKey(), finish(downRoute, entry.getKey())));
    }
    List<NewProbe> finishedNews = new ArrayList<>();
    for (Map.Entry<Integer, Regroup.New> entry : news.entrySet()) {
      int number = entry.getKey();
      finishedNews.add(
          new NewProbe(
              number,
              entry.getValue().column(),
              Optional.ofNullable(newTypes.get(number)).orElseThrow(),
              finish(upRoute, number),
              Optional.ofNullable(defaults.get(number)).orElseThrow()));
    }
    return new RegroupProbe(finishedOlds, finishedNews);
  }

  private Probed<MappingProbe> finish(MappingRoute route, int number) throws SQLException {
    Probed<MappingDraft> draft = Optional.ofNullable(drafts.get(number)).orElseThrow();
    return draft instanceof Probed.Accepted<MappingDraft> accepted
        ? route.finish(accepted.value(), false, false)
        : Rejections.of(Rejections.rejection(draft).orElseThrow());
  }

  /** The answer where nothing can be tried. */
  static RegroupProbe rejected(Table table, Regroup wish, int first, Probed.Rejected<?> reason) {
    List<NewProbe> news = new ArrayList<>();
    for (Regroup.New column : wish.news()) {
      news.add(
          new NewProbe(
              first + news.size(),
              column.column(),
              Rejections.of(reason),
              Rejections.of(reason),
              Rejections.of(reason)));
    }
    List<Identifier> names = wish.olds().stream().map(Regroup.Old::column).toList();
    return new RegroupProbe(
        names.stream()
            .map(name -> new OldProbe(attnum(table, name), Rejections.of(reason)))
            .toList(),
        news);
  }

  private static int attnum(Table table, Identifier column) {
    return table.column(column).orElseThrow().attnum();
  }
}
