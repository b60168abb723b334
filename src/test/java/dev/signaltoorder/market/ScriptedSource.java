package dev.signaltoorder.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.kraken.Answer;
import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** A market source that knows three pairs and answers well, unless told otherwise. */
final class ScriptedSource implements MarketSource {

  private static final Map<String, String> KEYS =
      Map.of("XBTUSD", "XXBTZUSD", "XDGEUR", "XDGEUR", "SOLUSD", "SOLUSD");

  private final Clock clock;

  /** Every call as "endpoint argument", in order. */
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  volatile Supplier<Answer<JsonNode>> pairs =
      () ->
          success(
              MarketBodies.pairs(
                  MarketBodies.BTC_USD, MarketBodies.DOGE_EUR, MarketBodies.SOL_USD));
  volatile Function<List<String>, Answer<JsonNode>> ticker = this::goodTicker;
  final Map<String, Supplier<Answer<JsonNode>>> depth = new ConcurrentHashMap<>();
  volatile Supplier<Answer<JsonNode>> status = () -> success(MarketBodies.online());
  volatile Runnable beforeEachCall = () -> {};

  ScriptedSource(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Answer<JsonNode> assetPairs() {
    return called("AssetPairs", "", pairs);
  }

  @Override
  public Answer<JsonNode> ticker(List<String> altnames) {
    return called("Ticker", String.join(",", altnames), () -> ticker.apply(altnames));
  }

  @Override
  public Answer<JsonNode> depth(String altname, int count) {
    Supplier<Answer<JsonNode>> good =
        () -> success(MarketBodies.depth(KEYS.getOrDefault(altname, altname)));
    return called("Depth", altname, depth.getOrDefault(altname, good));
  }

  @Override
  public Answer<JsonNode> systemStatus() {
    return called("SystemStatus", "", status);
  }

  List<String> callsTo(String endpoint) {
    synchronized (calls) {
      return calls.stream().filter(call -> call.startsWith(endpoint + " ")).toList();
    }
  }

  Answer<JsonNode> goodTicker(List<String> altnames) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (String altname : altnames) {
      String key = KEYS.getOrDefault(altname, altname);
      result.set(key, MarketBodies.ticker(key).path(key));
    }
    return success(result);
  }

  Answer<JsonNode> success(JsonNode result) {
    return success(result, "kraken");
  }

  Answer<JsonNode> success(JsonNode result, String origin) {
    return new Answer.Success<>(record(result.toString(), origin), result, List.of());
  }

  Answer<JsonNode> refusal(String error) {
    return new Answer.Failure<>(record("{\"error\":[\"" + error + "\"]}", "kraken"), error, true);
  }

  private Answer<JsonNode> called(
      String endpoint, String argument, Supplier<Answer<JsonNode>> answer) {
    calls.add(endpoint + " " + argument);
    beforeEachCall.run();
    return answer.get();
  }

  private CallRecord record(String body, String origin) {
    Instant now = clock.instant();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new CallRecord(
        UUID.randomUUID(),
        "/0/public/Any",
        "",
        null,
        null,
        now,
        now,
        origin,
        new CallOutcome.Reply(200, bytes, true));
  }
}
