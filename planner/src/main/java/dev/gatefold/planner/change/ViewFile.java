package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.PolicyDraft;
import dev.gatefold.planner.draft.ViewDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Locale;
import java.util.Optional;

/** Reads operations on what shows rows: views, policies, replica identity. */
final class ViewFile {

  private ViewFile() {}

  static CreateView create(YamlMap map) throws ChangeFileException {
    return new CreateView(
        view(map, false), map.flag("security_invoker").orElse(false), map.text("comment"));
  }

  static ReplaceView replace(YamlMap map) throws ChangeFileException {
    return new ReplaceView(view(map, true));
  }

  private static ViewDraft view(YamlMap map, boolean replaces) throws ChangeFileException {
    return new ViewDraft(
        map.requiredParsed("view", TableName::parse),
        map.requiredParsed("query", text -> ChangeFile.sql(text).replaceFirst("[\\s;]+$", "")),
        replaces);
  }

  static DropView drop(YamlMap map) throws ChangeFileException {
    return new DropView(map.requiredParsed("view", TableName::parse));
  }

  static CreatePolicy createPolicy(YamlMap map) throws ChangeFileException {
    return new CreatePolicy(
        new PolicyDraft(
            map.requiredParsed("table", TableName::parse),
            map.requiredParsed("name", Identifier::parse),
            map.flag("restrictive").orElse(false),
            map.parsed("command", ViewFile::command).orElse("ALL"),
            map.texts("roles", Identifier::parse),
            map.parsed("using", ChangeFile::sql),
            map.parsed("with_check", ChangeFile::sql),
            map.text("comment")));
  }

  private static String command(String text) {
    return ChangeFile.word(text, "all", "select", "insert", "update", "delete")
        .toUpperCase(Locale.ROOT);
  }

  static DropPolicy dropPolicy(YamlMap map) throws ChangeFileException {
    return new DropPolicy(
        map.requiredParsed("table", TableName::parse),
        map.requiredParsed("name", Identifier::parse));
  }

  static RowSecurity rowSecurity(YamlMap map) throws ChangeFileException {
    return new RowSecurity(
        map.requiredParsed("table", TableName::parse),
        map.requiredParsed(
            "to",
            text ->
                RowSecurity.To.valueOf(
                    ChangeFile.word(text, "enable", "disable", "force", "no_force")
                        .toUpperCase(Locale.ROOT))));
  }

  static SetReplicaIdentity replicaIdentity(YamlMap map) throws ChangeFileException {
    TableName table = map.requiredParsed("table", TableName::parse);
    Optional<Identifier> index =
        map.parsed(
                "to",
                text ->
                    text.startsWith("index ")
                        ? Optional.of(Identifier.parse(text.substring("index ".length())))
                        : Optional.<Identifier>empty())
            .flatMap(name -> name);
    String to =
        map.requiredParsed(
            "to",
            text ->
                text.startsWith("index ")
                    ? "INDEX"
                    : ChangeFile.word(text, "default", "full", "nothing", "index NAME")
                        .toUpperCase(Locale.ROOT));
    return new SetReplicaIdentity(table, to, index);
  }
}
