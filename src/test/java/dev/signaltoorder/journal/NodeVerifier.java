package dev.signaltoorder.journal;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The other verifier, docs/verify.mjs, in a process of its own that takes many exports. */
final class NodeVerifier implements AutoCloseable {
  private static final String DRIVER =
      """
      import { createReadStream, readFileSync } from 'node:fs';
      import { pathToFileURL } from 'node:url';
      const { verify, publicKey, keptCheckpoints } = await import(pathToFileURL(process.argv[2]).href);
      const keys = [publicKey(readFileSync(process.argv[1]))];
      const file = process.argv[3];
      let kept = new Map();
      let unread = null;
      try {
        if (file) kept = await keptCheckpoints(createReadStream(file), keys);
      } catch (e) {
        if (e.exitCode === undefined) throw e;
        unread = e;
      }
      let waiting = Buffer.alloc(0);
      for await (const chunk of process.stdin) {
        waiting = Buffer.concat([waiting, chunk]);
        while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE(0)) {
          const end = 4 + waiting.readUInt32BE(0);
          const verdict = unread ?? await verify([waiting.subarray(4, end)], keys, kept);
          process.stdout.write(`${verdict.exitCode} ${verdict.account} ${verdict.seq}\\n`);
          waiting = waiting.subarray(end);
        }
      }
      """;

  private final Process process;
  private final DataOutputStream in;
  private final BufferedReader out;

  NodeVerifier(Path publicKey, @Nullable Path checkpoints) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "node",
                "--input-type=module",
                "-e",
                DRIVER,
                publicKey.toString(),
                Path.of("docs/verify.mjs").toAbsolutePath().toString()));
    if (checkpoints != null) {
      words.add(checkpoints.toString());
    }
    process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = new DataOutputStream(process.getOutputStream());
    out = process.inputReader();
  }

  /** Whether there is a Node here that can run it. */
  static boolean isThere() {
    try {
      Process version = new ProcessBuilder("node", "--version").start();
      String said =
          new String(
              version.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return version.waitFor(20, TimeUnit.SECONDS)
          && said.startsWith("v")
          && Integer.parseInt(said.substring(1, said.indexOf('.'))) >= 18;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The exit code of the script as a reviewer calls it. */
  static int exitCode(Path export, Path publicKey, Path checkpoints) throws Exception {
    return runs(export, publicKey, checkpoints).exitCode();
  }

  /** What the script said, as a reviewer calls it. */
  record Said(int exitCode, String text) {}

  static Said runs(Path export, Path publicKey, Path checkpoints) throws Exception {
    Process process =
        new ProcessBuilder(
                "node",
                Path.of("docs/verify.mjs").toAbsolutePath().toString(),
                export.toString(),
                "--key",
                publicKey.toString(),
                "--checkpoint",
                checkpoints.toString())
            .redirectErrorStream(true)
            .start();
    String text =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  /** "exit code, account, seq" of the verdict. */
  String verdict(byte[] export) throws IOException {
    in.writeInt(export.length);
    in.write(export);
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the other verifier has ended");
    }
    return line;
  }

  /** The same of ours. */
  static String shown(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Good good -> "0 null null";
      case Verdict.Tampered found -> "1 " + found.account() + " " + found.seq();
      case Verdict.Unusable unusable -> "2 null null";
    };
  }

  @Override
  public void close() {
    process.destroy();
  }
}
