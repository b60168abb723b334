package dev.signaltoorder.kraken;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Kraken's dead man's switch, as CancelAllOrdersAfter shows it.
 *
 * @param now Kraken's clock
 * @param cancelsAt when all of the account's orders will be cancelled, null when it is off
 */
public record CancelAllTimer(Instant now, @Nullable Instant cancelsAt) {}
