package dev.signaltoorder.signal;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Which sources should send, as configured. */
@Singleton
public class ExpectedSources {
  private final Sources sources;

  ExpectedSources(Sources sources) {
    this.sources = sources;
  }

  /** Sources of that account, with the silence after which an alarm is due. */
  public Map<String, Duration> longestSilence(String account) {
    Map<String, Duration> expected = new TreeMap<>();
    for (WebhookSource source : sources.all()) {
      Duration silence = source.longestSilence();
      if (silence != null && source.account().equals(account)) {
        expected.put(source.name(), silence);
      }
    }
    return expected;
  }
}
