package dev.gatefold.executor.cli;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.executor.engine.KeySink;
import dev.gatefold.executor.report.Csv;
import dev.gatefold.planner.name.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file with a line for each row that differs: the table, then each column of its key. Not
 * thread-safe.
 */
final class KeyFile implements KeySink, AutoCloseable {

  private final FileChannel file;
  private String table = "";
  private long tableStart;

  private KeyFile(FileChannel file) {
    this.file = file;
  }

  /** Makes the file, or empties it. */
  static KeyFile create(Path path) throws IOException {
    return new KeyFile(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING));
  }

  @Override
  public void begin(TableName name) {
    table = name.toString();
    tableStart = position();
  }

  @Override
  public void take(List<Key> keys) {
    String lines =
        keys.stream()
            .map(key -> Csv.line(Stream.concat(Stream.of(table), key.values().stream()).toList()))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    try {
      ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void anew() {
    try {
      file.truncate(tableStart);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long position() {
    try {
      return file.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
