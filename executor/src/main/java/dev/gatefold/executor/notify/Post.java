package dev.gatefold.executor.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends letters by HTTP. Not thread-safe. */
final class Post {

  private final InstantSource clock;
  private @Nullable HttpClient client;

  Post(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Why the endpoint does not have it; empty where it said that it does.
   *
   * @param patience how long the endpoint may take to answer
   */
  Optional<String> send(Endpoint endpoint, Letter letter, Duration patience)
      throws InterruptedException {
    try {
      HttpResponse<InputStream> answer =
          client()
              .send(request(endpoint, letter, patience), HttpResponse.BodyHandlers.ofInputStream());
      // Unread: nobody knows how long it is.
      answer.body().close();
      int status = answer.statusCode();
      return status / 100 == 2 ? Optional.empty() : Optional.of("it answers " + status);
    } catch (HttpTimeoutException e) {
      return Optional.of("no answer within " + patience.toSeconds() + " s");
    } catch (ConnectException e) {
      return Optional.of("cannot connect");
    } catch (IOException e) {
      // By its kind alone: the words of some quote the address.
      return Optional.of("the connection failed: " + e.getClass().getSimpleName());
    }
  }

  /** Made when something is to be sent, for it costs more time than a short command has. */
  private HttpClient client() {
    if (client == null) {
      // A redirect would take body and signature to somebody whom nobody named.
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return client;
  }

  private HttpRequest request(Endpoint endpoint, Letter letter, Duration patience) {
    long now = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(endpoint.url())
        .timeout(patience)
        .header("Content-Type", "application/json")
        .header("User-Agent", "gatefold")
        .header("Gatefold-Id", String.valueOf(letter.id()))
        .header("Gatefold-Timestamp", String.valueOf(now))
        .header("Gatefold-Signature", Signature.of(endpoint.secret(), now, letter.body()))
        .POST(HttpRequest.BodyPublishers.ofString(letter.body()))
        .build();
  }
}
