package dev.signaltoorder.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookChecksumTest {

  /** The worked example of Kraken's guide "Book checksum (WebSocket v2)". */
  @Test
  void theExampleOfKrakensGuideHasItsChecksum() {
    List<Depth.Level> asks =
        levels(
            "45285.2 0.00100000, 45286.4 1.54571953, 45286.6 1.54571109, 45289.6 1.54560911,"
                + " 45290.2 0.15890660, 45291.8 1.54553491, 45294.7 0.04454749, 45296.1"
                + " 0.35380000, 45297.5 0.09945542, 45299.5 0.18772827");
    List<Depth.Level> bids =
        levels(
            "45283.5 0.10000000, 45283.4 1.54582015, 45282.1 0.10000000, 45281.0 0.10000000,"
                + " 45280.3 1.54592586, 45279.0 0.07990000, 45277.6 0.03310103, 45277.5"
                + " 0.30000000, 45277.3 1.54602737, 45276.6 0.15445238");

    assertThat(BookChecksum.of(asks, bids, 1, 8)).isEqualTo(3310070434L);
  }

  @Test
  void onlyTheTenBestLevelsCount() {
    List<Depth.Level> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(new Depth.Level(new BigDecimal("10" + i + ".0"), BigDecimal.ONE));
    }
    List<Depth.Level> eleven = new ArrayList<>(ten);
    eleven.add(new Depth.Level(new BigDecimal("200.0"), BigDecimal.ONE));

    assertThat(BookChecksum.of(eleven, ten, 1, 8)).isEqualTo(BookChecksum.of(ten, ten, 1, 8));
    assertThat(BookChecksum.of(ten, ten.reversed(), 1, 8))
        .isNotEqualTo(BookChecksum.of(ten, ten, 1, 8));
  }

  private static List<Depth.Level> levels(String text) {
    List<Depth.Level> levels = new ArrayList<>();
    for (String level : text.split(",\\s*", -1)) {
      String[] parts = level.split("\\s+", -1);
      levels.add(new Depth.Level(new BigDecimal(parts[0]), new BigDecimal(parts[1])));
    }
    return levels;
  }
}
