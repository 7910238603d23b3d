package dev.gatefold.planner.change;

import dev.gatefold.planner.change.AddColumn.Identity;
import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintBody.Deferral;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Generation;
import dev.gatefold.planner.draft.NewColumnDraft;
import dev.gatefold.planner.draft.Numbered;
import dev.gatefold.planner.draft.SequenceOptions;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.ObjectName;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code add_column}. */
final class NewColumnFile {

  private NewColumnFile() {}

  static AddColumn add(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    Identifier name = map.requiredParsed("column", Identifier::parse);
    String type = map.requiredParsed("type", ChangeFile::sql);
    Optional<Identity> identity = NumberingFile.identity(map);
    NewColumnDraft column =
        new NewColumnDraft(
            table,
            name,
            SerialType.integer(type).orElse(type),
            map.parsed("collation", ChangeFile::sql),
            map.parsed("default", ChangeFile::sql),
            generation(map),
            map.parsed("up", ChangeFile::sql),
            numbered(map, SerialType.integer(type).isPresent(), identity.isPresent()));
    Optional<String> numbering =
        column.numbered().map(numbered -> numbered.serial() ? "type" : "identity");
    Optional<Boolean> nullable = map.flag("nullable");
    requireOneSource(map, column, numbering, identity);
    if (numbering.isPresent() && nullable.orElse(false)) {
      throw map.errorAt(
          "nullable", "contradicts \"%s\": such a column is never NULL".formatted(numbering.get()));
    }
    return new AddColumn(
        column,
        numbering.isEmpty() && nullable.orElse(true),
        identity,
        map.parsed("comment", text -> text),
        constraints(map, column));
  }

  private static Optional<Numbered> numbered(YamlMap map, boolean serial, boolean identity)
      throws ChangeFileException {
    SequenceOptions sequence = NumberingFile.sequence(map);
    if (serial || identity) {
      return Optional.of(new Numbered(serial, sequence));
    }
    if (!sequence.isEmpty()) {
      throw map.errorAt("sequence", "wants \"identity\", or a serial type: else nothing counts");
    }
    return Optional.empty();
  }

  /** Where the value comes from; {@code up} may stand beside a default. */
  private static void requireOneSource(
      YamlMap map, NewColumnDraft column, Optional<String> numbering, Optional<Identity> identity)
      throws ChangeFileException {
    List<String> sources = new ArrayList<>();
    column.generated().ifPresent(it -> sources.add("generated"));
    numbering.ifPresent(sources::add);
    if (sources.isEmpty()) {
      return;
    }
    identity.filter(it -> !sources.contains("identity")).ifPresent(it -> sources.add("identity"));
    column.defaultValue().ifPresent(it -> sources.add("default"));
    column.up().ifPresent(it -> sources.add("up"));
    if (sources.size() > 1) {
      throw map.errorAt(
          sources.get(1),
          "contradicts \"%s\": the value comes from there".formatted(sources.get(0)));
    }
  }

  private static Optional<Generation> generation(YamlMap map) throws ChangeFileException {
    Optional<YamlMap> generated = map.map("generated");
    if (generated.isEmpty()) {
      return Optional.empty();
    }
    Generation generation =
        new Generation(
            generated.get().requiredParsed("as", ChangeFile::sql),
            generated
                .get()
                .requiredParsed("kind", text -> ChangeFile.word(text, "stored", "virtual"))
                .equals("stored"));
    generated.get().end();
    return Optional.of(generation);
  }

  /** Under the names that the server would give them. */
  private static List<ConstraintDraft> constraints(YamlMap map, NewColumnDraft column)
      throws ChangeFileException {
    List<ConstraintDraft> constraints = new ArrayList<>();
    map.parsed("check", ChangeFile::sql)
        .ifPresent(
            check -> constraints.add(draft(column, "check", new ConstraintBody.Check(check))));
    if (map.flag("unique").orElse(false)) {
      constraints.add(
          draft(
              column,
              "key",
              new ConstraintBody.Unique(
                  List.of(column.name()), false, List.of(), false, Deferral.NOT_DEFERRABLE)));
    }
    Optional<YamlMap> references = map.map("references");
    if (references.isPresent()) {
      constraints.add(draft(column, "fkey", foreignKey(references.get(), column)));
    }
    return constraints;
  }

  private static ConstraintBody foreignKey(YamlMap map, NewColumnDraft column)
      throws ChangeFileException {
    ConstraintBody key =
        new ConstraintBody.ForeignKey(
            List.of(column.name()),
            map.requiredParsed("table", TableName::parse),
            map.parsed("column", Identifier::parse).stream().toList(),
            map.parsed("on_delete", ConstraintFile::action),
            map.parsed("on_update", ConstraintFile::action),
            false,
            ConstraintFile.deferral(map).orElse(Deferral.NOT_DEFERRABLE));
    map.end();
    return key;
  }

  private static ConstraintDraft draft(NewColumnDraft column, String kind, ConstraintBody body) {
    return new ConstraintDraft(
        column.table(), ObjectName.of(column.table(), column.name(), kind), body);
  }
}
