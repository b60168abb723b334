package dev.signaltoorder.report;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The report with its own database and its own two people. */
public class ReportTestProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.http.test-port", "0",
        "quarkus.management.test-port", "0",
        "signal-to-order.paper.port", "0",
        "signal-to-order.paper.prices", "walk");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(ReportDatabase.class));
  }
}
