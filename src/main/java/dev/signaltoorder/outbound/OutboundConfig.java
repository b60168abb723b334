package dev.signaltoorder.outbound;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** Who is told what, as text; {@link OutboundSettings} reads it. */
@ConfigMapping(prefix = "signal-to-order")
public interface OutboundConfig {

  /** Channels for people, by name. */
  Map<String, Channel> notifications();

  /** Receivers of the feed, by name. */
  Map<String, Receiver> feed();

  /** One channel. */
  interface Channel {
    /** {@code slack}, {@code telegram}, {@code email} or {@code webhook}. */
    Optional<String> type();

    /** Which classes of events; absent: all. With commas. */
    Optional<String> events();

    /** Slack: file with the address, which is a secret. */
    Optional<String> urlFile();

    /** Webhook: the address. */
    Optional<String> url();

    /** Webhook: file with one or two {@code whsec_} secrets. */
    Optional<String> secretFile();

    /** Telegram: file with the bot's token. */
    Optional<String> tokenFile();

    /** Telegram: the chat. */
    Optional<String> chatId();

    /** E-mail: the recipient. */
    Optional<String> to();
  }

  /** One receiver. */
  interface Receiver {
    /** The address. */
    Optional<String> url();

    /** File with one or two {@code whsec_} secrets. */
    Optional<String> secretFile();

    /** Which types of events; absent: all. With commas. */
    Optional<String> events();

    /** Which fields of an event's data beside the ids; absent: all. With commas. */
    Optional<String> fields();
  }
}
