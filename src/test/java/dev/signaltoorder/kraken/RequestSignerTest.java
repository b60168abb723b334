package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four published vectors and five computed with the same formula. */
class RequestSignerTest {

  private static final String OFFICIAL =
      "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==";

  private static String sign(String secret, String nonce, String path, String body) {
    return RequestSigner.sign(
        Base64.getDecoder().decode(secret), path, nonce, body.getBytes(UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          official-addorder | official | 1616492376594 | /0/private/AddOrder | nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25 | 4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32bAb0nmbRn6H8ndwLUQ==
          krakenfx-sdk-golden | AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE= | 1700000000000000000 | /0/private/Balance | nonce=1700000000000000000 | 6i7+cpXVLDDnDOekgsRcgFQhkYFyPDSSxhSVA8OrA6vjziXcy2K1DP3n7f9B/Kgni71WjBSQusZKxduRsdF20Q==
          short-secret-balance | c2VjcmV0LWJ5dGVz | 1616492376594 | /0/private/Balance | nonce=1616492376594 | MXlPzaWDQ4iOKBwBeKgoW/L/83d4OVV32uhjtXqfX3ppjjFszscetgkpNCw5xvetcuaLYaj/Q0Aj3MpJMPw6NA==
          python-kraken-sdk-golden | cHl0aG9uLWtyYWtlbi1zZGsgdW5pdC10ZXN0IHNlY3JldCB2YWx1ZQ== | 1616492376594 | /0/private/AddOrder | nonce=1616492376594&ordertype=limit&pair=XBTUSD | Fo+0Uhanvs3F1byZFCjVBMLsCcRE2xLQMDpoA3Q9hawoZ0ZL35AmbknAQBlOIs4baRx9UGhzQH+/CTl9qnyp1w==
          form-clordid-oflags-encoded | official | 1616492376595 | /0/private/AddOrder | nonce=1616492376595&ordertype=limit&pair=XBTUSD&price=37500.1&type=buy&volume=1.25000000&oflags=post%2Cfciq&cl_ord_id=6d1b345e-2821-40e2-ad83-4ecb18a06876&deadline=2026-10-10T10%3A00%3A30Z | KHIAADAHhLwFJmSPB4KhZbypC/u5V5woniyJH2HGbfjS0rqAIECXU0F6+I14cCenkEqKhKwjhE/oMZ5JJj+5aw==
          form-relative-price-percent | official | 1616492376596 | /0/private/AddOrder | nonce=1616492376596&ordertype=trailing-stop&pair=XBTUSD&price=%2B1.5%25&type=sell&volume=0.5&expiretm=%2B60&close%5Bordertype%5D=limit&close%5Bprice%5D=40000.0 | NA8xGGc3hzaIOA/NXo5l7OWDyPLru75RPKjaE+tI76C3eYK+dqhAwm0+4WF02lMBy7TraoMyASB0s4jXe7Heug==
          form-otp | official | 1616492376597 | /0/private/Balance | nonce=1616492376597&otp=123456 | MLrKFcvZPNS58IKT3JsrqMd18g0cInfYj04SQBeAgG5N7M7w0uaD/V+/4lrSdtXiFIwyGuMN+woiN2Uo5JB8OA==
          json-body | official | 1616492376598 | /0/private/AddOrder | {"nonce":"1616492376598","ordertype":"market","type":"buy","pair":"XBTUSD","volume":"0.001","cl_ord_id":"da8e4ad59b78481c93e589746b0cf91f"} | FsPFN+A1Uovqymwxt1VZv5ERIhDPvHdl10uVWHz6OoHVyky2yWiSoyj6vgrhrdgQ7jm9SG0SYZouyBK6WDGYhw==
          nonce-nanos-max-u64 | official | 18446744073709551615 | /0/private/Balance | nonce=18446744073709551615 | Mmsf1qzw7toJw4Lp8saHlSw4td1mqP7TpAUTNmelk9jEFMRFz49ikM52HHDis34t+UpI4Up1hp9Ah5koCgsu7Q==
          """)
  void signsAsTheVectorsSay(
      String name, String secret, String nonce, String path, String body, String signature) {
    String signed = sign(secret.equals("official") ? OFFICIAL : secret, nonce, path, body);

    assertThat(signed).isEqualTo(signature);
  }

  @Test
  void oneOtherByteInTheBodyIsAnotherSignature() {
    String one = sign(OFFICIAL, "1", "/0/private/AddOrder", "nonce=1&volume=1.25");

    String other = sign(OFFICIAL, "1", "/0/private/AddOrder", "nonce=1&volume=1.26");

    assertThat(one).hasSize(88).isNotEqualTo(other);
  }

  @Test
  @DisplayName("signs as the vectors in ../shared say (skipped where that folder is absent)")
  void signsAsTheFileSays() throws IOException {
    Path file = Path.of("../shared/fixtures/kraken/signing-vectors.json");
    assumeTrue(Files.exists(file), "../shared is absent");
    JsonNode vectors = new ObjectMapper().readTree(file.toFile()).path("vectors");
    assertThat(vectors).hasSizeGreaterThanOrEqualTo(9);
    for (JsonNode vector : vectors) {
      String signed =
          sign(
              vector.path("secret").asText(),
              vector.path("nonce").asText(),
              vector.path("path").asText(),
              vector.path("body").asText());

      assertThat(signed)
          .as(vector.path("name").asText())
          .isEqualTo(vector.path("expectedApiSign").asText());
    }
  }
}
