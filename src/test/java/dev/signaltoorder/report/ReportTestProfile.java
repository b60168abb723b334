package dev.signaltoorder.report;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The report with its own database and its own two people. */
public class ReportTestProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.http.test-port", "0",
        "quarkus.http.auth.basic", "true",
        "quarkus.devservices.enabled", "false",
        "quarkus.hibernate-orm.schema-management.strategy", "validate");
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(ReportTestUsers.class);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(ReportDatabase.class));
  }
}
