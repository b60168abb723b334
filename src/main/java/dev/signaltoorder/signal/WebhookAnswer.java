package dev.signaltoorder.signal;

import java.util.List;
import java.util.UUID;

/** What a sender is told. */
sealed interface WebhookAnswer {

  /** Stored and committed: 202. */
  record Accepted(UUID signalId) implements WebhookAnswer {}

  /** Stored before, under this id: 200. */
  record Duplicate(UUID signalId) implements WebhookAnswer {}

  /** The delivery id was used for another body: 422. */
  record Conflict(UUID firstSignalId) implements WebhookAnswer {}

  /** Authentic and no valid signal, on record under this id: 422. */
  record Invalid(UUID signalId, List<FieldProblem> problems) implements WebhookAnswer {}

  /** Not let in: 401, without a word about the cause. */
  record Refused() implements WebhookAnswer {}

  /** 413. */
  record TooLarge() implements WebhookAnswer {}

  /** 429. */
  record RateLimited(long retryAfterSeconds) implements WebhookAnswer {}

  /** Nothing was stored as far as we know: 503, send again. */
  record Unavailable(long retryAfterSeconds) implements WebhookAnswer {}

  /** Short name, the metric's tag. */
  default String label() {
    return switch (this) {
      case Accepted a -> "accepted";
      case Duplicate d -> "duplicate";
      case Conflict c -> "conflict";
      case Invalid i -> "invalid";
      case Refused r -> "refused";
      case TooLarge t -> "too_large";
      case RateLimited r -> "rate_limited";
      case Unavailable u -> "unavailable";
    };
  }
}
