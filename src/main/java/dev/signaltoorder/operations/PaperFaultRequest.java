package dev.signaltoorder.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.paper.Fault;
import dev.signaltoorder.paper.SimulatedExchange;
import dev.signaltoorder.paper.SocketFault;
import dev.signaltoorder.paper.TradingTier;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One change of the simulated exchange, read and found good. */
final class PaperFaultRequest {
  private static final Set<String> FIELDS =
      Set.of(
          "action",
          "endpoint",
          "channel",
          "kind",
          "times",
          "seconds",
          "status",
          "pair",
          "bid",
          "ask",
          "bidVolume",
          "askVolume",
          "tier");
  private static final List<String> ACTIONS =
      List.of(
          "clear",
          "call",
          "message",
          "system-status",
          "pair-status",
          "price",
          "release-price",
          "limits",
          "revoke-tokens");
  private static final List<String> CHANNELS =
      List.of("*", "balances", "book", "executions", "heartbeat", "instrument", "ticker");
  private static final List<String> STATUSES =
      List.of("online", "maintenance", "cancel_only", "post_only", "limit_only");
  private static final List<String> TIERS = List.of("none", "starter", "intermediate", "pro");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");
  private static final int MOST_TIMES = 1_000_000;
  private static final int MOST_SECONDS = 600;

  private final String text;
  private final Consumer<SimulatedExchange> change;

  private PaperFaultRequest(String text, Consumer<SimulatedExchange> change) {
    this.text = text;
    this.change = change;
  }

  /** What it does, for the journal. */
  String text() {
    return text;
  }

  void apply(SimulatedExchange exchange) {
    change.accept(exchange);
  }

  /**
   * Reads a body.
   *
   * @throws dev.signaltoorder.problem.ProblemException 400 naming every wrong field
   */
  static PaperFaultRequest read(byte[] body, SimulatedExchange exchange) {
    OperatorRequest request = OperatorRequest.read(body, FIELDS);
    String action = request.oneOf("action", ACTIONS);
    Consumer<SimulatedExchange> change =
        switch (action) {
          case "call" -> call(request);
          case "message" -> message(request);
          case "system-status" -> {
            String status = request.oneOf("status", STATUSES);
            yield there -> there.setSystemStatus(status);
          }
          case "pair-status" -> {
            String pair = pair(request, exchange);
            String status = request.oneOf("status", STATUSES);
            yield there -> there.setPairStatus(pair, status);
          }
          case "price" -> price(request, exchange);
          case "release-price" -> {
            String pair = pair(request, exchange);
            yield there -> there.releasePrice(pair);
          }
          case "limits" -> {
            String tier = request.oneOf("tier", TIERS);
            yield there ->
                there.enforceLimits(
                    tier.equals("none")
                        ? null
                        : TradingTier.valueOf(tier.toUpperCase(Locale.ROOT)));
          }
          case "revoke-tokens" -> SimulatedExchange::revokeSocketTokens;
          default ->
              there -> {
                there.faults().clear();
                there.socketFaults().clear();
                there.setSystemStatus("online");
              };
        };
    request.check();
    return new PaperFaultRequest(described(request), change);
  }

  private static String described(OperatorRequest request) {
    StringBuilder text = new StringBuilder(request.node("action").asText());
    for (String field : FIELDS.stream().sorted().toList()) {
      JsonNode value = request.node(field);
      if (!field.equals("action") && !value.isMissingNode()) {
        text.append(' ').append(field).append('=').append(value.asText());
      }
    }
    return text.toString();
  }

  private static Consumer<SimulatedExchange> call(OperatorRequest request) {
    String endpoint = request.oneOf("endpoint", List.copyOf(SimulatedExchange.endpoints()));
    String kind = request.oneOf("kind", names(Fault.Kind.values()));
    int times = times(request);
    Fault fault = new Fault(Fault.Kind.valueOf(kind), seconds(request));
    return exchange -> {
      if (times == 0) {
        exchange.faults().always(endpoint, fault);
      } else {
        exchange.faults().next(endpoint, times, fault);
      }
    };
  }

  private static Consumer<SimulatedExchange> message(OperatorRequest request) {
    String channel = request.oneOf("channel", CHANNELS);
    String kind = request.oneOf("kind", names(SocketFault.Kind.values()));
    int times = times(request);
    SocketFault fault = new SocketFault(SocketFault.Kind.valueOf(kind), seconds(request));
    return exchange -> {
      if (times == 0) {
        exchange.socketFaults().always(channel, fault);
      } else {
        exchange.socketFaults().next(channel, times, fault);
      }
    };
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  /** How often; absent means once, 0 until cleared. */
  private static int times(OperatorRequest request) {
    return whole(request, "times", 1, MOST_TIMES);
  }

  private static Duration seconds(OperatorRequest request) {
    return Duration.ofSeconds(whole(request, "seconds", 0, MOST_SECONDS));
  }

  private static int whole(OperatorRequest request, String name, int absent, int most) {
    JsonNode value = request.node(name);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > most) {
      request.wrong("/" + name, "is no usable number", "a whole number from 0 to " + most);
      return absent;
    }
    return value.intValue();
  }

  private static String pair(OperatorRequest request, SimulatedExchange exchange) {
    String pair = request.node("pair").asText();
    if (!exchange.hasPair(pair)) {
      request.wrong("/pair", "is no pair of the simulated exchange", "BTC/USD, ETH/USD, ...");
    }
    return pair;
  }

  private static Consumer<SimulatedExchange> price(
      OperatorRequest request, SimulatedExchange exchange) {
    String pair = pair(request, exchange);
    String bid = amount(request, "bid");
    String ask = amount(request, "ask");
    boolean book = request.node("bidVolume").isTextual() || request.node("askVolume").isTextual();
    String bidVolume = book ? amount(request, "bidVolume") : "0";
    String askVolume = book ? amount(request, "askVolume") : "0";
    BigDecimal low = new BigDecimal(bid);
    if (low.signum() <= 0 || new BigDecimal(ask).compareTo(low) <= 0) {
      request.wrong("/ask", "is not above the bid", "a price above the bid, both above zero");
    }
    return there -> {
      if (book) {
        there.setBook(pair, bid, bidVolume, ask, askVolume);
      } else {
        there.setPrice(pair, bid, ask);
      }
    };
  }

  private static String amount(OperatorRequest request, String name) {
    JsonNode value = request.node(name);
    if (value.isTextual() && AMOUNT.matcher(value.textValue()).matches()) {
      return value.textValue();
    }
    request.wrong("/" + name, "is no amount", "a plain decimal in quotes, such as \"67350.0\"");
    return "1";
  }
}
