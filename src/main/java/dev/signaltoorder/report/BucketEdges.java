package dev.signaltoorder.report;

import dev.signaltoorder.report.Spread.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Where the buckets of a distribution meet: always at the same values, so that two reports can be
 * compared.
 */
enum BucketEdges {
  BASIS_POINTS(-100, -50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50, 100),
  MILLISECONDS(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000);

  // List.of never changes; its type does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Integer> edges;

  BucketEdges(Integer... edges) {
    this.edges = List.of(edges);
  }

  /** SQL: an array of how many values lie below each edge. */
  String countsBelow(String column) {
    return edges.stream()
        .map(edge -> "count(*) filter (where %s < %d)".formatted(column, edge))
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  /**
   * The buckets between the edges and beyond them.
   *
   * @param below as {@link #countsBelow} answers
   * @param count of all values
   */
  List<Bucket> buckets(Long[] below, long count) {
    return buckets(edge -> below[edges.indexOf(edge)], count);
  }

  /**
   * The buckets between the edges and beyond them.
   *
   * @param below how many values lie below an edge
   * @param count of all values
   */
  List<Bucket> buckets(ToLongFunction<Integer> below, long count) {
    List<Bucket> buckets = new ArrayList<>();
    long before = 0;
    for (int i = 0; i <= edges.size(); i++) {
      long until = i < edges.size() ? below.applyAsLong(edges.get(i)) : count;
      buckets.add(
          new Bucket(
              i == 0 ? null : edges.get(i - 1).toString(),
              i == edges.size() ? null : edges.get(i).toString(),
              until - before));
      before = until;
    }
    return buckets;
  }
}
