package dev.signaltoorder.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about money: balances, equity, fee tier. */
final class FundsQueries {

  private static final Duration FEE_WINDOW = Duration.ofDays(30);

  private final ExchangeState state;
  private final Pairs pairs;
  private final Funds funds;
  private boolean snakeCase;

  FundsQueries(ExchangeState state, Pairs pairs, Funds funds) {
    this.state = state;
    this.pairs = pairs;
    this.funds = funds;
  }

  ObjectNode balance(String account) {
    ObjectNode result = Json.object();
    state.balances(account).forEach((asset, amount) -> result.put(asset, shown(asset, amount)));
    return result;
  }

  ObjectNode balanceEx(String account) {
    ObjectNode result = Json.object();
    state
        .balances(account)
        .forEach(
            (asset, amount) -> {
              ObjectNode row = result.putObject(asset);
              row.put("balance", shown(asset, amount));
              row.put("hold_trade", shown(asset, funds.held(account, asset)));
            });
    return result;
  }

  private String shown(String assetId, BigDecimal amount) {
    Asset asset = pairs.asset(assetId);
    return asset == null ? amount.toPlainString() : OrderRendering.plain(amount, asset.decimals());
  }

  ObjectNode tradeBalance(String account, Parameters parameters) throws Refusal {
    String name = parameters.get("asset");
    Asset asset = pairs.asset(name == null ? "ZUSD" : name);
    if (asset == null) {
      throw new Refusal("EQuery:Unknown asset");
    }
    BigDecimal unit = dollars(asset);
    BigDecimal equity = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal> balance : state.balances(account).entrySet()) {
      Asset held = pairs.asset(balance.getKey());
      if (held != null && balance.getValue().signum() != 0) {
        equity = equity.add(balance.getValue().multiply(dollars(held)));
      }
    }
    String value = equity.divide(unit, 4, RoundingMode.HALF_UP).toPlainString();
    ObjectNode result = Json.object();
    // Equivalent balance, trade balance, equity and free margin are one without margin trading.
    for (String field : List.of("eb", "tb", "e", "mf")) {
      result.put(field, value);
    }
    for (String field : List.of("m", "n", "c", "v", "uv")) {
      result.put(field, "0.0000");
    }
    return result;
  }

  private BigDecimal dollars(Asset asset) throws Refusal {
    BigDecimal dollars = funds.dollars(asset);
    if (dollars == null) {
      throw new Refusal("EService:Unavailable");
    }
    return dollars;
  }

  ObjectNode tradeVolume(String account, Parameters parameters, Instant now) throws Refusal {
    ObjectNode result = Json.object();
    result.put("currency", "ZUSD");
    result.put("volume", volumeInDollars(account, now).setScale(4, RoundingMode.DOWN).toString());
    if (parameters.has("pair")) {
      ObjectNode fees = result.putObject("fees");
      ObjectNode makerFees = result.putObject("fees_maker");
      for (Pair pair : pairs.list(parameters.get("pair"))) {
        fees.set(pair.key(), tier(Fees.TAKER_PERCENT));
        makerFees.set(pair.key(), tier(Fees.MAKER_PERCENT));
      }
    }
    return result;
  }

  /** One tier only: fees never fall with volume here. */
  private static ObjectNode tier(String percent) {
    ObjectNode tier = Json.object();
    tier.put("fee", percent).put("minfee", percent).put("maxfee", percent);
    tier.putNull("nextfee").putNull("nextvolume");
    return tier.put("tiervolume", "0.0000");
  }

  private BigDecimal volumeInDollars(String account, Instant now) throws Refusal {
    BigDecimal sum = BigDecimal.ZERO;
    for (PaperTrade trade : state.trades()) {
      PaperOrder order = state.order(trade.txid());
      if (order == null
          || !trade.account().equals(account)
          || trade.time().isBefore(now.minus(FEE_WINDOW))) {
        continue;
      }
      Asset quote = pairs.get(order.terms().pair()).quote();
      sum = sum.add(trade.cost().multiply(dollars(quote)));
    }
    return sum;
  }

  /** GetApiKeyInfo with snake_case names, as some clients have seen it, or as documented. */
  void spellKeyInfoInSnakeCase(boolean snakeCase) {
    this.snakeCase = snakeCase;
  }

  private ObjectNode spelled(ObjectNode info) {
    if (!snakeCase) {
      return info;
    }
    ObjectNode renamed = Json.object();
    info.properties()
        .forEach(
            field ->
                renamed.set(
                    field.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                    field.getValue()));
    return renamed;
  }

  ObjectNode keyInfo(ApiKey key, @Nullable Instant lastUsed) {
    ObjectNode result = Json.object();
    result.put("apiKeyName", key.account());
    result.put("apiKey", key.key());
    result.put("nonce", Long.toUnsignedString(key.lastNonce()));
    result.put("nonceWindow", key.nonceWindow());
    var permissions = result.putArray("permissions");
    key.permissions().stream().sorted().forEach(p -> permissions.add(p.wireName()));
    result.put("iban", "");
    result.put("validUntil", "0").put("queryFrom", "0").put("queryTo", "0");
    result.put("createdTime", Long.toString(key.createdAt().getEpochSecond()));
    result.put("modifiedTime", Long.toString(key.createdAt().getEpochSecond()));
    // As if bound to the loopback address, which is the only one that can be used.
    result.putArray("ipAllowlist").add("127.0.0.1");
    result.put("lastUsed", lastUsed == null ? "0" : Long.toString(lastUsed.getEpochSecond()));
    return spelled(result);
  }
}
