package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What most orders do without.
 *
 * @param feeIn the currency of the fee; null leaves it to Kraken (quote on buys, base on sells)
 * @param margin null for a spot order without borrowed money
 * @param selfTrade what happens to an order that would meet one of our own; null for Kraken's
 *     default, which cancels the newer one
 * @param startsAt scheduled start, null for at once
 * @param tokenizedAsset the pair is one of the xStocks, which Kraken wants said
 * @param tradingAgreement sends the consent that accounts of Germany once needed
 */
public record OrderExtras(
    @Nullable FeeIn feeIn,
    @Nullable Margin margin,
    @Nullable SelfTrade selfTrade,
    @Nullable Instant startsAt,
    boolean tokenizedAsset,
    boolean tradingAgreement) {

  /** Nothing of it. */
  public static final OrderExtras NONE = new OrderExtras(null, null, null, null, false, false);

  /** With the fee in this currency. */
  public OrderExtras withFeeIn(FeeIn currency) {
    return new OrderExtras(currency, margin, selfTrade, startsAt, tokenizedAsset, tradingAgreement);
  }

  /** With borrowed money. */
  public OrderExtras withMargin(Margin wanted) {
    return new OrderExtras(feeIn, wanted, selfTrade, startsAt, tokenizedAsset, tradingAgreement);
  }

  /** With this treatment of meetings with our own orders. */
  public OrderExtras withSelfTrade(SelfTrade wanted) {
    return new OrderExtras(feeIn, margin, wanted, startsAt, tokenizedAsset, tradingAgreement);
  }

  /** Starting later. */
  public OrderExtras withStart(Instant start) {
    return new OrderExtras(feeIn, margin, selfTrade, start, tokenizedAsset, tradingAgreement);
  }

  /** For a pair of the xStocks. */
  public OrderExtras withTokenizedAsset() {
    return new OrderExtras(feeIn, margin, selfTrade, startsAt, true, tradingAgreement);
  }

  /** With the consent. */
  public OrderExtras withTradingAgreement() {
    return new OrderExtras(feeIn, margin, selfTrade, startsAt, tokenizedAsset, true);
  }

  /** Which currency pays the fee; one of the two flags can be sent, never both. */
  public enum FeeIn {
    BASE("fcib"),
    QUOTE("fciq");

    private final String flag;

    FeeIn(String flag) {
      this.flag = flag;
    }

    String flag() {
      return flag;
    }
  }

  /** What happens when an order would trade with one of the same account. */
  public enum SelfTrade {
    CANCEL_NEWEST("cancel-newest"),
    CANCEL_OLDEST("cancel-oldest"),
    CANCEL_BOTH("cancel-both");

    private final String wireName;

    SelfTrade(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /**
   * Borrowed money.
   *
   * @param leverage 2 or more
   * @param reduceOnly the order may only make the position smaller
   */
  public record Margin(int leverage, boolean reduceOnly) {
    public Margin {
      if (leverage < 2) {
        throw new IllegalArgumentException("a leverage is 2 or more, not " + leverage);
      }
    }
  }
}
