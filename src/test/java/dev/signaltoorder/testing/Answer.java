package dev.signaltoorder.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** An HTTP answer of the service. */
public record Answer(int status, HttpHeaders headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + this, e);
    }
  }

  /** The signal's id: of a success in the body, of a recorded problem in {@code instance}. */
  public String signalId() {
    return status < 300
        ? json().required("signalId").textValue()
        : json().required("instance").textValue().substring("urn:uuid:".length());
  }

  /** A header's value, or "". */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
