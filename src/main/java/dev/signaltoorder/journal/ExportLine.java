package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/** Writes the lines of an export: RFC 8785 JSON, a line feed after each. */
final class ExportLine {
  /** Names the form; another form gets another number. */
  static final String FORMAT = "signal-to-order-export/1";

  private final OutputStream out;
  private final MessageDigest digest = Merkle.newSha256();

  ExportLine(OutputStream out) {
    this.out = out;
  }

  static ObjectNode of(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** A fact, with the names of columns that contradict its bytes, if there are any. */
  static ObjectNode of(StoredFact fact) {
    ObjectNode line =
        of("fact")
            .put("account", fact.account())
            .put("seq", fact.seq())
            .put("leafHash", ExactBase64.encode(fact.leafHash()))
            .put("raw", base64(fact.raw()));
    try {
      line.put(
          "canonical",
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(fact.canonical())).toString());
    } catch (CharacterCodingException e) {
      // Never written like this: somebody changed it. The reader shall see what is there.
      line.put("canonicalBase64", ExactBase64.encode(fact.canonical()));
    }
    List<String> contradicting = fact.contradictingColumns();
    if (!contradicting.isEmpty()) {
      line.set("contradicting", texts(contradicting));
    }
    return line;
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : ExactBase64.encode(bytes);
  }

  void write(ObjectNode line) throws IOException {
    byte[] bytes = canonical(line.toString().getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    digest.update((byte) '\n');
    out.write(bytes);
    out.write('\n');
  }

  /** The last line: how many facts, and the hash of all bytes before it. */
  void end(long facts) throws IOException {
    write(of("end").put("facts", facts).put("sha256", HexFormat.of().formatHex(digest.digest())));
    out.flush();
  }

  static byte[] canonical(byte[] json) throws IOException {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
