package dev.signaltoorder.signal;

import dev.signaltoorder.signal.RefusedDelivery.Cause;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a delivery is judged: size and address first, because they cost least, then
 * who sent it, then how much that sender sends, and only then what it says.
 */
@Singleton
class WebhookReception {
  static final int BODY_BYTES_MAX = 64 * 1_024;

  private static final int SOURCES_MAX = 1_000;
  private static final int SOURCE_CHARACTERS_KEPT = 64;
  private static final int ID_CHARACTERS_KEPT = 128;
  private static final long RETRY_AFTER_SECONDS = 5;

  private final Sources sources;
  private final SignalIntake intake;
  private final AddressLimit addressLimit;
  private final RateLimits sourceLimits;
  private final StandardWebhooksVerifier verifier;
  private final SignalIds ids;
  private final DeliveryMeters meters;
  private final Clock clock;
  private final Duration patience;

  @Inject
  WebhookReception(
      Sources sources,
      SignalIntake intake,
      AddressLimit addressLimit,
      SignalIds ids,
      DeliveryMeters meters,
      Clock clock) {
    this(sources, intake, addressLimit, ids, meters, clock, Duration.ofSeconds(10));
  }

  /**
   * @param patience how long to wait for the record to be committed
   */
  WebhookReception(
      Sources sources,
      SignalIntake intake,
      AddressLimit addressLimit,
      SignalIds ids,
      DeliveryMeters meters,
      Clock clock,
      Duration patience) {
    this.sources = sources;
    this.intake = intake;
    this.addressLimit = addressLimit;
    this.sourceLimits = new RateLimits(clock, SOURCES_MAX);
    this.verifier = new StandardWebhooksVerifier(clock);
    this.ids = ids;
    this.meters = meters;
    this.clock = clock;
    this.patience = patience;
  }

  /** Judges a delivery and answers only after what must be on record is. Blocks until then. */
  WebhookAnswer receive(IncomingDelivery delivery) {
    Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    WebhookAnswer answer = judge(delivery, receivedAt);
    meters.count(delivery.source(), answer.label());
    return answer;
  }

  /** Answers a delivery whose announced length is too large to be read at all. Never blocks. */
  WebhookAnswer refuseUnread(String source, @Nullable String id, @Nullable String remoteAddress) {
    WebhookAnswer answer =
        limited(source, id, remoteAddress)
            .orElseGet(
                () -> {
                  record(source, id, remoteAddress, Cause.TOO_LARGE);
                  return new WebhookAnswer.TooLarge();
                });
    meters.count(source, answer.label());
    return answer;
  }

  /**
   * Puts on record that a delivery did not come to its end in time; there is nobody to answer.
   * Never blocks.
   */
  void refuseUnfinished(String source, @Nullable String id, @Nullable String remoteAddress) {
    WebhookAnswer limited = limited(source, id, remoteAddress).orElse(null);
    if (limited == null) {
      record(source, id, remoteAddress, Cause.TOO_SLOW);
    }
    meters.count(source, limited == null ? DeliveryMeters.TOO_SLOW : limited.label());
  }

  private WebhookAnswer judge(IncomingDelivery delivery, Instant receivedAt) {
    Optional<WebhookAnswer> limited =
        limited(delivery.source(), delivery.id(), delivery.remoteAddress());
    if (limited.isPresent()) {
      return limited.get();
    }
    if (delivery.body().length > BODY_BYTES_MAX) {
      record(delivery, Cause.TOO_LARGE);
      return new WebhookAnswer.TooLarge();
    }
    WebhookSource source = sources.find(delivery.source()).orElse(null);
    if (source == null) {
      record(delivery, Cause.UNKNOWN_SOURCE);
      return new WebhookAnswer.Refused();
    }
    return switch (authenticate(source, delivery)) {
      case Verification.Refused refused -> {
        record(delivery, refused.cause());
        yield new WebhookAnswer.Refused();
      }
      case Verification.Authentic authentic -> {
        long wait = sourceLimits.secondsToWait(source.name(), source.deliveriesPerMinute());
        if (wait > 0) {
          record(delivery, Cause.RATE_LIMITED);
          yield new WebhookAnswer.RateLimited(wait);
        }
        yield handOver(source, delivery.id(), authentic.body(), receivedAt);
      }
    };
  }

  private Optional<WebhookAnswer> limited(
      String source, @Nullable String id, @Nullable String remoteAddress) {
    return switch (addressLimit.admit(remoteAddress)) {
      case AddressLimit.Admission.Admitted a -> Optional.empty();
      case AddressLimit.Admission.Limited refused -> {
        if (refused.recorded()) {
          record(source, id, remoteAddress, Cause.RATE_LIMITED);
        }
        yield Optional.of(new WebhookAnswer.RateLimited(refused.retryAfterSeconds()));
      }
    };
  }

  private Verification authenticate(WebhookSource source, IncomingDelivery delivery) {
    if (!source.addresses().admits(delivery.remoteAddress())) {
      return new Verification.Refused(Cause.ADDRESS_NOT_ALLOWED);
    }
    if (source.certificateName() != null
        && !delivery.certificateNames().contains(source.certificateName())) {
      return new Verification.Refused(Cause.BAD_CLIENT_CERTIFICATE);
    }
    return switch (source.authentication()) {
      case Authentication.Signed signed -> {
        SigningKeys keys = signed.keys().current();
        boolean wrongDoor = delivery.pathToken() != null;
        yield keys == null || wrongDoor
            ? new Verification.Refused(Cause.BAD_SIGNATURE)
            : verifier.verify(delivery, keys);
      }
      case Authentication.Token token -> {
        TokenHashes hashes = token.hashes().current();
        yield hashes == null
            ? new Verification.Refused(Cause.BAD_TOKEN)
            : TokenVerifier.verify(delivery, hashes, token.field());
      }
    };
  }

  private WebhookAnswer handOver(
      WebhookSource source, @Nullable String sentId, byte[] body, Instant receivedAt) {
    Delivery delivery =
        new Delivery(
            ids.get(),
            source.name(),
            source.account(),
            sentId == null ? Sha256.hexOf(source.name(), body) : sentId,
            Sha256.hexOf(body),
            body,
            receivedAt);
    try {
      return switch (source.mapping().map(body, receivedAt)) {
        case MappingResult.Mapped mapped ->
            switch (await(intake.accept(delivery, mapped.signal()))) {
              case Receipt.Accepted a -> new WebhookAnswer.Accepted(a.signalId());
              case Receipt.Duplicate d -> new WebhookAnswer.Duplicate(d.signalId());
              case Receipt.Conflict c -> new WebhookAnswer.Conflict(c.firstSignalId());
            };
        case MappingResult.Invalid invalid ->
            switch (await(intake.acceptInvalid(delivery, invalid.problems()))) {
              case Receipt.Accepted a ->
                  new WebhookAnswer.Invalid(a.signalId(), invalid.problems());
              case Receipt.Duplicate d ->
                  new WebhookAnswer.Invalid(d.signalId(), invalid.problems());
              case Receipt.Conflict c -> new WebhookAnswer.Conflict(c.firstSignalId());
            };
      };
    } catch (IntakeUnavailableException e) {
      return new WebhookAnswer.Unavailable(RETRY_AFTER_SECONDS);
    }
  }

  /**
   * Waits for the commit. Past the patience the outcome is unknown to us: the sender is asked to
   * send again, and the delivery id makes that harmless.
   */
  private Receipt await(CompletionStage<Receipt> stage) {
    try {
      return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IntakeUnavailableException("no commit within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IntakeUnavailableException("interrupted while waiting for the commit", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IntakeUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("the intake failed", e.getCause());
    }
  }

  private void record(IncomingDelivery delivery, Cause cause) {
    record(delivery.source(), delivery.id(), delivery.remoteAddress(), cause);
  }

  private void record(
      String source, @Nullable String id, @Nullable String remoteAddress, Cause cause) {
    intake.recordRefusal(
        new RefusedDelivery(
            printable(source, SOURCE_CHARACTERS_KEPT),
            id == null ? null : printable(id, ID_CHARACTERS_KEPT),
            remoteAddress,
            cause,
            clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  /** Nobody vouches for these texts: they are cut, and only visible ASCII of them is kept. */
  private static String printable(String sent, int charactersMax) {
    String cut = sent.length() > charactersMax ? sent.substring(0, charactersMax) : sent;
    return cut.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
