package dev.signaltoorder.trading;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A state as bytes and back. Whatever changes in what is folded, or how, needs another {@link
 * #FORMAT} or another version of the program: a state of another version is never read, the facts
 * are folded instead.
 */
final class StateCodec {
  private static final int FORMAT = 10;

  private final ObjectMapper json =
      FactCodec.newMapper()
          .addMixIn(OrderState.class, NamedState.class)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** The states of an order by name; {@code final} follows from the name. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonIgnoreProperties("final")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OrderState.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = OrderState.InDoubt.class, name = "in-doubt"),
    @JsonSubTypes.Type(value = OrderState.Quarantined.class, name = "quarantined"),
    @JsonSubTypes.Type(value = OrderState.Open.class, name = "open"),
    @JsonSubTypes.Type(value = OrderState.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = OrderState.NotPlaced.class, name = "not-placed"),
    @JsonSubTypes.Type(value = OrderState.PresumedAbsent.class, name = "presumed-absent"),
    @JsonSubTypes.Type(value = OrderState.Ended.class, name = "ended")
  })
  private interface NamedState {}

  /** What states of this program, in this format, are called. */
  static String version(String program) {
    return program + "/" + FORMAT;
  }

  byte[] encode(StateImage image) {
    try {
      return json.writeValueAsBytes(image);
    } catch (IOException e) {
      throw new UncheckedIOException("the state cannot be written", e);
    }
  }

  /**
   * The state that was written.
   *
   * @throws UncheckedIOException when the bytes are none of this format
   */
  StateImage decode(byte[] bytes) {
    try {
      return json.readValue(bytes, StateImage.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a saved state cannot be read", e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
