package dev.signaltoorder.risk;

import java.time.Instant;

/** A rule about age: what it looks at goes on ageing until the order is sent. */
interface Freshness {

  /** The last moment at which it would still pass. */
  Instant freshUntil(CheckedInput input);
}
