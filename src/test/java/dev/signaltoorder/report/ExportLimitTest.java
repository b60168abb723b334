package dev.signaltoorder.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An export holds a connection of the pool for as long as its reader takes. */
@QuarkusTest
@TestProfile(ReportTestProfile.class)
class ExportLimitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DataSource dataSource;

  @TestHTTPResource("/audit/export?account=large")
  URI large = URI.create("http://localhost");

  @Test
  void aThirdExportAtOnceIsTurnedAwayUntilAReaderIsGone() throws Exception {
    moreThanTheNetworkHoldsBack();
    try (Socket first = readerWhoDoesNotRead()) {
      try (Socket second = readerWhoDoesNotRead()) {
        await().atMost(PATIENCE).until(() -> exportOfNothing() == 503);
        assertThat(List.of(first, second)).noneMatch(Socket::isClosed);
      }
      await().atMost(PATIENCE).until(() -> exportOfNothing() == 200);
    }
  }

  private static int exportOfNothing() {
    return given()
        .auth()
        .preemptive()
        .basic("rita", "secret")
        .get("/audit/export?account=nobody")
        .statusCode();
  }

  /** Asks, and takes no more than the operating system takes for it. */
  private Socket readerWhoDoesNotRead() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(large.getHost(), large.getPort()));
    String who =
        Base64.getEncoder().encodeToString("rita:secret".getBytes(StandardCharsets.US_ASCII));
    String request =
        "GET %s?%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\n\r\n"
            .formatted(large.getPath(), large.getQuery(), who);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void moreThanTheNetworkHoldsBack() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into lease (account, journal_size) values ('large', 4) on conflict do nothing");
      statement.execute(
          "insert into journal (account, seq, recorded_at, kind, body, canonical, raw, leaf_hash)"
              + " select 'large', n, now(), 'test', '{}', '{}',"
              + " decode(repeat('0123456789abcdef', 1000000), 'hex'), sha256('x')"
              + " from generate_series(0, 3) n on conflict do nothing");
    }
  }
}
