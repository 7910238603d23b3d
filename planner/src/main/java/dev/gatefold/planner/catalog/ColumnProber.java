package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the server said of one changed column so far, while the clones' columns have the author's
 * names; {@link #finish} asks the rest.
 */
record ColumnProber(
    Column column,
    ColumnType newType,
    MappingRoute upRoute,
    MappingRoute downRoute,
    Probed<MappingDraft> up,
    Probed<MappingDraft> down,
    Probed<Optional<String>> newDefault,
    Probed<Boolean> traits,
    boolean inPlace) {

  static ColumnProber parse(
      Column column,
      TableChange.Wish wish,
      ColumnType newType,
      MappingRoute upRoute,
      MappingRoute downRoute,
      Probed<Optional<String>> newDefault,
      Probed<Boolean> traits,
      boolean inPlace)
      throws SQLException {
    Conversion conversion = new Conversion(column.type(), newType);
    Mapping mapping = wish.mapping();
    Probed<MappingDraft> up = upRoute.parse(column.attnum(), conversion, mapping.up());
    boolean hasDown =
        mapping.down().isPresent() || (isPlain(up) && conversion.reversed().isLossless());
    Probed<MappingDraft> down =
        hasDown
            ? downRoute.parse(column.attnum(), conversion.reversed(), mapping.down())
            : Rejections.of(Rejections.NO_INVERSE, "no exact inverse is known");
    return new ColumnProber(
        column, newType, upRoute, downRoute, up, down, newDefault, traits, inPlace);
  }

  /** The whole answer, once all columns of the clones have the names of probes. */
  ColumnProbe finish() throws SQLException {
    Conversion conversion = new Conversion(column.type(), newType);
    boolean plain = isPlain(up) && (isPlain(down) || hasNoDown());
    boolean exactUp = plain && conversion.isLossless() && !conversion.cutsBlanks();
    boolean exactDown = plain && conversion.reversed().isLossless();
    boolean strictDown = exactDown && conversion.reversed().cutsBlanks();
    return new ColumnProbe(
        column.attnum(),
        new Probed.Accepted<>(newType),
        finish(upRoute, up, exactUp, false),
        finish(downRoute, down, exactDown, strictDown),
        newDefault,
        traits,
        inPlace);
  }

  /** The answer for a column about which nothing can be tried. */
  static ColumnProbe rejected(Column column, Probed.Rejected<?> reason) {
    return new ColumnProbe(
        column.attnum(),
        Rejections.of(reason),
        Rejections.of(reason),
        Rejections.of(reason),
        Rejections.of(reason),
        Rejections.of(reason),
        false);
  }

  private static Probed<MappingProbe> finish(
      MappingRoute route, Probed<MappingDraft> draft, boolean exact, boolean strict)
      throws SQLException {
    return draft instanceof Probed.Accepted<MappingDraft> accepted
        ? route.finish(accepted.value(), exact, strict)
        : Rejections.of(Rejections.rejection(draft).orElseThrow());
  }

  private static boolean isPlain(Probed<MappingDraft> draft) {
    return draft.match(MappingDraft::plain, rejected -> false);
  }

  private boolean hasNoDown() {
    return Rejections.rejection(down)
        .map(r -> r.sqlState().equals(Rejections.NO_INVERSE))
        .orElse(false);
  }
}
