package dev.signaltoorder.report;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report over a database of its own, or over one that is there: -Dreport.jdbc-url. */
public class ReportBenchmarkProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(new ReportTestProfile().getConfigOverrides());
    settings.put("signal-to-order.checkpoint-origin", "example.com/benchmark");
    // A portion of the filling, and the cleaning up after it, may take minutes.
    settings.put("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "1800");
    return settings;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Database.class));
  }

  /** As the report's tests have it, or as named; with a key, so that an export has its end. */
  public static class Database extends ReportDatabase {

    @Override
    public Map<String, String> start() {
      String url = System.getProperty("report.jdbc-url");
      Map<String, String> settings = new HashMap<>(url == null ? super.start() : settings(url));
      settings.put("signal-to-order.checkpoint-key-file", keyFile().toString());
      if (url != null) {
        // One that is there has its schema, however it came by it.
        settings.put("quarkus.flyway.baseline-on-migrate", "true");
        settings.put("quarkus.flyway.baseline-version", "1000");
      }
      return settings;
    }

    private static Path keyFile() {
      try {
        byte[] key =
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        Path file = Files.createTempFile("report-key", ".pem");
        file.toFile().deleteOnExit();
        return Files.writeString(
            file,
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has Ed25519", e);
      }
    }
  }
}
