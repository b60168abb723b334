package dev.signaltoorder.signal;

import java.util.UUID;

/** What became of a delivery once it was durably recorded. */
public sealed interface Receipt {

  /** Stored and committed under this id. */
  record Accepted(UUID signalId) implements Receipt {}

  /**
   * The same source, delivery id and body were stored before, under this id. Nothing happened
   * again.
   */
  record Duplicate(UUID signalId) implements Receipt {}

  /** The delivery id was used before with another body. Recorded, nothing traded. */
  record Conflict(UUID firstSignalId) implements Receipt {}
}
