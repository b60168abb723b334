package dev.signaltoorder.development;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signaltoorder.SignalToOrder;
import dev.signaltoorder.access.PasswordHash;
import dev.signaltoorder.access.Roles;
import dev.signaltoorder.access.UsersFile;
import dev.signaltoorder.cli.WebhookSecret;
import dev.signaltoorder.journal.CheckpointKey;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * The files with which a first start can be tried at once: users, a demo source's secret, a sender.
 */
final class DemoFiles {
  static final String USERS = "users";
  static final String SECRET = "demo.secret";
  static final String SEND_SAMPLE = "send-sample";
  static final String CHECKPOINT_KEY = "checkpoint.key";
  static final String CHECKPOINTS = "checkpoints";

  private static final int PASSWORD_BYTES = 15;

  private final PrivateFiles files;
  private final SecureRandom random = new SecureRandom();

  DemoFiles(PrivateFiles files) {
    this.files = files;
  }

  /**
   * Makes the users file if it is missing.
   *
   * @return the passwords by user, only known now; empty when the file was there
   */
  Map<String, String> ensureUsers() throws IOException {
    if (files.has(USERS)) {
      return Map.of();
    }
    Map<String, String> passwords = new LinkedHashMap<>();
    StringBuilder lines = new StringBuilder();
    for (String role : List.of(Roles.REVIEWER, Roles.OPERATOR)) {
      String password = RandomText.ofBytes(PASSWORD_BYTES, random);
      // The fewest iterations: dev mode compiles lightly, the default would take seconds there.
      PasswordHash hash =
          PasswordHash.of(password.toCharArray(), PasswordHash.ITERATIONS_MIN, random);
      lines.append(UsersFile.line(role, hash, Set.of(role))).append('\n');
      passwords.put(role, password);
    }
    files.write(USERS, lines.toString());
    return passwords;
  }

  void ensureSecret() throws IOException {
    if (!files.has(SECRET)) {
      files.write(SECRET, WebhookSecret.fresh(random).written() + "\n");
    }
  }

  void ensureCheckpointKey() throws IOException {
    if (!files.has(CHECKPOINT_KEY)) {
      files.write(CHECKPOINT_KEY, CheckpointKey.freshPem(random));
    }
  }

  /** Writes the script anew: JDK, class path and port may have changed. */
  void writeSender(int httpPort) throws IOException {
    files.writeProgram(
        SEND_SAMPLE,
        """
        #!/bin/sh
        # Written by the last start in dev mode. Try: %s --help
        exec '%s' -cp '%s' %s send-sample \\
          --url 'http://localhost:%d/webhooks/demo' --secret-file '%s' "$@"
        """
            .formatted(
                SEND_SAMPLE,
                Path.of(System.getProperty("java.home", ""), "bin", "java"),
                classPath(),
                SignalToOrder.class.getName(),
                httpPort,
                files.path(SECRET)));
  }

  /** Only what the command needs: this program, the command line and JSON libraries. */
  private static String classPath() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            SignalToOrder.class,
            CommandLine.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class)) {
      places.add(place(type));
    }
    return places.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static String place(Class<?> type) throws IOException {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IOException("the place of " + type + " is no file", e);
    }
  }
}
