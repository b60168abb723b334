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

  /** A payload mapping: a preset, and what differs from it. */
  interface Mapping {
    /** {@code canonical}, {@code flat} or {@code tradingview}. */
    @WithDefault("canonical")
    String preset();

    /** Own places: {@code <field>=<JSON Pointer>}. */
    @WithParentName
    Map<String, String> pointers();

    /** Value translations: {@code values.<field>.<from>=<to>}; upper and lower case are one. */
    Map<String, Map<String, String>> values();

    /** Fixed values, whatever the payload says: {@code constants.<field>=<value>}. */
    Map<String, String> constants();
  }
}
