package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CancelAllOrdersAfter: cancels everything of an account that falls silent. */
final class DeadMansSwitch {

  private static final long TIMEOUT_SECONDS_MAX = Duration.ofDays(1).toSeconds();

  private final Map<String, Instant> triggers = new HashMap<>();

  ObjectNode set(String account, Parameters parameters, Instant now) throws Refusal {
    Integer seconds = parameters.integer("timeout");
    if (seconds == null || seconds < 0 || seconds > TIMEOUT_SECONDS_MAX) {
      throw new Refusal("Invalid timeout argument");
    }
    Instant shown = now.truncatedTo(ChronoUnit.SECONDS);
    ObjectNode result = Json.object().put("currentTime", shown.toString());
    if (seconds == 0) {
      triggers.remove(account);
      return result.put("triggerTime", "0");
    }
    triggers.put(account, now.plusSeconds(seconds));
    return result.put("triggerTime", shown.plusSeconds(seconds).toString());
  }

  /** Accounts whose time is over; each is named once. */
  List<String> due(Instant now) {
    List<String> due =
        triggers.entrySet().stream()
            .filter(entry -> !now.isBefore(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(triggers::remove);
    return due;
  }
}
