package dev.gatefold.executor.property;

import dev.gatefold.executor.property.Kind.Retype;
import dev.gatefold.executor.property.RandomTable.Column;
import dev.gatefold.planner.name.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A change of one or two columns of a random table.
 *
 * @param file the change file
 * @param direct what does the same on the twin
 */
record RandomChange(String file, List<String> direct) {

  private static final List<String> NAMES =
      List.of("other", "New Name", "\u65b0\u3057\u3044", "a'b");

  static RandomChange of(RandomTable table, SplittableRandom random) {
    List<Column> left = new ArrayList<>(table.columns());
    List<String> names = new ArrayList<>(NAMES);
    StringBuilder file = new StringBuilder("change: x\noperations:\n");
    List<String> direct = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Column column = left.remove(random.nextInt(left.size()));
      List<Retype> retypes = column.kind().retypes();
      String to = new Identifier(names.remove(random.nextInt(names.size()))).quoted();
      if (retypes.isEmpty() || random.nextInt(3) == 0) {
        file.append(rename(table, column, to));
        direct.add("RENAME %s TO %s".formatted(column.quoted(), to));
      } else {
        Retype retype = retypes.get(random.nextInt(retypes.size()));
        file.append(retype(table, column, retype));
        direct.add(
            "ALTER %s TYPE %s".formatted(column.quoted(), retype.type()) + using(column, retype));
      }
    }
    return new RandomChange(
        file.toString(),
        direct.stream().map(sql -> "ALTER TABLE twin.%s %s".formatted(table.name(), sql)).toList());
  }

  private static String rename(RandomTable table, Column column, String to) {
    return "  - rename_column: {table: %s, column: %s, to: %s}\n"
        .formatted(yaml(table.name()), yaml(column.quoted()), yaml(to));
  }

  private static String retype(RandomTable table, Column column, Retype retype) {
    String mapping =
        retype.mapped()
            ? ", up: %s, down: %s"
                .formatted(
                    yaml(retype.up().replace("@", column.quoted())),
                    yaml(retype.down().replace("@", column.quoted())))
            : "";
    return "  - alter_column: {table: %s, column: %s, type: %s%s, same_meaning: true}\n"
        .formatted(yaml(table.name()), yaml(column.quoted()), yaml(retype.type()), mapping);
  }

  private static String using(Column column, Retype retype) {
    return retype.mapped() ? " USING " + retype.up().replace("@", column.quoted()) : "";
  }

  private static String yaml(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
