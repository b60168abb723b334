package dev.signaltoorder.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.kraken.CallOutcome.Cause;
import dev.signaltoorder.kraken.GuardedReads.PassingTroubleException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * Kraken's public calls: no key, no effect, repeated on passing trouble. Blocking, for several
 * threads at once, not for an event loop. Numbers in the JSON are exact.
 */
@ApplicationScoped
public class KrakenPublicClient {

  private static final int MAX_DEPTH = 500;

  private final Transport transport;
  private final GuardedReads guard;
  private final Clock clock;
  private final CallIds ids;

  @Inject
  KrakenPublicClient(RestUrl restUrl, KrakenConfig config, GuardedReads guard, Clock clock) {
    this(transport(restUrl, config), guard, clock);
  }

  KrakenPublicClient(Transport transport, GuardedReads guard, Clock clock) {
    this.transport = transport;
    this.guard = guard;
    this.clock = clock;
    this.ids = new CallIds(clock);
  }

  private static Transport transport(RestUrl restUrl, KrakenConfig config) {
    KrakenSettings settings = KrakenSettings.of(config);
    return new RestTransport(restUrl, settings.connectTimeout(), settings.readTimeout());
  }

  /** Kraken's clock, in whole seconds. */
  public Answer<Instant> time() {
    return read("Time", FormBody.EMPTY, MoreResults::time);
  }

  /** All currencies by asset id; tokenised assets are not in it. */
  public Answer<Map<String, AssetInfo>> assets() {
    return read("Assets", FormBody.EMPTY, MoreResults::assets);
  }

  /** Whether Kraken takes orders. */
  public Answer<SystemStatus> systemStatus() {
    return read("SystemStatus", FormBody.EMPTY, Results::systemStatus);
  }

  /** All currency pairs by pair id, with legacy names; tokenised assets are not in it. */
  public Answer<JsonNode> assetPairs() {
    return read("AssetPairs", FormBody.EMPTY, Results::object);
  }

  /**
   * Tickers by pair id (which may differ from the name asked for). About a second old at worst:
   * Kraken's front caches them.
   *
   * @param altnames not empty
   */
  public Answer<JsonNode> ticker(List<String> altnames) {
    if (altnames.isEmpty()) {
      throw new IllegalArgumentException("no pair");
    }
    return read("Ticker", FormBody.EMPTY.with("pair", String.join(",", altnames)), Results::object);
  }

  /**
   * The order book of one pair.
   *
   * @param count rows on each side, 1 to 500
   */
  public Answer<JsonNode> depth(String altname, int count) {
    if (count < 1 || count > MAX_DEPTH) {
      throw new IllegalArgumentException("count is not within 1 to " + MAX_DEPTH);
    }
    FormBody query = FormBody.EMPTY.with("pair", altname).with("count", Integer.toString(count));
    return read("Depth", query, Results::object);
  }

  private <T> Answer<T> read(String endpoint, FormBody query, Answers.Reader<T> reader) {
    Instant askedAt = now();
    try {
      return guard.read(() -> attempt(endpoint, query, reader));
    } catch (PassingTroubleException e) {
      return new Answer.Failure<>(e.call(), e.error(), e.fromKraken());
    } catch (FaultToleranceException e) {
      // The breaker is open, or a time-out interrupted the attempt before it had a record.
      String kind = e.getClass().getSimpleName();
      CallOutcome outcome =
          e instanceof org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException
              ? new CallOutcome.NoReply(Cause.TIMEOUT, kind)
              : new CallOutcome.NotSent(Cause.OTHER, kind);
      return new Answer.Failure<>(record(endpoint, query, askedAt, "kraken", outcome), kind, false);
    }
  }

  private <T> Answer<T> attempt(String endpoint, FormBody query, Answers.Reader<T> reader) {
    Instant startedAt = now();
    Transport.Exchange exchange = transport.get(endpoint, query);
    String origin = exchange.origin() == null ? "kraken" : exchange.origin();
    return Answers.of(record(endpoint, query, startedAt, origin, exchange.outcome()), reader);
  }

  private CallRecord record(
      String endpoint, FormBody query, Instant startedAt, String origin, CallOutcome outcome) {
    return new CallRecord(
        ids.next(),
        "/0/public/" + endpoint,
        query.encoded(),
        null,
        null,
        startedAt,
        now(),
        origin,
        outcome);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @PreDestroy
  void close() {
    transport.close();
  }
}
