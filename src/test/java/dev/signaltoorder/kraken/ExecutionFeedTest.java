package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExecutionFeedTest {

  private final List<ExecutionNews> news = new ArrayList<>();
  private final List<Boolean> changes = new ArrayList<>();
  private final ExecutionFeed feed =
      new ExecutionFeed(
          "main",
          "/v2",
          UUID::randomUUID,
          new ExecutionListener() {
            @Override
            public void news(ExecutionNews message) {
              news.add(message);
            }

            @Override
            public void changed(boolean whole, String why) {
              changes.add(whole);
            }
          });
  private Instant at = Instant.parse("2026-11-25T12:00:00Z");
  private long nanos;

  private FeedTime now() {
    return new FeedTime(at, nanos);
  }

  private void pass(Duration time) {
    at = at.plus(time);
    nanos += time.toNanos();
  }

  private List<FeedAction> hears(String message) {
    return feed.received(message.getBytes(StandardCharsets.UTF_8), now());
  }

  private static String message(String type, int sequence, String rows) {
    return "{\"channel\":\"executions\",\"type\":\""
        + type
        + "\",\"sequence\":"
        + sequence
        + ",\"data\":["
        + rows
        + "]}";
  }

  /** As Kraken's reference shows a trade. */
  private static String trade() {
    return """
        {"order_id":"OK4GJX-KSTLS-7DZZO5","order_userref":0,"cl_ord_id":"7d4a","exec_id":"TE4GJX-1",
         "exec_type":"trade","trade_id":365573,"symbol":"BTC/USD","side":"buy",
         "last_qty":0.00500000,"last_price":26599.9,"liquidity_ind":"t","cost":132.99950,
         "cum_qty":0.005,"order_status":"partially_filled","order_type":"limit",
         "timestamp":"2023-09-22T10:33:05.709982Z","fee_usd_equiv":0.34580,"ratecount":2,
         "fees":[{"asset":"USD","qty":0.34580}]}""";
  }

  private void whole() {
    feed.opened(now());
    feed.token("secret-token", now());
    hears(message("snapshot", 1, ""));
  }

  @Test
  void subscribesWithATokenForOrdersFillsAndTheRateCounter() {
    assertThat(feed.opened(now())).containsExactly(new FeedAction.WantToken());

    assertThat(feed.token("secret-token", now()).toString())
        .contains("\"executions\"", "secret-token", "\"snap_orders\":true", "\"snap_trades\":true")
        .contains("\"ratecounter\":true");
  }

  @Test
  void isWholeFromTheSnapshotOn() {
    whole();

    assertThat(changes).containsExactly(true);
    assertThat(news).hasSize(1);
    assertThat(feed.status(now()).parts()).containsEntry("executions", "good");
  }

  @Test
  void readsATradeExactly() {
    whole();
    hears(message("update", 2, trade()));

    ExecutionReport report = news.getLast().reports().getFirst();
    assertThat(report.txid()).isEqualTo("OK4GJX-KSTLS-7DZZO5");
    assertThat(report.clientOrderId()).isEqualTo("7d4a");
    ExecutionReport.Fill fill = Objects.requireNonNull(report.fill());
    assertThat(fill.id()).isEqualTo("TE4GJX-1");
    assertThat(fill.cost()).isEqualByComparingTo("132.9995");
    assertThat(fill.fees().getFirst().quantity()).isEqualByComparingTo("0.3458");
    assertThat(report.executed()).isEqualByComparingTo("0.005");
    assertThat(report.isOver()).isFalse();
    assertThat(feed.status(now()).parts()).containsEntry("rate counter", "2");
  }

  @Test
  void aJumpIsAGapAndASnapshotEndsIt() {
    whole();
    hears(message("update", 2, trade()));

    String actions = hears(message("update", 4, trade())).toString();

    assertThat(actions).contains("unsubscribe", "\"subscribe\"");
    assertThat(changes).containsExactly(true, false);
    hears(message("snapshot", 1, ""));
    assertThat(changes).containsExactly(true, false, true);
    assertThat(hears(message("update", 2, trade()))).isEmpty();
  }

  @Test
  void repeatedAndLateMessagesAreHandedOnAndAreNoGap() {
    whole();
    hears(message("update", 2, trade()));

    assertThat(hears(message("update", 2, trade()))).isEmpty();
    assertThat(hears(message("update", 1, trade()))).isEmpty();

    assertThat(news).hasSize(4);
    assertThat(changes).containsExactly(true);
  }

  @Test
  void aMessageThatCannotBeReadEndsTheConnection() {
    whole();

    assertThat(hears(message("update", 2, trade().replace("0.00500000", "\"x\""))))
        .hasOnlyElementsOfType(FeedAction.Reconnect.class);
    assertThat(changes).containsExactly(true, false);
    assertThat(news).hasSize(1);
  }

  @Test
  void silenceEndsTheConnection() {
    whole();
    pass(ExecutionFeed.SILENCE.plusMillis(1));

    assertThat(feed.tick(now())).hasOnlyElementsOfType(FeedAction.Reconnect.class);
    assertThat(changes).containsExactly(true, false);
  }

  @Test
  void aStaleTokenIsRenewedOnce() {
    feed.opened(now());
    feed.token("secret-token", now());
    String refusal =
        "{\"method\":\"subscribe\",\"success\":false,\"error\":\"EAPI:Invalid token\"}";

    assertThat(hears(refusal)).containsExactly(new FeedAction.WantToken());
    assertThat(hears(refusal)).hasOnlyElementsOfType(FeedAction.Reconnect.class);
  }

  @Test
  void aKeyThatMayNotListenSwitchesTheFeedOff() {
    feed.opened(now());
    feed.token("secret-token", now());

    assertThat(
            hears(
                "{\"method\":\"subscribe\",\"success\":false,"
                    + "\"error\":\"EGeneral:Permission denied\"}"))
        .hasOnlyElementsOfType(FeedAction.SwitchOff.class);
  }

  @Test
  void aLostConnectionIsTold() {
    whole();

    feed.closed("test", now());

    assertThat(changes).containsExactly(true, false);
    assertThat(feed.status(now()).lastTrouble()).isEqualTo("test");
  }
}
