package dev.gatefold.executor.traffic;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that work in rounds, each on a thread and a connection of its own, until they are
 * stopped. The first error ends its client, and fails whoever asks how it went.
 */
public final class Crew implements AutoCloseable {

  private final List<Member> members = new ArrayList<>();
  private final List<Future<Long>> running = new ArrayList<>();
  private final ExecutorService threads;

  private Crew(int size) {
    this.threads = Executors.newFixedThreadPool(size);
  }

  /** What a client does again and again, in autocommit mode; whatever it throws ends it. */
  @FunctionalInterface
  public interface Client {
    void round(Statement statement, long number) throws SQLException;
  }

  public static Crew start(TestDatabase database, List<? extends Client> clients) {
    Crew crew = new Crew(clients.size());
    for (Client client : clients) {
      Member member = new Member(database.url(), client);
      crew.members.add(member);
      crew.running.add(crew.threads.submit(member::work));
    }
    return crew;
  }

  /** Comes back once every client has gone two rounds, so one of them whole, from now on. */
  public void workOn() {
    List<Long> goals = members.stream().map(member -> member.rounds.get() + 2).toList();
    for (int i = 0; i < members.size(); i++) {
      while (members.get(i).rounds.get() < goals.get(i) && !running.get(i).isDone()) {
        Thread.onSpinWait();
      }
    }
  }

  /** Stops; answers how many rounds were gone in all. */
  public long finished() throws Exception {
    close();
    long rounds = 0;
    for (Future<Long> member : running) {
      rounds += member.get();
    }
    return rounds;
  }

  @Override
  public void close() {
    members.forEach(member -> member.stopped = true);
    threads.shutdown();
  }

  private static final class Member {

    private final String url;
    private final Client client;
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean stopped;

    Member(String url, Client client) {
      this.url = url;
      this.client = client;
    }

    long work() throws SQLException {
      // Statements go as text, each planned anew: the plan names what prepared ones would meet.
      try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
          Statement statement = connection.createStatement()) {
        while (!stopped) {
          client.round(statement, rounds.get());
          rounds.incrementAndGet();
        }
      }
      return rounds.get();
    }
  }
}
