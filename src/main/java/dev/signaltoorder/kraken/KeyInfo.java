package dev.signaltoorder.kraken;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What GetApiKeyInfo says of a key, as far as it matters here. Never the key, its name or the IBAN.
 *
 * @param permissions Kraken's names; a name that is not one shows as "?"
 * @param validUntil when the key expires, null if never
 * @param queryFrom nothing older is shown to the key, null without such a limit
 * @param queryTo nothing newer is shown to the key, null without such a limit
 * @param addressRestricted the key works only from listed addresses
 */
public record KeyInfo(
    List<String> permissions,
    @Nullable Instant validUntil,
    @Nullable Instant queryFrom,
    @Nullable Instant queryTo,
    boolean addressRestricted) {}
