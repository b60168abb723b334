package dev.signaltoorder.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginFilterTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "absent",
      value = {
        "absent, absent, service:8080",
        "same-origin, https://service:8080, service:8080",
        "none, absent, service:8080",
        "absent, http://service:8080, SERVICE:8080",
      })
  void ownPagesAndProgramsMayAct(String site, String origin, String host) {
    assertThat(SameOriginFilter.isOwn(site, origin, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "absent",
      value = {
        "cross-site, absent, service:8080",
        "same-site, http://service:8080, service:8080",
        "absent, http://evil.example, service:8080",
        "absent, http://service:8081, service:8080",
        "absent, null, service:8080",
        "absent, not an origin, service:8080",
        "same-origin, http://evil.example, service:8080",
        "absent, http://service:8080, absent",
      })
  void pagesOfOtherSitesMayNot(String site, String origin, String host) {
    assertThat(SameOriginFilter.isOwn(site, origin, host)).isFalse();
  }
}
