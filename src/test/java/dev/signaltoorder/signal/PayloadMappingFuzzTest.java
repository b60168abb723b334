package dev.signaltoorder.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the mapping answers: a signal or its problems. */
class PayloadMappingFuzzTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-22T10:15:31Z");
  private static final String[] HOSTILE = {
    "null",
    "{}",
    "[]",
    "\"\"",
    "-0",
    "1e999999999",
    "1e-999999999",
    "\"1e9999\"",
    "true",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"NaN\"",
    "NaN",
    "[[[[[[[[]]]]]]]]",
    "{\"a\":{\"a\":{}}}",
    "\"9999-12-31T23:59:59.999999999+18:00\"",
    "\"2026-11-22T10:15:30-00:00\"",
    "99999999999999999999",
    "\"\u202e\"",
    "0.000000000000000000000000000001",
    "\"BUY\"",
    "\"short\"",
    "{\"price\":{}}",
    "[{\"price\":1,\"share\":1},null,[],7]"
  };

  @Test
  void neverThrowsAndNeverAnswersWithoutAReason() {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("PayloadMappingFuzzTest: -Dfuzz.seed=" + seed);
    Random random = new Random(seed);
    List<PayloadMapping> mappings =
        Arrays.stream(MappingPreset.values())
            .map(preset -> new PayloadMapping("fuzz", MappingRules.of(preset)))
            .toList();
    int valid = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = random.nextInt(3) == 0 ? withBytesChanged(random) : withValueReplaced(random);
      PayloadMapping mapping = mappings.get(random.nextInt(4) == 0 ? random.nextInt(3) : 0);

      MappingResult result = mapping.map(body, RECEIVED);

      switch (result) {
        case MappingResult.Mapped mapped -> {
          valid++;
          assertSound(mapped.signal(), new String(body, UTF_8));
        }
        case MappingResult.Invalid invalid ->
            assertThat(invalid.problems()).as(new String(body, UTF_8)).isNotEmpty();
      }
    }
    // Otherwise the generator only makes rubbish and the checks above see nothing.
    assertThat(valid).isGreaterThan(250);
  }

  private static void assertSound(Signal signal, String body) {
    assertThat(signal.strategy()).as(body).isNotBlank().hasSizeLessThanOrEqualTo(64);
    assertThat(signal.pair()).as(body).matches("[A-Za-z0-9._/:-]{2,32}");
    if (signal.limitPrice() != null) {
      assertThat(signal.limitPrice()).as(body).isPositive();
      assertThat(signal.limitPrice().scale()).as(body).isBetween(0, 36);
    }
    if (signal.entryZone() != null) {
      assertThat(signal.entryZone().low()).as(body).isLessThanOrEqualTo(signal.entryZone().high());
    }
    if (signal.size() != null) {
      assertThat(signal.size().value()).as(body).isPositive();
    }
  }

  private static byte[] withBytesChanged(Random random) {
    byte[] body = PayloadMappingTest.CANONICAL.getBytes(UTF_8);
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return body;
  }

  private static byte[] withValueReplaced(Random random) {
    String body = PayloadMappingTest.CANONICAL;
    for (int changes = random.nextInt(2); changes >= 0; changes--) {
      int colon = body.indexOf(':', random.nextInt(body.length()));
      int end = colon < 0 ? -1 : endOfValue(body, colon + 1);
      if (end > 0) {
        String value = HOSTILE[random.nextInt(HOSTILE.length)];
        body = body.substring(0, colon + 1) + value + body.substring(end);
      }
    }
    return body.getBytes(UTF_8);
  }

  private static int endOfValue(String body, int from) {
    int end = from;
    while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
