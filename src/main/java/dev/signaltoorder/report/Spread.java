package dev.signaltoorder.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * How values are spread: their mean and nearest-rank percentiles, plain decimals as text.
 *
 * @param count how many values there are; the others are null when there is none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
record Spread(
    long count,
    @Nullable String mean,
    @Nullable String p50,
    @Nullable String p95,
    @Nullable String p99) {

  static final Spread NONE = new Spread(0, null, null, null, null);
}
