package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knowm.xchange.Exchange;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.currency.Currency;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.Order;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.marketdata.Ticker;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.dto.trade.MarketOrder;
import org.knowm.xchange.dto.trade.UserTrade;
import org.knowm.xchange.exceptions.FundsExceededException;
import org.knowm.xchange.kraken.KrakenExchange;

/** The library XChange trades on the simulated Kraken: only the address differs. */
class XChangeTest extends PaperExchangeFixture {

  private static final CurrencyPair PAIR = CurrencyPair.BTC_USD;
  private Exchange kraken;

  @BeforeEach
  void connect() {
    PaperAccount account = server.createAccount("xchange");
    ExchangeSpecification specification = new ExchangeSpecification(KrakenExchange.class);
    specification.setSslUri(url.toString());
    specification.setPlainTextUri(url.toString());
    specification.setHost(url.getHost());
    specification.setPort(url.getPort());
    specification.setApiKey(account.apiKey());
    specification.setSecretKey(account.apiSecret());
    specification.setShouldLoadRemoteMetaData(true);
    kraken = ExchangeFactory.INSTANCE.createExchange(specification);
  }

  // Kraken's own service has these calls for a currency pair only.
  @SuppressWarnings("deprecation")
  @Test
  void xchangeReadsMetadataTickerBookAndTrades() throws Exception {
    assertThat(kraken.getExchangeMetaData().getInstruments().keySet())
        .contains(PAIR, CurrencyPair.ETH_BTC);
    Ticker ticker = kraken.getMarketDataService().getTicker(PAIR);
    assertThat(ticker.getBid()).isEqualByComparingTo("50000");
    assertThat(ticker.getAsk()).isEqualByComparingTo("50001");
    OrderBook book = kraken.getMarketDataService().getOrderBook(PAIR, 10L);
    assertThat(book.getAsks().getFirst().getLimitPrice()).isEqualByComparingTo("50001");
    assertThat(book.getBids().getFirst().getLimitPrice()).isEqualByComparingTo("50000");
    assertThat(kraken.getMarketDataService().getTrades(PAIR).getTrades()).isNotEmpty();
  }

  @Test
  void xchangePlacesFindsAndCancelsOrdersAndReadsItsTradesAndBalances() throws Exception {
    String market =
        kraken
            .getTradeService()
            .placeMarketOrder(
                new MarketOrder.Builder(Order.OrderType.BID, PAIR)
                    .originalAmount(new BigDecimal("0.01"))
                    .build());
    String limit =
        kraken
            .getTradeService()
            .placeLimitOrder(
                new LimitOrder.Builder(Order.OrderType.BID, PAIR)
                    .originalAmount(new BigDecimal("0.02"))
                    .limitPrice(new BigDecimal("40000.0"))
                    .build());

    List<LimitOrder> open = kraken.getTradeService().getOpenOrders().getOpenOrders();
    assertThat(open).hasSize(1);
    assertThat(open.getFirst().getId()).isEqualTo(limit);
    assertThat(open.getFirst().getLimitPrice()).isEqualByComparingTo("40000");
    Order filled = kraken.getTradeService().getOrder(market).iterator().next();
    assertThat(filled.getStatus()).isEqualTo(Order.OrderStatus.FILLED);
    assertThat(filled.getAveragePrice()).isEqualByComparingTo("50001");

    assertThat(kraken.getTradeService().cancelOrder(limit)).isTrue();

    assertThat(kraken.getTradeService().getOpenOrders().getOpenOrders()).isEmpty();
    List<UserTrade> trades =
        kraken
            .getTradeService()
            .getTradeHistory(kraken.getTradeService().createTradeHistoryParams())
            .getUserTrades();
    assertThat(trades).hasSize(1);
    assertThat(trades.getFirst().getOrderId()).isEqualTo(market);
    assertThat(kraken.getAccountService().getAccountInfo().getWallets().values())
        .anySatisfy(
            wallet ->
                assertThat(wallet.getBalance(Currency.BTC).getTotal())
                    .isEqualByComparingTo("1.01"));
  }

  @Test
  void xchangeUnderstandsARefusal() {
    assertThatThrownBy(
            () ->
                kraken
                    .getTradeService()
                    .placeMarketOrder(
                        new MarketOrder.Builder(Order.OrderType.BID, PAIR)
                            .originalAmount(new BigDecimal("5"))
                            .build()))
        .isInstanceOf(FundsExceededException.class);
  }
}
