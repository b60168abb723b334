package dev.signaltoorder.paper;

import java.math.BigDecimal;

/** The fees charged: Kraken's lowest volume tier, as fractions and as the percent text it shows. */
final class Fees {

  static final BigDecimal TAKER = new BigDecimal("0.0040");
  static final BigDecimal MAKER = new BigDecimal("0.0025");
  static final String TAKER_PERCENT = "0.4000";
  static final String MAKER_PERCENT = "0.2500";

  private Fees() {}
}
