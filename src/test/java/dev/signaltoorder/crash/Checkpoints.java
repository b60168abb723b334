package dev.signaltoorder.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaltoorder.testing.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The key and the file of signed checkpoints, and what a reviewer does with them afterwards. */
final class Checkpoints {
  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path folder;

  private Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Makes a key. */
  static Checkpoints in(Path folder) throws IOException {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Checkpoints checkpoints = new Checkpoints(folder);
      write(checkpoints.file("checkpoint.key"), "PRIVATE KEY", keys.getPrivate());
      write(checkpoints.file("checkpoint.pem"), "PUBLIC KEY", keys.getPublic());
      return checkpoints;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String what, Key key) throws IOException {
    String lines = PEM.encodeToString(key.getEncoded());
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Settings of one program.
   *
   * @param name each program that runs at the same time has a file of its own
   */
  Map<String, String> settings(String name) {
    return Map.of(
        "signal-to-order.checkpoint-key-file",
        file("checkpoint.key").toString(),
        "signal-to-order.checkpoint-file",
        file(name + ".checkpoints").toString());
  }

  /** What a reviewer finds wrong: with an export, the public key, and the checkpoints kept. */
  List<String> problems(Program program, String name) throws IOException {
    List<String> problems = new ArrayList<>();
    Answer latest = program.reviewer().get("/audit/checkpoints/latest");
    for (JsonNode log : latest.json().path("logs")) {
      if (!log.path("contradiction").isNull() || log.path("signedFacts").asLong() == 0) {
        problems.add("the service itself says of its evidence: " + log);
      }
    }
    // Kept before the export is made: the program goes on, and signs what comes later.
    Path kept = file(name + ".kept");
    Files.copy(file(name + ".checkpoints"), kept, StandardCopyOption.REPLACE_EXISTING);
    Path export = file("export.ndjson");
    Answer exported = program.reviewer().get("/audit/export");
    Files.writeString(export, exported.body());
    Process verify =
        new ProcessBuilder(
                Program.command(
                    "verify",
                    export.toString(),
                    "--key",
                    file("checkpoint.pem").toString(),
                    "--checkpoint",
                    kept.toString()))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(verify.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (!verify.waitFor(1, TimeUnit.MINUTES) || verify.exitValue() != 0) {
        problems.add("the verifier does not accept the export: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.printf("Checkpoints: %s", said);
    return problems;
  }
}
