package dev.signaltoorder.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The webhook sources, {@code signal-to-order.sources.<name>.*}. Everything is text here, so that
 * binding never fails: {@link Sources} reads it and lists every problem.
 */
@ConfigMapping(prefix = "signal-to-order.sources")
public interface SourcesConfig {

  /** The sources by name; the name is the path segment after {@code /webhooks/}. */
  @WithParentName
  Map<String, Source> sources();

  /** One source. */
  interface Source {
    /** {@code standard-webhooks} or {@code token}. */
    Optional<String> auth();

    /** File with one secret a line; re-read when it changes. */
    Optional<String> secretsFile();

    /** The Kraken account this source trades on; may be left out when there is only one. */
    Optional<String> account();

    /** How old a signal may be when it is traded ({@code 90s}, {@code PT90S}); absent: no limit. */
    Optional<String> maxAge();

    /**
     * For {@code token}: JSON Pointer of the body field with the token; absent: the token is the
     * last path segment.
     */
    Optional<String> tokenField();

    /** A source that should send: silence longer than this alarms ({@code 30m}); absent: it may. */
    Optional<String> alarmAfterSilence();

    /** Addresses and CIDR ranges that may deliver; absent: all. */
    Optional<List<String>> allowedAddresses();

    /** Common name that the client's verified TLS certificate must carry; absent: none needed. */
    Optional<String> clientCertificate();

    /** Authentic deliveries a minute. */
    @WithDefault("120")
    String rateLimit();

    /** Quote currencies to replace in pairs, {@code quote-map.USDT=USD}. */
    Map<String, String> quoteMap();

    /** Where the fields of a signal stand in this source's payload. */
    Mapping mapping();
  }

  /** A payload mapping: a preset, and the places (JSON Pointers) that differ from it. */
  interface Mapping extends Fields {
    /** {@code canonical}, {@code flat} or {@code tradingview}. */
    @WithDefault("canonical")
    String preset();

    /** Value translations. */
    Translations values();

    /** Fixed values, whatever the payload says: {@code constants.<field>=<value>}. */
    Fields constants();
  }

  /**
   * A text for each field. Names of several words are spelt out here, because an environment
   * variable can only be matched to a name that is known; all others are in the map.
   */
  interface Fields {
    @WithParentName
    Map<String, String> named();

    Optional<String> orderType();

    Optional<String> limitPrice();

    Optional<String> entryZoneLow();

    Optional<String> entryZoneHigh();

    Optional<String> stopLoss();

    Optional<String> takeProfits();

    Optional<String> takeProfitPrice();

    Optional<String> takeProfitShare();

    Optional<String> sizeUnit();

    Optional<String> sizeValue();

    Optional<String> riskLevel();

    Optional<String> expiresAt();
  }

  /** {@code <field>.<from>=<to>}; upper and lower case of the sender's value are one. */
  interface Translations {
    @WithParentName
    Map<String, Map<String, String>> named();

    Map<String, String> orderType();

    Map<String, String> sizeUnit();
  }
}
