package dev.signaltoorder.signal;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/** Which secrets the sources are checked with. */
@Singleton
public class SourceSecrets {
  private final Sources sources;

  SourceSecrets(Sources sources) {
    this.sources = sources;
  }

  /**
   * A fingerprint of each source's secrets in force, by the source's name; 12 hexadecimal digits.
   * May read files that have changed.
   */
  public Map<String, String> fingerprints() {
    Map<String, String> found = new TreeMap<>();
    for (WebhookSource source : sources.all()) {
      String fingerprint =
          switch (source.authentication()) {
            case Authentication.Signed signed -> signed.keys().fingerprint();
            case Authentication.Token token -> token.hashes().fingerprint();
          };
      found.put(source.name(), fingerprint);
    }
    return found;
  }
}
