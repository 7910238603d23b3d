package dev.gatefold.planner.name;

import java.nio.charset.StandardCharsets;

/** Names as PostgreSQL gives them to what belongs to a column, where nobody gives another. */
public final class ObjectName {

  private ObjectName() {}

  /** Table, column and kind; of the two names the longer gives way where all is too long. */
  public static Identifier of(TableName table, Identifier column, String kind) {
    byte[] first = bytes(table.name());
    byte[] second = bytes(column);
    int room = Identifier.MAX_BYTES - kind.length() - 2;
    int left = first.length;
    int right = second.length;
    while (left + right > room) {
      if (left > right) {
        left--;
      } else {
        right--;
      }
    }
    return new Identifier(cut(first, left) + "_" + cut(second, right) + "_" + kind);
  }

  private static byte[] bytes(Identifier name) {
    return name.value().getBytes(StandardCharsets.UTF_8);
  }

  /** Never through the middle of a character. */
  private static String cut(byte[] name, int length) {
    int end = length;
    while (end > 0 && end < name.length && (name[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8);
  }
}
