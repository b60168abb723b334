package dev.signaltoorder.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem body after RFC 9457.
 *
 * @param type URI that names the kind of problem; {@code about:blank} when the status says it all
 * @param title the kind in a few words, the same for every occurrence
 * @param status HTTP status, 400 to 599
 * @param detail what to know about this occurrence, without secrets, or null
 * @param instance URI reference of this occurrence ({@code urn:uuid:…}), or null
 * @param errors every single thing that is wrong, possibly empty
 */
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    List<FieldError> errors) {

  /** Media type of every error body of this service. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:signal-to-order:problem:";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One thing that is wrong.
   *
   * @param field where: a JSON Pointer or a parameter's name
   * @param problem what is wrong there
   * @param allowed what would have been right
   */
  public record FieldError(String field, String problem, String allowed) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem that its status explains: type {@code about:blank}, the status' own phrase. */
  public static Problem ofStatus(int status, @Nullable String detail) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? phraseOf(status) : known.getReasonPhrase();
    return new Problem("about:blank", title, status, detail, null, List.of());
  }

  /**
   * A problem of a kind of its own.
   *
   * @param kind lower-case words joined by dashes, the end of the type URI
   */
  public static Problem of(String kind, String title, int status, @Nullable String detail) {
    return new Problem(TYPE_PREFIX + kind, title, status, detail, null, List.of());
  }

  /** The same problem, naming this occurrence. */
  public Problem withInstance(String occurrence) {
    return new Problem(type, title, status, detail, occurrence, errors);
  }

  /** The same problem, with all that is wrong. */
  public Problem withErrors(List<FieldError> all) {
    return new Problem(type, title, status, detail, instance, all);
  }

  /** The body as UTF-8 JSON; members without a value are left out. */
  public byte[] toJson() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", type).put("title", title).put("status", status);
    if (detail != null) {
      body.put("detail", detail);
    }
    if (instance != null) {
      body.put("instance", instance);
    }
    if (!errors.isEmpty()) {
      ArrayNode list = body.putArray("errors");
      for (FieldError error : errors) {
        list.addObject()
            .put("field", error.field())
            .put("problem", error.problem())
            .put("allowed", error.allowed());
      }
    }
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers always has a JSON form", e);
    }
  }

  /** A finished answer: status, media type, body, never cached. */
  public Response toResponse() {
    // Bytes, not the record: no body writer has to know this media type, in a native image either.
    return Response.status(status)
        .type(MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .entity(toJson())
        .build();
  }

  private static String phraseOf(int status) {
    return switch (status) {
      case 422 -> "Unprocessable Content";
      case 425 -> "Too Early";
      default -> status < 500 ? "Request refused" : "Server error";
    };
  }
}
