package dev.signaltoorder.kraken;

import static dev.signaltoorder.kraken.KrakenErrors.Action.BACK_OFF;
import static dev.signaltoorder.kraken.KrakenErrors.Action.CALL_OPERATOR;
import static dev.signaltoorder.kraken.KrakenErrors.Action.GIVE_UP;
import static dev.signaltoorder.kraken.KrakenErrors.Action.LOOK_UP;
import static dev.signaltoorder.kraken.KrakenErrors.Action.NEW_NONCE;
import static dev.signaltoorder.kraken.KrakenErrors.Action.RELOAD_PAIRS;
import static dev.signaltoorder.kraken.KrakenErrors.Action.STOP_CALLING;
import static dev.signaltoorder.kraken.KrakenErrors.AddOrderEffect.MAYBE_PLACED;
import static dev.signaltoorder.kraken.KrakenErrors.AddOrderEffect.NOT_PLACED;

import dev.signaltoorder.kraken.KrakenErrors.Action;
import dev.signaltoorder.kraken.KrakenErrors.Pause;
import dev.signaltoorder.kraken.KrakenErrors.Row;
import java.util.List;
import java.util.stream.Stream;

/** The rows of {@link KrakenErrors}: data only. */
final class KrakenErrorRows {

  private static final String DOCS = "Kraken documentation: Error messages";
  private static final String SDK = "kraken-api-sdk: error handling guide";
  private static final String PYTHON_SDK = "python-kraken-sdk: exceptions";
  private static final String IDENTITY_PROBE = "dc-deal/FiniexTestingIDE: probe of order identity";
  private static final String UNCONFIRMED = "third-party lists only, unconfirmed";

  // Key, authentication, account.
  private static final List<Row> ACCESS =
      List.of(
          refused("EAPI:Invalid key", "unknown or revoked key", CALL_OPERATOR, DOCS),
          refused("EAPI:Invalid signature", "wrong secret, body or path", CALL_OPERATOR, DOCS),
          refused("EAPI:Invalid nonce", "nonce not above the highest so far", NEW_NONCE, DOCS),
          refused("EAPI:Rate limit exceeded", "REST call counter full", BACK_OFF, DOCS),
          refused("EAPI:Bad request", "malformed", GIVE_UP, PYTHON_SDK),
          refused("EAPI:Feature disabled", "not offered", CALL_OPERATOR, PYTHON_SDK),
          refused("EAPI:Invalid token", "websocket token stale", GIVE_UP, SDK),
          refused("ESession:Invalid session", "websocket token stale", GIVE_UP, SDK),
          refused("EAuth:Account temporary disabled", "account state", CALL_OPERATOR, DOCS),
          refused("EAuth:Account unconfirmed", "account state", CALL_OPERATOR, DOCS),
          refused("EAuth:Failed", "account state", CALL_OPERATOR, PYTHON_SDK),
          refused("EAuth:Rate limit exceeded", "too many authentications", BACK_OFF, DOCS),
          refused("EAuth:Too many requests", "too many authentications", BACK_OFF, DOCS),
          refused(
              "EAccount:Invalid permissions",
              "product or region not open to the account",
              CALL_OPERATOR,
              DOCS));

  // The call as such.
  private static final List<Row> GENERAL =
      List.of(
          refused("EGeneral:Permission denied", "key lacks a permission", CALL_OPERATOR, DOCS),
          refused("EGeneral:Unknown method", "malformed", GIVE_UP, PYTHON_SDK),
          refused(
              "EGeneral:Invalid arguments",
              "bad or missing field; volume: below the minimum",
              GIVE_UP,
              DOCS),
          refused(
              "EGeneral:Invalid arguments:volume",
              "volume below the minimum",
              RELOAD_PAIRS,
              "JKorf/Kraken.Net#31"),
          doubtful(
              "EGeneral:Invalid arguments:cl_ord_id not unique",
              "an open order has this client id: an earlier try may exist",
              IDENTITY_PROBE),
          refused(
              "EGeneral:Invalid arguments:Index unavailable",
              "no index price for the trigger",
              GIVE_UP,
              DOCS),
          refused(
              "EGeneral:Temporary lockout",
              "barred after repeated failures, about 15 minutes",
              STOP_CALLING,
              DOCS),
          refused("EGeneral:Too many requests", "flood control", BACK_OFF, SDK),
          outage("EGeneral:Internal error", "unexpected fault at Kraken", DOCS));

  // Kraken's own state: most of these come from behind the front door, so an order may exist.
  private static final List<Row> SERVICE =
      List.of(
          outage("EService:Unavailable", "engine or API offline", SDK),
          outage("EService:Busy", "overload", SDK),
          outage("EService:Timeout", "seen in third-party lists only", UNCONFIRMED),
          doubtful(
              "EService:Deadline elapsed",
              "deadline passed; the order may still have been placed",
              DOCS),
          refused(
              "EService:Throttled",
              "too many calls at once; the instant to wait for follows",
              BACK_OFF,
              "Kraken documentation: Spot REST Rate Limits"),
          refused("EService:Market in cancel_only mode", "no new orders", GIVE_UP, DOCS),
          refused(
              "EService:Market in post_only mode", "post-only limit orders only", GIVE_UP, DOCS));

  // The order.
  private static final List<Row> ORDER =
      List.of(
          refused("EOrder:Insufficient funds", "not enough free balance", GIVE_UP, DOCS),
          refused("EOrder:Order minimum not met", "volume below ordermin", RELOAD_PAIRS, DOCS),
          refused("EOrder:Cost minimum not met", "value below costmin", RELOAD_PAIRS, DOCS),
          refused("EOrder:Tick size check failed", "price off the tick", RELOAD_PAIRS, DOCS),
          refused("EOrder:Invalid price", "price refused", RELOAD_PAIRS, DOCS),
          refused(
              "EOrder:Rate limit exceeded",
              "trading counter of the pair full",
              BACK_OFF,
              "Kraken documentation: Spot Trading Limits"),
          refused(
              "EOrder:Domain rate limit exceeded",
              "trading counter of all sub-accounts full",
              BACK_OFF,
              DOCS),
          refused("EOrder:Orders limit exceeded", "too many open orders", GIVE_UP, DOCS),
          refused(
              "EOrder:Scheduled orders limit exceeded", "too many scheduled orders", GIVE_UP, DOCS),
          refused("EOrder:Positions limit exceeded", "too many positions", GIVE_UP, DOCS),
          doubtful(
              "EOrder:Invalid order", "cancel or amend: this id never existed", IDENTITY_PROBE),
          doubtful(
              "EOrder:Unknown order",
              "cancel or amend: already filled or cancelled",
              IDENTITY_PROBE),
          doubtful(
              "EOrder:Post only order",
              "a post-only order would have taken; it may appear and be cancelled",
              UNCONFIRMED),
          refused(
              "EOrder:Trading agreement required",
              "agreement not given for the account",
              CALL_OPERATOR,
              "freqtrade: kraken.py"));

  // Margin, which is never asked for here.
  private static final List<Row> MARGIN =
      List.of(
          refused("EOrder:Cannot open position", "no margin position allowed", GIVE_UP, DOCS),
          refused("EOrder:Cannot open opposing position", "opposing position", GIVE_UP, DOCS),
          refused("EOrder:Margin allowance exceeded", "margin limit", GIVE_UP, DOCS),
          refused("EOrder:Margin level too low", "margin limit", GIVE_UP, DOCS),
          refused("EOrder:Margin position size exceeded", "margin limit", GIVE_UP, DOCS),
          refused("EOrder:Unknown position", "no such position", GIVE_UP, DOCS),
          refused("EOrder:Reduce only", "reduce-only refused", GIVE_UP, DOCS),
          refused("EOrder:Insufficient margin", "Kraken's margin pool is empty", BACK_OFF, DOCS));

  // Names and the rest.
  private static final List<Row> OTHER =
      List.of(
          refused(
              "EQuery:Unknown asset pair",
              "name not known at Kraken",
              RELOAD_PAIRS,
              "Kraken support 360001491786"),
          refused(
              "EQuery:Unknown asset",
              "name not known at Kraken",
              RELOAD_PAIRS,
              "Kraken support 360001491786"),
          refused(
              "EQuery:Invalid asset pair",
              "name not known at Kraken",
              RELOAD_PAIRS,
              "Kraken support 360001491786"),
          refused("ETrade:Invalid request", "malformed", GIVE_UP, DOCS),
          refused("EBM:limit exceeded:CAL", "Canadian net-buy limit", CALL_OPERATOR, DOCS),
          refused(
              "Price(s) not found",
              "without a category; seen with validate",
              GIVE_UP,
              "kraken-api-sdk: trade errors"),
          refused(
              "Invalid timeout argument",
              "without a category; CancelAllOrdersAfter",
              GIVE_UP,
              "kraken-api-sdk: trade errors"));

  // Funding: an order is never answered so, and what nobody foresaw proves nothing.
  private static final List<Row> FUNDING =
      List.of(
          doubtful("EFunding:Max fee exceeded", "funding", PYTHON_SDK),
          doubtful("EFunding:Unknown withdraw key", "funding", PYTHON_SDK),
          doubtful("EFunding:Invalid amount", "funding", PYTHON_SDK),
          doubtful("EFunding:Too many addresses", "funding", PYTHON_SDK),
          doubtful("EFunding:No funding method", "funding", DOCS));

  static final List<Row> ALL =
      Stream.of(ACCESS, GENERAL, SERVICE, ORDER, MARGIN, OTHER, FUNDING)
          .flatMap(List::stream)
          .toList();

  private KrakenErrorRows() {}

  private static Row refused(String prefix, String meaning, Action action, String source) {
    return new Row(prefix, meaning, NOT_PLACED, action, pause(prefix, action), source);
  }

  private static Row doubtful(String prefix, String meaning, String source) {
    return new Row(prefix, meaning, MAYBE_PLACED, LOOK_UP, Pause.NONE, source);
  }

  /** Kraken itself is in trouble: look an order up, and ask less often. */
  private static Row outage(String prefix, String meaning, String source) {
    return new Row(prefix, meaning, MAYBE_PLACED, LOOK_UP, Pause.SERVICE, source);
  }

  private static Pause pause(String prefix, Action action) {
    return switch (action) {
      case STOP_CALLING -> Pause.LOCKOUT;
      case BACK_OFF ->
          switch (prefix) {
            case "EService:Throttled" -> Pause.NAMED;
            case "EOrder:Rate limit exceeded", "EOrder:Domain rate limit exceeded" ->
                Pause.PAIR_COUNTER;
            // Kraken's lending pool is empty: nothing that fewer calls would change.
            case "EOrder:Insufficient margin" -> Pause.NONE;
            default -> Pause.CALLS;
          };
      // Asking on with a key that Kraken does not take ends in the account's lockout.
      case CALL_OPERATOR ->
          prefix.equals("EAPI:Invalid key")
                  || prefix.equals("EAPI:Invalid signature")
                  || prefix.startsWith("EAuth:")
              ? Pause.KEY
              : Pause.NONE;
      case GIVE_UP, NEW_NONCE, RELOAD_PAIRS, LOOK_UP -> Pause.NONE;
    };
  }
}
