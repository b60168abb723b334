package dev.signaltoorder.outbound;

import dev.signaltoorder.problem.ConfigurationProblem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link OutboundConfig}; never throws for a wrong value, never repeats a secret.
 *
 * @param outlets those that are well configured
 * @param problems what is wrong; when not empty, the rest is not to be used
 */
record OutboundSettings(List<Described> outlets, List<ConfigurationProblem> problems) {
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,31}";
  private static final List<String> TYPES = List.of("slack", "telegram", "email", "webhook");

  /**
   * An outlet before it has what it sends with.
   *
   * @param name see {@link Outlet}
   * @param secret file with the secret; null for e-mail
   * @param url of a webhook, else null
   * @param recipient chat or mail address, else ""
   */
  record Described(
      String name,
      String type,
      Set<String> events,
      Set<String> fields,
      @Nullable SecretFile secret,
      @Nullable URI url,
      String recipient) {}

  static OutboundSettings read(OutboundConfig config) {
    Reading reading = new Reading();
    config.notifications().forEach(reading::channel);
    config.feed().forEach(reading::receiver);
    return new OutboundSettings(List.copyOf(reading.outlets), List.copyOf(reading.problems));
  }

  /** An address that may be posted to: https, or http on this machine only; no user in it. */
  static Optional<URI> address(String text) {
    try {
      URI address = URI.create(text.strip());
      String host = address.getHost();
      boolean loopback =
          host != null
              && (host.equals("localhost") || host.equals("[::1]") || host.startsWith("127."));
      boolean safe =
          "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && loopback);
      return safe && host != null && address.getUserInfo() == null
          ? Optional.of(address)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class Reading {
    private final List<Described> outlets = new ArrayList<>();
    private final List<ConfigurationProblem> problems = new ArrayList<>();

    void channel(String name, OutboundConfig.Channel channel) {
      String prefix = "signal-to-order.notifications." + name + ".";
      named(prefix, name);
      String type = channel.type().orElse("").strip();
      Set<String> events =
          some(prefix + "events", channel.events(), new NoticeTranslator().types(), true);
      String key = "notifications." + name;
      switch (type) {
        case "slack" ->
            add(key, type, events, file(prefix + "url-file", channel.urlFile()), null, "");
        case "telegram" ->
            add(
                key,
                type,
                events,
                file(prefix + "token-file", channel.tokenFile()),
                null,
                text(
                    prefix + "chat-id",
                    channel.chatId(),
                    "-?[0-9]{1,20}|@\\w{1,64}",
                    "a chat's number or @name"));
        case "email" ->
            add(
                key,
                type,
                events,
                null,
                null,
                text(
                    prefix + "to",
                    channel.to(),
                    "[^\\s@,;]{1,64}@[^\\s@,;]{1,190}",
                    "one mail address"));
        case "webhook" ->
            add(
                key,
                type,
                events,
                file(prefix + "secret-file", channel.secretFile()),
                url(prefix + "url", channel.url()),
                "");
        default ->
            problem(
                prefix + "type",
                type.isEmpty() ? "is missing" : "\"" + type + "\" is not known",
                String.join(", ", TYPES));
      }
    }

    void receiver(String name, OutboundConfig.Receiver receiver) {
      String prefix = "signal-to-order.feed." + name + ".";
      named(prefix, name);
      FeedTranslator all = new FeedTranslator(Set.of());
      outlets.add(
          new Described(
              "feed." + name,
              "webhook",
              some(prefix + "events", receiver.events(), all.types(), true),
              some(prefix + "fields", receiver.fields(), FeedTranslator.fields(), false),
              file(prefix + "secret-file", receiver.secretFile()),
              url(prefix + "url", receiver.url()),
              ""));
    }

    private void add(
        String name,
        String type,
        Set<String> events,
        @Nullable SecretFile secret,
        @Nullable URI url,
        String recipient) {
      outlets.add(new Described(name, type, events, Set.of(), secret, url, recipient));
    }

    private void named(String prefix, String name) {
      if (!name.matches(NAME)) {
        problem(prefix.substring(0, prefix.length() - 1), "is no usable name", NAME);
      }
    }

    /**
     * @param allIfAbsent whether "absent" gives all, or none (which means: no selection)
     */
    private Set<String> some(
        String name, Optional<String> text, Set<String> allowed, boolean allIfAbsent) {
      if (text.isEmpty()) {
        return allIfAbsent ? allowed : Set.of();
      }
      Set<String> chosen = new LinkedHashSet<>();
      Arrays.stream(text.get().split(",", -1)).map(String::strip).forEach(chosen::add);
      for (String each : chosen) {
        if (!allowed.contains(each)) {
          problem(name, "\"" + each + "\" is not known", String.join(", ", allowed));
        }
      }
      return chosen;
    }

    private String text(String name, Optional<String> text, String form, String allowed) {
      String value = text.orElse("").strip();
      if (!value.matches(form)) {
        problem(name, value.isEmpty() ? "is missing" : "is not of this form", allowed);
      }
      return value;
    }

    private @Nullable URI url(String name, Optional<String> text) {
      Optional<URI> address = text.flatMap(OutboundSettings::address);
      if (address.isEmpty()) {
        problem(
            name,
            text.isEmpty() ? "is missing" : "is no such address",
            "an https address without user and password; http on this machine only");
      }
      return address.orElse(null);
    }

    private @Nullable SecretFile file(String name, Optional<String> text) {
      String allowed = "path of a readable file";
      if (text.isEmpty()) {
        problem(name, "is missing", allowed);
        return null;
      }
      try {
        Path path = Path.of(text.get().strip());
        if (Files.isRegularFile(path) && Files.isReadable(path)) {
          return new SecretFile(path);
        }
        problem(name, "the file cannot be read", allowed);
      } catch (InvalidPathException e) {
        problem(name, "is no path on this system", allowed);
      }
      return null;
    }

    private void problem(String name, String problem, String allowed) {
      problems.add(new ConfigurationProblem(name, problem, allowed));
    }
  }
}
