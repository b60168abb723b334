package dev.signaltoorder.paper;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to an account, for the websockets that watch it. */
sealed interface ExchangeEvent {

  String account();

  /** Not to be shown before this instant. */
  Instant visibleFrom();

  /**
   * An order came, was executed, or ended.
   *
   * @param before null for a new order
   */
  record OrderChanged(@Nullable PaperOrder before, PaperOrder after) implements ExchangeEvent {
    @Override
    public String account() {
      return after.account();
    }

    @Override
    public Instant visibleFrom() {
      return after.visibleFrom();
    }
  }

  /**
   * A fill moved money.
   *
   * @param baseAfter balance of the base asset right after it
   * @param quoteAfter balance of the quote asset right after it
   */
  record TradeBooked(
      PaperTrade trade,
      OrderTerms terms,
      BigDecimal baseAfter,
      BigDecimal quoteAfter,
      Instant visibleFrom)
      implements ExchangeEvent {
    @Override
    public String account() {
      return trade.account();
    }
  }
}
