package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How values are spread: their mean and nearest-rank percentiles, plain decimals as text.
 *
 * @param count how many values there are; the others are null when there is none
 * @param buckets how many values lie where, lowest first, without gaps: their counts add up to
 *     {@code count}; empty when there is none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record Spread(
    long count,
    @Nullable String mean,
    @Nullable String p50,
    @Nullable String p95,
    @Nullable String p99,
    List<Bucket> buckets) {

  static final Spread NONE = new Spread(0, null, null, null, null, List.of());

  Spread {
    buckets = List.copyOf(buckets);
  }

  /**
   * Values from {@code from} until below {@code to}.
   *
   * @param from null for the lowest bucket: there is no limit
   * @param to null for the highest bucket
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Bucket(@Nullable String from, @Nullable String to, long count) {}
}
