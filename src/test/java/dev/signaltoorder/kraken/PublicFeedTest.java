package dev.signaltoorder.kraken;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PublicFeedTest {

  private static final String PAIR = "BTC/USD";

  private final PublicFeed feed = new PublicFeed(10, "/v2", UUID::randomUUID);
  private Instant at = Instant.parse("2026-11-25T12:00:00Z");
  private long nanos = 1_000_000;
  private final ToyVenue venue = new ToyVenue(new Random(1), at);

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

  private void whole() {
    feed.want(Set.of(PAIR));
    feed.opened(now());
    hears(ToyVenue.status("online"));
    hears(ToyVenue.instruments());
    hears(venue.ticker(at));
    hears(venue.snapshot(at));
  }

  private static String sent(List<FeedAction> actions) {
    StringBuilder text = new StringBuilder();
    for (FeedAction action : actions) {
      text.append(action).append('\n');
    }
    return text.toString();
  }

  @Test
  void asksForInstrumentsFirstAndThenForWhatIsWanted() {
    feed.want(Set.of(PAIR));

    assertThat(sent(feed.opened(now()))).contains("\"instrument\"");
    assertThat(sent(hears(ToyVenue.instruments())))
        .contains("\"channel\":\"ticker\"", "\"event_trigger\":\"bbo\"")
        .contains("\"channel\":\"book\"", "\"depth\":10", "\"BTC/USD\"");
  }

  @Test
  void aVerifiedBookIsAQuoteWithItsEvidence() {
    whole();

    FeedQuote quote = feed.quote(PAIR, now()).orElseThrow();

    assertThat(quote.bid()).isEqualByComparingTo("49999.9");
    assertThat(quote.ask()).isEqualByComparingTo("50000.1");
    assertThat(quote.tickerAgrees()).isTrue();
    assertThat(quote.bookAt()).isEqualTo(at);
    assertThat(quote.evidence())
        .extracting(CallRecord::endpoint)
        .containsExactly("/v2/ticker", "/v2/book");
  }

  @Test
  void aQuoteIsAsOldAsTheBooksLastMessageHoweverAliveTheConnectionIs() {
    whole();
    Instant then = at;

    for (int second = 0; second < 20; second++) {
      pass(Duration.ofSeconds(1));
      hears("{\"channel\":\"heartbeat\"}");
      assertThat(feed.tick(now())).isEmpty();
    }

    assertThat(feed.quote(PAIR, now()).orElseThrow().bookAt()).isEqualTo(then);
  }

  @Test
  void aRepeatedMessageDoesNotMakeThePriceYounger() {
    whole();
    String change = venue.change(at);
    Instant made = at;
    hears(change);
    pass(Duration.ofSeconds(2));

    hears(change);

    feed.quote(PAIR, now()).ifPresent(quote -> assertThat(quote.bookAt()).isEqualTo(made));
  }

  @Test
  void aSilentConnectionHasNoQuoteAndIsGivenUp() {
    whole();

    pass(PublicFeed.SILENCE.plusMillis(1));

    assertThat(feed.quote(PAIR, now())).isEmpty();
    assertThat(feed.systemStatus(now())).isEmpty();
    assertThat(feed.instrument(PAIR, now())).isEmpty();
    assertThat(feed.tick(now())).hasOnlyElementsOfType(FeedAction.Reconnect.class);
  }

  @Test
  void aQuietConnectionIsAskedWhetherItLives() {
    whole();

    pass(Duration.ofSeconds(3));
    assertThat(sent(feed.tick(now()))).contains("ping");
    assertThat(feed.tick(now())).isEmpty();

    hears("{\"method\":\"pong\",\"req_id\":1}");
    pass(Duration.ofSeconds(3));
    assertThat(sent(feed.tick(now()))).contains("ping");
  }

  @Test
  void aWrongChecksumTakesTheQuoteAwayUntilANewSnapshot() {
    whole();
    long before = feed.quote(PAIR, now()).orElseThrow().gaps();
    venue.change(at);

    List<FeedAction> actions = hears(venue.change(at));

    assertThat(sent(actions)).contains("unsubscribe", "\"subscribe\"");
    assertThat(feed.quote(PAIR, now())).isEmpty();
    assertThat(feed.status(now()).checksumFailures()).isEqualTo(1);
    hears(venue.change(at));
    assertThat(feed.quote(PAIR, now())).as("updates without a snapshot").isEmpty();
    hears(venue.snapshot(at));
    assertThat(feed.quote(PAIR, now()).orElseThrow().gaps()).isEqualTo(before + 1);
  }

  @Test
  void booksThatAreLostAgainAndAgainEndTheConnection() {
    whole();

    List<FeedAction> last = List.of();
    for (int i = 0; i < 6; i++) {
      last = hears(venue.snapshot(at).replace("\"snapshot\"", "\"update\"").replace("qty", "q"));
      hears(venue.snapshot(at));
    }

    assertThat(last).hasOnlyElementsOfType(FeedAction.Reconnect.class);
  }

  @Test
  void aSnapshotThatDoesNotComeEndsTheConnection() {
    feed.want(Set.of(PAIR));
    feed.opened(now());
    hears(ToyVenue.instruments());

    for (int second = 0; second < 6; second++) {
      pass(Duration.ofSeconds(1));
      hears("{\"channel\":\"heartbeat\"}");
    }

    assertThat(feed.tick(now())).hasOnlyElementsOfType(FeedAction.Reconnect.class);
  }

  @Test
  void whatCannotBeReadEndsTheConnection() {
    whole();

    assertThat(hears("{\"channel\":\"book\",")).hasOnlyElementsOfType(FeedAction.Reconnect.class);
    assertThat(feed.status(now()).unreadable()).isEqualTo(1);
  }

  @Test
  void aNewConnectionKnowsNothingOfTheOldOne() {
    whole();
    long before = feed.quote(PAIR, now()).orElseThrow().gaps();

    feed.closed("test", now());
    assertThat(feed.quote(PAIR, now())).isEmpty();
    whole();

    assertThat(feed.quote(PAIR, now()).orElseThrow().gaps()).isGreaterThan(before);
  }

  @Test
  void aMessageFromTheFutureIsAsOldAsItsArrival() {
    feed.want(Set.of(PAIR));
    feed.opened(now());
    hears(ToyVenue.instruments());
    hears(venue.ticker(at));

    hears(venue.snapshot(at.plusSeconds(30)));

    assertThat(feed.quote(PAIR, now()).orElseThrow().bookAt()).isEqualTo(at);
  }

  @Test
  void aBookWithoutADateIsNotHandedOut() {
    feed.want(Set.of(PAIR));
    feed.opened(now());
    hears(ToyVenue.instruments());
    hears(venue.ticker(at));

    hears(venue.snapshot(at).replaceFirst(",\"timestamp\":\"[^\"]*\"", ""));
    assertThat(feed.quote(PAIR, now())).isEmpty();

    hears(venue.change(at));
    assertThat(feed.quote(PAIR, now())).isPresent();
  }

  @Test
  void statusAndInstrumentsAreKnownWhileTheConnectionLives() {
    whole();
    hears(ToyVenue.status("cancel_only"));
    hears(
        ToyVenue.instruments()
            .replace("\"online\"", "\"post_only\"")
            .replace("snapshot", "update"));

    assertThat(feed.systemStatus(now())).contains("cancel_only");
    assertThat(feed.instrument(PAIR, now()).orElseThrow().status()).isEqualTo("post_only");
  }

  @Test
  void aPairThatKrakenRefusesIsNotAskedForAgain() {
    feed.want(Set.of(PAIR));
    feed.opened(now());
    hears(ToyVenue.instruments());

    hears(
        "{\"method\":\"subscribe\",\"error\":\"Currency pair not supported BTC/USD\","
            + "\"success\":false,\"symbol\":\"BTC/USD\"}");

    assertThat(feed.tick(now())).isEmpty();
    assertThat(feed.status(now()).parts().get(PAIR)).startsWith("refused: Currency pair");
  }

  @Test
  void whatIsNotWantedAnyMoreIsLeft() {
    whole();

    feed.want(Set.of());

    assertThat(sent(feed.tick(now()))).contains("unsubscribe", "BTC/USD");
    assertThat(feed.quote(PAIR, now())).isEmpty();
  }
}
