package dev.signaltoorder.operations;

import dev.signaltoorder.kraken.CallOutcome;
import dev.signaltoorder.kraken.CallRecord;
import dev.signaltoorder.kraken.KrakenAccountStatus;
import dev.signaltoorder.kraken.KrakenErrors;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Kraken in numbers: calls by their outcome, errors by their text, and what is left of the budgets.
 * Tags come from our own tables only, so that their number is bounded.
 */
@Singleton
class KrakenMeters {

  private static final Logger LOG = Logger.getLogger(KrakenMeters.class);
  private static final String PREFIX = "signal.to.order.kraken.";
  private static final Set<KrakenErrors.Action> FOR_A_PERSON =
      EnumSet.of(KrakenErrors.Action.CALL_OPERATOR, KrakenErrors.Action.STOP_CALLING);
  private static final Set<String> PROBES = Set.of("GetApiKeyInfo", "WithdrawMethods");
  private static final Set<String> DENIALS =
      Set.of("EGeneral:Permission denied", "EAPI:Feature disabled");

  private final MeterRegistry meters;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  KrakenMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Registers what alerts look at before anything happened, so that they have a beginning. */
  void known(String account) {
    nonceErrors(account);
    KrakenErrors.rows().stream()
        .filter(row -> FOR_A_PERSON.contains(row.action()))
        .forEach(row -> errors(account, row));
  }

  /** Counts an account's private calls. */
  Consumer<CallRecord> observerOf(String account) {
    return call -> called(account, call);
  }

  private void called(String account, CallRecord call) {
    String endpoint = call.endpoint().substring(call.endpoint().lastIndexOf('/') + 1);
    Timer.builder(PREFIX + "calls")
        .description("Private calls to Kraken, by what came of them")
        .tag("account", account)
        .tag("endpoint", endpoint)
        .tag("outcome", outcome(call))
        .register(meters)
        .record(Duration.between(call.startedAt(), call.finishedAt()));
    for (String error : call.errors()) {
      KrakenErrors.Row row = KrakenErrors.of(error);
      if (!isAnAnswer(endpoint, row)) {
        errors(account, row).increment();
      }
      if (row.action() == KrakenErrors.Action.NEW_NONCE) {
        nonceErrors(account).increment();
      }
    }
    for (String warning : call.warnings()) {
      meters.counter(PREFIX + "warnings", "account", account).increment();
      LOG.warnf("account %s: Kraken warns on %s: %s", account, endpoint, printable(warning));
    }
  }

  /** The key check asks for what a key may not do: being denied is what it wants to hear. */
  private static boolean isAnAnswer(String endpoint, KrakenErrors.Row row) {
    return PROBES.contains(endpoint) && DENIALS.contains(row.prefix());
  }

  private Counter errors(String account, KrakenErrors.Row row) {
    return meters.counter(
        PREFIX + "errors",
        "account",
        account,
        "category",
        row.category(),
        "error",
        row.prefix().isEmpty() ? "unlisted" : row.prefix(),
        "action",
        row.action().name());
  }

  private Counter nonceErrors(String account) {
    return meters.counter(PREFIX + "nonce.errors", "account", account);
  }

  private static String outcome(CallRecord call) {
    return switch (call.outcome()) {
      case CallOutcome.Reply reply ->
          reply.httpStatus() != 200
              ? "HTTP_" + reply.httpStatus()
              : call.errors().isEmpty() ? "OK" : "ERROR";
      case CallOutcome.NotSent notSent -> "NOT_SENT_" + notSent.cause();
      case CallOutcome.NoReply noReply -> "NO_REPLY_" + noReply.cause();
    };
  }

  private static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  /** Shows an account's budgets and queues. */
  void watch(String account, Supplier<KrakenAccountStatus> status) {
    if (!watched.add(account)) {
      return;
    }
    gauge(
        account,
        "orders.waiting",
        "Calls that change orders and have not begun",
        status,
        KrakenAccountStatus.KeyStatus::ordersWaiting);
    gauge(
        account,
        "reads.waiting",
        "Calls that ask and have not begun",
        status,
        KrakenAccountStatus.KeyStatus::readsWaiting);
    gauge(
        account,
        "locked",
        "1 while Kraken's lockout or its refusal of a key stops calls",
        status,
        key -> key.lockedUntil() != null || key.heldUntil() != null ? 1 : 0);
    Gauge.builder(
            PREFIX + "call.budget",
            () -> status.get().keys().stream().mapToInt(k -> k.callBudget()).min().orElse(0))
        .description("Units left on the REST call counter, of the key that has fewest")
        .tag("account", account)
        .register(meters);
    Gauge.builder(
            PREFIX + "trading.budget",
            () ->
                status.get().tradingBudget().values().stream()
                    .mapToDouble(Integer::doubleValue)
                    .min()
                    .orElse(Double.NaN))
        .description("Units left on the trading counter, of the pair that has fewest")
        .tag("account", account)
        .register(meters);
  }

  private void gauge(
      String account,
      String name,
      String description,
      Supplier<KrakenAccountStatus> status,
      ToIntFunction<KrakenAccountStatus.KeyStatus> value) {
    Gauge.builder(PREFIX + name, () -> status.get().keys().stream().mapToInt(value).sum())
        .description(description)
        .tag("account", account)
        .register(meters);
  }
}
