package dev.gatefold.executor.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.pace.SystemTicker;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.notify.Receiver.Received;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.store.Notice.Event;
import dev.gatefold.executor.store.NotificationStore;
import dev.gatefold.executor.store.NotificationStore.Untold;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each letter arrives, whatever the receiver does at first; and says from whom it is. */
class CourierTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);

  private Journey journey;
  private Receiver receiver;
  private Connection connection;
  private Instant now = Instant.now();

  @BeforeEach
  void start() throws Exception {
    journey = Journey.on("CREATE TABLE t (id int PRIMARY KEY, name text)");
    journey.submitted(
        "{change: x, operations: [{rename_column: {table: t, column: name, to: l}}]}");
    receiver = Receiver.open();
    connection = journey.database().connect();
  }

  @AfterEach
  void end() throws Exception {
    connection.close();
    receiver.close();
    journey.close();
  }

  private void happens(String message) throws Exception {
    new NotificationStore(Optional.empty()).add(connection, 1, Notice.done(message));
  }

  private void round(Endpoint... endpoints) throws Exception {
    round(connection, AMPLE, endpoints);
  }

  private void round(Connection own, Duration atMost, Endpoint... endpoints) throws Exception {
    new Courier(own, () -> now, new SystemTicker()).round(List.of(endpoints), atMost);
  }

  private Endpoint everything() {
    return receiver.endpoint(Event.values());
  }

  private List<Untold> untold() throws Exception {
    return new NotificationStore(Optional.empty()).untold(connection);
  }

  @Test
  void aLetterIsSignedAndTellsWhatHappened() throws Exception {
    happens("x is \"expanded\". Grüße");
    round(everything());
    assertThat(receiver.received()).hasSize(1);
    Received letter = receiver.received().get(0);
    assertThat(letter.body())
        .startsWith(
            "{\"id\" : 1, \"event\" : \"done\", \"change\" : \"x\", \"stage\" : null,"
                + " \"state\" : \"planned\", \"message\" : \"x is \\\"expanded\\\". Grüße\","
                + " \"evidence\" : null, \"actor\" : \"");
    assertThat(letter.header("content-type")).isEqualTo("application/json");
    assertThat(letter.header("gatefold-id")).isEqualTo("1");
    String time = letter.header("gatefold-timestamp");
    assertThat(time).isEqualTo(String.valueOf(now.getEpochSecond()));
    assertThat(letter.header("gatefold-signature"))
        .isEqualTo(Signature.of(Receiver.SECRET, now.getEpochSecond(), letter.body()))
        .isNotEqualTo(Signature.of(Receiver.SECRET, now.getEpochSecond() + 1, letter.body()))
        .isNotEqualTo(Signature.of("another", now.getEpochSecond(), letter.body()));
  }

  /** RFC 4231 gives no text with a dot; computed by openssl dgst -sha256 -hmac key. */
  @Test
  void theSignatureIsTheOneThatOthersCompute() {
    assertThat(Signature.of("key", 1_700_000_000, "{\"a\": 1}"))
        .isEqualTo("sha256=17e36a190ee125a4782d21867ffdf5712238dc71b452ba98254537bfdb4f3a77");
  }

  @Test
  void eachIsToldOnceOfWhatItAskedFor() throws Exception {
    try (Receiver other = Receiver.open()) {
      happens("one");
      new NotificationStore(Optional.empty()).add(connection, 1, Notice.failed("two"));
      for (int i = 0; i < 3; i++) {
        round(everything(), other.endpoint(Event.FAILED));
      }
      assertThat(receiver.received()).hasSize(2);
      assertThat(other.received()).singleElement().matches(it -> it.body().contains("two"));
      assertThat(untold()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, it answers 500",
    "302, it answers 302",
    "404, it answers 404",
    "-1, the connection failed: IOException"
  })
  void whoDoesNotTakeItGetsItAgainLater(int answer, String problem) throws Exception {
    receiver.answering(answer);
    happens("one");
    round(everything());
    round(everything());
    assertThat(receiver.received()).as("not at once").hasSize(1);
    assertThat(untold())
        .singleElement()
        .matches(it -> it.problem().equals(problem) && it.count() == 1 && it.givenUp() == 0);

    now = now.plusSeconds(11);
    round(everything());
    assertThat(receiver.received())
        .hasSize(2)
        .extracting(Received::body)
        .containsOnly(receiver.received().get(0).body());
    assertThat(untold()).isEmpty();
  }

  @Test
  void whoNeverAnswersHoldsNobodyUp() throws Exception {
    receiver.answering(Receiver.HANGS);
    happens("one");
    round(connection, Duration.ofSeconds(1), everything());
    assertThat(untold()).singleElement().matches(it -> it.problem().equals("no answer within 1 s"));
  }

  @Test
  void whoIsNotThereIsTriedAgain() throws Exception {
    Endpoint endpoint = everything();
    receiver.close();
    happens("one");
    round(endpoint);
    assertThat(untold()).singleElement().matches(it -> it.problem().equals("cannot connect"));
  }

  @Test
  void oneThatDoesNotTakeALetterIsLeftAloneWithTheOthersToo() throws Exception {
    receiver.answering(500);
    happens("one");
    happens("two");
    round(everything());
    round(everything());
    assertThat(receiver.received()).hasSize(1);
    now = now.plusSeconds(11);
    round(everything());
    assertThat(receiver.received()).hasSize(3);
  }

  @Test
  void pausesGrowAndAfterADayItIsGivenUp() throws Exception {
    Integer[] always = new Integer[1000];
    Arrays.fill(always, 503);
    receiver.answering(always);
    happens("one");
    Instant began = now;
    List<Duration> attempts = new ArrayList<>();
    for (; now.isBefore(began.plus(Duration.ofDays(2))); now = now.plusSeconds(10)) {
      int before = receiver.received().size();
      round(everything());
      if (receiver.received().size() > before) {
        attempts.add(Duration.between(began, now));
      }
    }
    assertThat(attempts.subList(0, 5))
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 10L, 30L, 70L, 150L);
    assertThat(attempts.get(attempts.size() - 1))
        .isBetween(Duration.ofHours(22), Duration.ofDays(1));
    journey.sql("UPDATE gatefold.notification SET at = at - interval '25 hours'");
    assertThat(untold()).singleElement().matches(it -> it.givenUp() == 1);

    now = began.plus(Duration.ofDays(8));
    round(everything());
    assertThat(journey.rows("SELECT count(*) FROM gatefold.delivery")).containsExactly("0");
  }

  /** As if it was killed after it had sent and before it could write that down. */
  @Test
  void whatAKilledOneTookIsSentByTheNext() throws Exception {
    happens("one");
    Outbox killed = new Outbox(connection);
    killed.address(everything(), now);
    assertThat(killed.take(everything(), now)).isPresent();
    round(everything());
    assertThat(receiver.received()).isEmpty();
    now = now.plusSeconds(10);
    round(everything());
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void severalAtOnceSendEachLetterOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      happens("news " + i);
    }
    int couriers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(couriers);
    CyclicBarrier start = new CyclicBarrier(couriers);
    Callable<Void> courier =
        () -> {
          try (Connection own = journey.database().connect()) {
            start.await();
            round(own, AMPLE, everything());
          }
          return null;
        };
    try {
      for (Future<Void> running : threads.invokeAll(Collections.nCopies(couriers, courier))) {
        running.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(receiver.received()).hasSize(40).extracting(Received::body).doesNotHaveDuplicates();
  }

  @Test
  void noSecretIsInTheDatabaseNorInWords() throws Exception {
    receiver.answering(500);
    happens("one");
    Endpoint endpoint = everything();
    round(endpoint);
    String all =
        endpoint
            + journey.rows("SELECT d FROM gatefold.delivery d").toString()
            + journey.rows("SELECT n FROM gatefold.notification n")
            + untold();
    assertThat(all).contains("127.0.0.1:").doesNotContain(Receiver.SECRET, "/hook", "T0P");
    assertThat(Endpoint.of("${A}", URI.create("https://h/s3cret"), "a", Set.of()).name())
        .isEqualTo(Endpoint.of("${A}", URI.create("https://h/rotated"), "b", Set.of()).name());
  }
}
