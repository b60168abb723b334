package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Values as Kraken's websocket version 2 writes them: amounts as numbers, times as text. */
final class SocketJson {

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private SocketJson() {}

  /** "2026-11-22T10:15:30.123456Z". */
  static String time(Instant time) {
    return MICROSECONDS.format(time);
  }

  static BigDecimal price(Pair pair, BigDecimal price) {
    return price.setScale(pair.priceDecimals(), RoundingMode.HALF_UP);
  }

  static BigDecimal volume(Pair pair, BigDecimal volume) {
    return volume.setScale(pair.lotDecimals(), RoundingMode.DOWN);
  }

  static BigDecimal cost(Pair pair, BigDecimal cost) {
    return cost.setScale(pair.costDecimals(), RoundingMode.DOWN);
  }

  /**
   * The frame of an answer to a request.
   *
   * @param requestId {@code req_id} of the request, or null
   */
  static ObjectNode answer(
      @Nullable String method, @Nullable Long requestId, Instant receivedAt, Instant now) {
    ObjectNode answer = Json.object();
    if (method != null) {
      answer.put("method", method);
    }
    if (requestId != null) {
      answer.put("req_id", requestId);
    }
    return answer.put("time_in", time(receivedAt)).put("time_out", time(now));
  }

  static ObjectNode failed(ObjectNode answer, String error) {
    return answer.put("success", false).put("error", error);
  }

  static ObjectNode succeeded(ObjectNode answer, ObjectNode result) {
    answer.put("success", true).set("result", result);
    return answer;
  }
}
