package dev.signaltoorder.signal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A configured source, read and checked.
 *
 * @param name path segment and name in the records
 * @param account the Kraken account it trades on
 * @param authentication how its deliveries prove themselves
 * @param addresses from where it may deliver
 * @param certificateName common name its TLS certificate must carry, or null
 * @param deliveriesPerMinute how many authentic deliveries are taken
 * @param longestSilence after which silence alarms, or null
 * @param mapping from its payload to a signal
 */
record WebhookSource(
    String name,
    String account,
    Authentication authentication,
    AddressList addresses,
    @Nullable String certificateName,
    int deliveriesPerMinute,
    @Nullable Duration longestSilence,
    PayloadMapping mapping) {}
