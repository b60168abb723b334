package dev.signaltoorder.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks names and passwords. Browsers send both with every request, and a hash is dear on purpose,
 * so a password that was right is remembered for {@value #REMEMBERED_MINUTES} minutes under a keyed
 * hash whose key lives only in this process; it counts only while the user is the one that was
 * checked: a users file that was read again makes all passwords be checked again.
 *
 * <p>Strangers and those who have signed in from the same place before do not wait for each other:
 * a flood of guesses fills only the lane of strangers.
 */
@ApplicationScoped
class PasswordVerifier {
  static final int REMEMBERED_MINUTES = 5;

  private static final String MAC = "HmacSHA256";
  private static final int REMEMBERED_MAX = 1_000;
  private static final int PASSWORD_LENGTH_MAX = 1_024;

  private final UserDirectory directory;
  private final Cache<ByteBuffer, User> remembered;
  private final SecureRandom random = new SecureRandom();
  private final SecretKey rememberingKey;
  // Half the cores at most: guessing must not take the processor away from trading.
  private final HashingLane strangers =
      new HashingLane(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  private final HashingLane known = new HashingLane(1);

  @Inject
  PasswordVerifier(UserDirectory directory) {
    this(directory, Ticker.systemTicker());
  }

  PasswordVerifier(UserDirectory directory, Ticker ticker) {
    this.directory = directory;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .expireAfterWrite(Duration.ofMinutes(REMEMBERED_MINUTES))
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.rememberingKey = new SecretKeySpec(key, MAC);
  }

  /** The user with this name and password when that was found right a short while ago: cheap. */
  Optional<User> remembered(String name, char[] password) {
    if (password.length > PASSWORD_LENGTH_MAX) {
      return Optional.empty();
    }
    User user = remembered.getIfPresent(key(name, password));
    return directory.users().named(name).filter(current -> isSame(current, user));
  }

  // By identity on purpose: users that were read again are others, even with equal lines.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(User current, @Nullable User checked) {
    return current == checked;
  }

  /**
   * The user with this name and password. Costs the same for every name, whether or not it exists
   * and however dear its own hash is; only who knows the password is answered sooner.
   *
   * @param isKnown whether this name has signed in from the same place lately
   * @throws HashingLane.BusyException when too many others are being checked to say
   */
  Optional<User> verified(String name, char[] password, boolean isKnown)
      throws HashingLane.BusyException {
    if (password.length > PASSWORD_LENGTH_MAX) {
      return Optional.empty();
    }
    Users users = directory.users();
    Optional<User> user =
        users.named(name).filter(found -> found.credential() instanceof PasswordHash);
    Credential credential = user.isPresent() ? user.get().credential() : null;
    int dearest = users.iterationsMax();
    PasswordHash hash =
        credential instanceof PasswordHash found ? found : PasswordHash.decoy(dearest, random);
    HashingLane lane = isKnown ? known : strangers;
    if (!lane.check(() -> matches(hash, password, dearest))) {
      return Optional.empty();
    }
    user.ifPresent(found -> remembered.put(key(name, password), found));
    return user;
  }

  private boolean matches(PasswordHash hash, char[] password, int dearest) {
    if (hash.matches(password)) {
      return true;
    }
    // What a name without a user costs more than this one, so that the time tells no names.
    if (hash.iterations() < dearest) {
      PasswordHash.decoy(dearest - hash.iterations(), random).matches(password);
    }
    return false;
  }

  private ByteBuffer key(String name, char[] password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(rememberingKey);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
      return ByteBuffer.wrap(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }
}
