package dev.signaltoorder.console;

import dev.signaltoorder.console.OperationsView.Choice;
import dev.signaltoorder.console.OperationsView.Fact;
import dev.signaltoorder.console.OperationsView.Quarantined;
import dev.signaltoorder.paper.SimulatedExchange;
import dev.signaltoorder.report.PageFrames;
import dev.signaltoorder.report.Section;
import dev.signaltoorder.trading.AccountStatus;
import dev.signaltoorder.trading.ConductFact;
import dev.signaltoorder.trading.OrderStatus;
import dev.signaltoorder.trading.TradingConfig;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an operator can do, beside how everything stands. The doing is the operations interface's.
 */
@Path("/console/operations")
@RolesAllowed("operator")
class OperationsPage {
  private static final List<Choice> FAULTS =
      List.of(
          new Choice("ACCEPT_THEN_SILENCE", "Carried out, and never answered"),
          new Choice("ACCEPT_THEN_RESET", "Carried out, and the connection is cut"),
          new Choice("ACCEPT_THEN_502_HTML", "Carried out, and answered by an error page (502)"),
          new Choice("ACCEPT_THEN_UNAVAILABLE", "Carried out, and answered as unavailable"),
          new Choice("TRUNCATED_JSON", "Carried out, and half of the answer is missing"),
          new Choice("NO_TXID", "Carried out, and the answer lacks the order id"),
          new Choice("LATE_VISIBLE", "Carried out, and shown only some seconds later"),
          new Choice("DELAY", "Carried out, and answered some seconds later"),
          new Choice("LATE_ACCEPT", "Never answered, and carried out some seconds later"),
          new Choice("DROP_BEFORE_ACCEPT", "Not carried out, and the connection is cut"),
          new Choice("UNAVAILABLE", "Not carried out: Kraken is unavailable"),
          new Choice("RATE_LIMIT", "Not carried out: too many calls"),
          new Choice("REFUSED", "Not carried out: refused for what it is"),
          new Choice("LOCKOUT", "Not carried out: the account is barred for a while"));

  private static final String EVERY = "*";

  private final Standing standing;
  private final PageFrames frames;
  private final SimulatedFaults faults;
  private final String mode;

  OperationsPage(
      Standing standing, PageFrames frames, SimulatedFaults faults, TradingConfig config) {
    this.standing = standing;
    this.frames = frames;
    this.faults = faults;
    this.mode = config.mode().strip();
  }

  @GET
  @Blocking
  @Produces(MediaType.TEXT_HTML)
  public String page() {
    List<Standing.Seen> seen = standing.accounts();
    boolean paper = mode.equals("paper");
    boolean stories = frames.maySeeStories();
    return Pages.operations(
            new OperationsView(
                frames.frame(Section.OPERATIONS),
                mode.equals("live"),
                seen.stream().map(OperationsPage::account).toList(),
                standing.names(),
                standing.unknown(),
                seen.stream().flatMap(one -> quarantined(one.status(), stories)).toList(),
                paper ? List.copyOf(SimulatedExchange.endpoints()) : List.of(),
                paper ? FAULTS : List.of(),
                paper ? switchedOn() : List.of()))
        .render();
  }

  /** "AddOrder: not carried out: Kraken is unavailable, next 2". */
  private List<String> switchedOn() {
    return faults.switchedOn().entrySet().stream()
        .map(
            one ->
                (one.getKey().equals(EVERY) ? "Every call" : one.getKey())
                    + ": "
                    + inWords(one.getValue()))
        .toList();
  }

  private static String inWords(String fault) {
    String often = fault.replace(", always", ", until cleared");
    for (Choice one : FAULTS) {
      if (often.startsWith(one.value() + ",")) {
        String words = one.words();
        return words.substring(0, 1).toLowerCase(Locale.ROOT)
            + words.substring(1)
            + often.substring(one.value().length());
      }
    }
    return often;
  }

  private static OperationsView.Account account(Standing.Seen seen) {
    AccountStatus status = seen.status();
    List<String> alarms = new ArrayList<>(PositionsPage.alarms(status));
    status.keyWarnings().forEach(warning -> alarms.add("Kraken key: " + warning));
    status
        .silentSources()
        .forEach(source -> alarms.add("No signal from " + source + " for too long."));
    if (status.proposal() != null) {
      alarms.add("New rules wait for a second operator, under Rules.");
    }
    status.waitingActs().forEach(act -> alarms.add(waiting(act)));
    return new OperationsView.Account(
        status.account(),
        "account-" + status.account(),
        Words.tradingTone(status.tradingState()),
        Words.tradingState(status.tradingState()),
        status.reason() == null ? "" : status.reason(),
        seen.told(),
        alarms,
        facts(status));
  }

  private static String waiting(ConductFact.ActProposed act) {
    String what =
        switch (act.act()) {
          case "RESUME" -> "resume";
          case "ARM" -> "arm this account";
          default -> "settle " + act.of();
        };
    return act.actor()
        + " wants to "
        + what
        + (act.reason().isEmpty() ? "" : " (" + act.reason() + ")")
        + ". Another operator has to do the same before "
        + Words.time(act.expiresAt())
        + ".";
  }

  private static List<Fact> facts(AccountStatus status) {
    List<Fact> facts = new ArrayList<>();
    if (status.mode().equals("live")) {
      facts.add(new Fact("Armed", status.armed() ? "yes" : "no"));
    }
    facts.add(new Fact("Kraken", kraken(status)));
    facts.add(
        new Fact("Signals that wait for a decision", Integer.toString(status.undecidedSignals())));
    facts.add(new Fact("Orders sent so far", Long.toString(status.ordersSent())));
    facts.add(new Fact("Facts in the journal", Long.toString(status.facts())));
    status
        .marketConditions()
        .forEach(
            one ->
                facts.add(
                    new Fact(
                        one.pair()
                            + ": "
                            + one.condition().name().toLowerCase(Locale.ROOT)
                            + " market",
                        one.why())));
    return facts;
  }

  private static String kraken(AccountStatus status) {
    if (status.exchange().lockedOut()) {
      return "Kraken bars the account: no private call is made";
    }
    if (status.exchange().rateLimited()) {
      return "Kraken asked for fewer calls";
    }
    return Words.breaker(status.exchange().breaker());
  }

  private static Stream<Quarantined> quarantined(AccountStatus status, boolean stories) {
    return status.orders().stream()
        .filter(order -> order.state().equals("Quarantined"))
        .map(order -> quarantined(status.account(), order, stories));
  }

  private static Quarantined quarantined(String account, OrderStatus order, boolean stories) {
    return new Quarantined(
        account,
        order.orderId().toString(),
        "%s %s %s"
            .formatted(
                order.side().equals("BUY") ? "buy" : "sell",
                Words.amount(order.volume()),
                order.pair()),
        Words.time(order.since()),
        Words.orNothing(order.why()),
        stories ? "/audit/signals/" + order.signalId() : "");
  }
}
