package dev.signaltoorder.outbound;

import java.util.List;
import java.util.Set;

/** Makes events from facts: pure, so that the same fact always gives the same events. */
interface Translator {

  /** Kinds of facts that it has something to say about. */
  Set<String> kinds();

  /** Types of events that it makes. */
  Set<String> types();

  /** Possibly none. */
  List<OutboundEvent> of(CommittedFact fact);
}
