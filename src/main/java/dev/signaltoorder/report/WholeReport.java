package dev.signaltoorder.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.signaltoorder.problem.Problem;
import dev.signaltoorder.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The report with all its rows in one answer, which is streamed: the memory in use does not grow
 * with their number. An answer that was cut off ends without the last chunk of HTTP, and as JSON in
 * the middle.
 */
@Singleton
class WholeReport {
  /** So many rows will come, as counted right before the first one. */
  static final String ROWS_HEADER = "Report-Rows";

  private static final String ALL = "all";

  /** One holds a connection of the pool for as long as its reader takes. */
  private static final int AT_ONCE = 2;

  private final ReportReader reader;
  private final ReportRows rows;
  private final ObjectMapper json;
  private final Semaphore free = new Semaphore(AT_ONCE);

  WholeReport(ReportReader reader, ReportRows rows, ObjectMapper json) {
    this.reader = reader;
    this.rows = rows;
    this.json = json;
  }

  /** Whether all rows are asked for, rightly or wrongly. */
  static boolean isAsked(MultivaluedMap<String, String> given) {
    return given.containsKey(ALL);
  }

  /**
   * Streams; 503 while two others are being read.
   *
   * @param form CSV, else JSON
   * @throws ReportQueryException naming each wrong parameter
   */
  Response answer(MultivaluedMap<String, String> given, Representation form) {
    ReportQuery query = parse(given);
    Report first = reader.read(query);
    long count = first.totals().values().stream().mapToLong(Long::longValue).sum();
    boolean csv = form == Representation.CSV;
    StreamingOutput body = out -> oneOfFew(() -> write(query, csv, out));
    Response.ResponseBuilder answer =
        Response.ok(body, csv ? ReportCsv.MEDIA_TYPE : MediaType.APPLICATION_JSON)
            .header(ROWS_HEADER, count)
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    return csv
        ? answer.header(HttpHeaders.CONTENT_DISPOSITION, ReportCsv.ATTACHMENT).build()
        : answer.build();
  }

  private static ReportQuery parse(MultivaluedMap<String, String> given) {
    List<String> problems = new ArrayList<>();
    if (!List.of("true").equals(given.get(ALL))) {
      problems.add("all: not true; allowed: true, once, or leave it out for a page");
    }
    for (String name : List.of("limit", "cursor")) {
      if (given.containsKey(name)) {
        problems.add(name + ": there are no pages with all=true; allowed: leave it out");
      }
    }
    MultivaluedMap<String, String> others = new MultivaluedHashMap<>();
    given.forEach(
        (name, values) -> {
          if (!name.equals(ALL)) {
            others.put(name, values);
          }
        });
    others.remove("limit");
    others.remove("cursor");
    ReportQuery query = ReportQuery.ALL;
    try {
      query = ReportParameters.parse(others, ReportParameters.Times.EXACT);
    } catch (ReportQueryException refused) {
      problems.addAll(refused.problems());
    }
    if (!problems.isEmpty()) {
      throw new ReportQueryException(problems);
    }
    return query;
  }

  /**
   * Here and not before the answer begins: whoever is gone before the first byte keeps no place.
   */
  private void oneOfFew(Streaming work) throws IOException {
    if (!free.tryAcquire()) {
      throw new ProblemException(
          Problem.ofStatus(503, "two whole reports are being read already; try again later"));
    }
    try {
      work.run();
    } finally {
      free.release();
    }
  }

  /** Writes an answer. */
  private interface Streaming {
    void run() throws IOException;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private void write(ReportQuery query, boolean csv, OutputStream out) throws IOException {
    if (csv) {
      Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      CSVPrinter printer = ReportCsv.printer(text);
      rows.each(query, totals -> {}, row -> ReportCsv.print(printer, row));
      printer.flush();
    } else {
      // Not a chunk for every row.
      ObjectWriter writer = json.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
      JsonGenerator generator = json.getFactory().createGenerator(out, JsonEncoding.UTF8);
      generator.writeStartObject();
      generator.writeStringField("from", text(query.from()));
      generator.writeStringField("to", text(query.to()));
      rows.each(
          query,
          totals -> {
            generator.writeFieldName("totals");
            writer.writeValue(generator, totals);
            generator.writeArrayFieldStart("rows");
          },
          row -> writer.writeValue(generator, row));
      generator.writeEndArray();
      generator.writeNullField("nextCursor");
      generator.writeEndObject();
      generator.flush();
    }
  }
}
