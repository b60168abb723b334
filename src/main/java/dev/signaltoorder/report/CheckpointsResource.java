package dev.signaltoorder.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signaltoorder.journal.Checkpointing;
import dev.signaltoorder.journal.EvidenceReader;
import dev.signaltoorder.journal.LogStatus;
import dev.signaltoorder.journal.ReportStatus;
import dev.signaltoorder.journal.StoredCheckpoint;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Signed checkpoints, and proofs between them. */
@Path("/audit")
@RolesAllowed("reviewer")
class CheckpointsResource {
  private static final String NOTES = "text/plain";

  private final EvidenceReader reader;
  private final Checkpointing checkpointing;

  CheckpointsResource(EvidenceReader reader, Checkpointing checkpointing) {
    this.reader = reader;
    this.checkpointing = checkpointing;
  }

  /** Newest first, in pages; as plain text the notes alone, one after the other. */
  @GET
  @Path("/checkpoints")
  @Produces({MediaType.APPLICATION_JSON, NOTES})
  public Response checkpoints(@Context UriInfo uri, @Context HttpHeaders headers) {
    EvidenceParameters parameters =
        new EvidenceParameters(uri.getQueryParameters(), List.of("account", "cursor", "limit"));
    String account = parameters.account();
    StoredCheckpoint before = parameters.cursor();
    int limit = parameters.limit();
    parameters.done();
    List<StoredCheckpoint> found = reader.page(account, before, limit + 1);
    boolean more = found.size() > limit;
    List<StoredCheckpoint> page = more ? found.subList(0, limit) : found;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("checkpoints", json(page));
    body.put("nextCursor", more ? EvidenceParameters.cursor(page.getLast()) : null);
    return answer(headers, page, body);
  }

  /**
   * The largest of each account, and what this process knows of each account's log and of the
   * report's rows.
   */
  @GET
  @Path("/checkpoints/latest")
  @Produces({MediaType.APPLICATION_JSON, NOTES})
  public Response latest(@Context UriInfo uri, @Context HttpHeaders headers) {
    new EvidenceParameters(uri.getQueryParameters(), List.of()).done();
    List<StoredCheckpoint> latest = reader.latest();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("checkpoints", json(latest));
    ArrayNode logs = body.putArray("logs");
    for (LogStatus log : checkpointing.status()) {
      logs.addObject()
          .put("account", log.account())
          .put("facts", log.facts())
          .put("signedFacts", log.signedFacts())
          .put("verifiedFacts", log.verifiedFacts())
          .put("contradiction", log.contradiction());
    }
    ReportStatus report = checkpointing.report();
    ObjectNode rows =
        body.putObject("report")
            .put("verifiedSignals", report.verifiedSignals())
            .put("differingSignals", report.differing());
    ObjectNode contradictions = rows.putObject("contradictions");
    report.contradictions().forEach(contradictions::put);
    return answer(headers, latest, body);
  }

  /** That fact {@code seq} is among the first {@code size} facts of {@code account}. */
  @GET
  @Path("/proofs/inclusion")
  @Produces(MediaType.APPLICATION_JSON)
  public Response inclusion(@Context UriInfo uri) {
    EvidenceParameters parameters =
        new EvidenceParameters(uri.getQueryParameters(), List.of("account", "seq", "size"));
    String account = parameters.requiredAccount();
    long seq = parameters.number("seq");
    long size = parameters.number("size");
    if (seq >= size) {
      parameters.problem("seq: is not below size; allowed: 0 to size - 1");
    }
    parameters.done();
    return proof(
        reader.inclusion(account, seq, size),
        JsonNodeFactory.instance
            .objectNode()
            .put("account", account)
            .put("seq", seq)
            .put("size", size));
  }

  /** That the first {@code second} facts of {@code account} begin with its first {@code first}. */
  @GET
  @Path("/proofs/consistency")
  @Produces(MediaType.APPLICATION_JSON)
  public Response consistency(@Context UriInfo uri) {
    EvidenceParameters parameters =
        new EvidenceParameters(uri.getQueryParameters(), List.of("account", "first", "second"));
    String account = parameters.requiredAccount();
    long first = parameters.number("first");
    long second = parameters.number("second");
    if (first > second) {
      parameters.problem("first: is above second; allowed: 0 to second");
    }
    parameters.done();
    return proof(
        reader.consistency(account, first, second),
        JsonNodeFactory.instance
            .objectNode()
            .put("account", account)
            .put("first", first)
            .put("second", second));
  }

  private static Response proof(Optional<List<String>> hashes, ObjectNode body) {
    if (hashes.isEmpty()) {
      return ReportProblem.notFound("this account has not so many facts");
    }
    ArrayNode proof = body.putArray("proof");
    hashes.get().forEach(proof::add);
    return Response.ok(body.toString(), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private static Response answer(
      HttpHeaders headers, List<StoredCheckpoint> checkpoints, ObjectNode body) {
    MediaType wanted = headers.getAcceptableMediaTypes().getFirst();
    boolean notes = wanted.getType().equals("text") && wanted.getSubtype().equals("plain");
    Response.ResponseBuilder answer =
        notes
            ? Response.ok(
                checkpoints.stream().map(StoredCheckpoint::note).collect(Collectors.joining()),
                NOTES + "; charset=utf-8")
            : Response.ok(body.toString(), MediaType.APPLICATION_JSON_TYPE);
    return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static ArrayNode json(List<StoredCheckpoint> checkpoints) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (StoredCheckpoint checkpoint : checkpoints) {
      list.addObject()
          .put("account", checkpoint.account())
          .put("origin", checkpoint.origin())
          .put("size", checkpoint.size())
          .put("root", checkpoint.root())
          .put("keyId", checkpoint.keyId())
          .put("recordedAt", checkpoint.recordedAt().toString())
          .put("note", checkpoint.note());
    }
    return list;
  }
}
