package dev.signaltoorder.trading;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that must never be.
 *
 * @param detail what was seen, with its numbers
 */
record Violation(Invariant kind, String detail, @Nullable UUID signalId, @Nullable UUID orderId) {
  Violation(Invariant kind, String detail) {
    this(kind, detail, null, null);
  }
}
