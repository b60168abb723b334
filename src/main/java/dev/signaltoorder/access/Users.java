package dev.signaltoorder.access;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The users of one state of the users file. Immutable. */
final class Users {
  static final Users NONE = new Users(Map.of(), "");

  private final Map<String, User> byName;
  private final String fingerprint;

  private Users(Map<String, User> byName, String fingerprint) {
    this.byName = byName;
    this.fingerprint = fingerprint;
  }

  /**
   * Of users with different names.
   *
   * @param fingerprint tells these lines of the file from others
   */
  static Users of(Collection<User> users, String fingerprint) {
    Map<String, User> byName = new LinkedHashMap<>();
    users.forEach(user -> byName.put(user.name(), user));
    return new Users(byName, fingerprint);
  }

  /** Tells this state of the file from others; empty when there is no file. */
  String fingerprint() {
    return fingerprint;
  }

  Optional<User> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The user whose API token this is. Every token is compared, so the time tells nothing. */
  Optional<User> withToken(String token) {
    Optional<User> found = Optional.empty();
    for (User user : byName.values()) {
      if (user.credential() instanceof TokenHash hash && hash.matches(token)) {
        found = Optional.of(user);
      }
    }
    return found;
  }

  /** The user whose client certificate this is; the first one where a mark stands twice. */
  Optional<User> withCertificate(X509Certificate certificate) {
    return byName.values().stream()
        .filter(
            user -> user.credential() instanceof CertificateMark mark && mark.matches(certificate))
        .findFirst();
  }

  /** The dearest password's iterations, so that an unknown name costs no less than a known one. */
  int iterationsMax() {
    return byName.values().stream()
        .map(User::credential)
        .filter(PasswordHash.class::isInstance)
        .mapToInt(credential -> ((PasswordHash) credential).iterations())
        .max()
        .orElse(PasswordHash.DEFAULT_ITERATIONS);
  }

  int size() {
    return byName.size();
  }
}
