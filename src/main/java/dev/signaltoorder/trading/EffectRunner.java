package dev.signaltoorder.trading;

import dev.signaltoorder.kraken.Amendment;
import dev.signaltoorder.kraken.OrderPrice;
import dev.signaltoorder.kraken.OrderReference;
import dev.signaltoorder.market.MarketSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Carries effects out, once their facts are committed. Answers come back as messages. */
final class EffectRunner {
  private static final Logger LOG = Logger.getLogger(EffectRunner.class);

  /** Under this name log lines carry the signal they are about. */
  private static final String SIGNAL = "signalId";

  /** A halt waits this long for a call that had begun before it. */
  private static final Duration HALT_PATIENCE = Duration.ofMillis(900);

  private final Exchange exchange;
  private final Markets markets;
  private final SendGate gate;
  private final Clock clock;
  private final Consumer<Message> post;
  private final Runnable alarmed;

  EffectRunner(
      Exchange exchange,
      Markets markets,
      SendGate gate,
      Clock clock,
      Consumer<Message> post,
      Runnable alarmed) {
    this.alarmed = alarmed;
    this.clock = clock;
    this.exchange = exchange;
    this.markets = markets;
    this.gate = gate;
    this.post = post;
  }

  /** All effects of a step. What they log names the signal that the step is about. */
  void release(Step step) {
    UUID signal = step.signalId();
    if (signal == null) {
      step.effects().forEach(this::run);
      return;
    }
    MDC.put(SIGNAL, signal.toString());
    try {
      step.effects().forEach(this::run);
    } finally {
      MDC.remove(SIGNAL);
    }
  }

  private void run(Effect effect) {
    switch (effect) {
      case Effect.SendOrder send ->
          exchange.addOrder(
              send.request(),
              gate.permit(send.leaves(), () -> tooLate(send)).until(send.beginBefore()),
              (call, verdict) ->
                  post.accept(new Message.AddOrderFinished(send.orderId(), call, verdict)));
      case Effect.LookUp lookUp ->
          exchange.lookUp(
              lookUp.search(),
              found ->
                  post.accept(new Message.LookedUp(lookUp.number(), lookUp.orderIds(), found)));
      case Effect.Follow follow ->
          exchange.follow(
              follow.txids(),
              answer -> post.accept(new Message.Followed(answer, exchange.budgetLeft())));
      case Effect.Amend amend ->
          exchange.amend(
              new Amendment(
                  new OrderReference.Txid(amend.txid()),
                  amend.volume(),
                  null,
                  null,
                  new OrderPrice.At(amend.stop()),
                  false,
                  amend.deadline()),
              gate.changePermit(),
              answer ->
                  post.accept(
                      new Message.AmendFinished(amend.orderId(), amend.deadline(), answer)));
      case Effect.Cancel cancel ->
          exchange.cancel(
              cancel.txid(),
              answer -> post.accept(new Message.CancelFinished(cancel.orderId(), answer)));
      case Effect.ReadBalances read ->
          exchange.balances(
              read.quoteAssets(),
              (balances, equity) ->
                  post.accept(new Message.BalancesAnswered(read.asOf(), balances, equity)));
      case Effect.ReadFees read ->
          exchange.fees(read.altnames(), answer -> post.accept(new Message.FeesAnswered(answer)));
      case Effect.CancelAllAfter set ->
          exchange.cancelAllAfter(
              set.timeout(),
              answer -> post.accept(new Message.CancelAllAfterAnswered(set.timeout(), answer)));
      case Effect.CheckKeys check -> exchange.checkKeys(post::accept);
      case Effect.WantMarket want ->
          markets.refresh(
              want.pair(), view -> post.accept(new Message.MarketReady(want.signalId(), view)));
      case Effect.WantPrice want -> markets.watch(want.pair(), view -> seen(want, view));
      case Effect.CloseGate close -> gate.close(close.reason(), close.entriesOnly(), HALT_PATIENCE);
      case Effect.OpenGate open -> gate.open();
      case Effect.Notice notice -> LOG.warn(notice.text());
      case Effect.Alarm alarm -> {
        LOG.errorf("ALARM: %s", alarm.text());
        alarmed.run();
      }
    }
  }

  /** Passes on what is known of a price, or what is known once it was looked up again. */
  private void seen(Effect.WantPrice want, MarketView view) {
    MarketSnapshot known = view.snapshot();
    if (known != null && known.takenAt().plus(want.noOlderThan()).isBefore(clock.instant())) {
      markets.refresh(want.pair(), newer -> post.accept(new Message.PriceSeen(want.pair(), newer)));
    } else {
      post.accept(new Message.PriceSeen(want.pair(), view));
    }
  }

  private @Nullable String tooLate(Effect.SendOrder send) {
    return clock.instant().isAfter(send.beginBefore())
        ? "it could not be sent in time: the price it was approved at is too old"
        : null;
  }

  /** After a rebuild: a halt that is on record stays in force. */
  void haltAsRecorded(AccountState state) {
    Fact.TradingHalted halt = state.halt();
    if (halt != null) {
      gate.close(
          "halted (" + Halts.what(halt) + ") by " + halt.actor(),
          halt.scope().equals("ENTRIES"),
          Duration.ZERO);
    }
  }
}
