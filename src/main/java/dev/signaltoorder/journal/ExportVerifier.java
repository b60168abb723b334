package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export with nothing but public keys and, better, checkpoints that were kept elsewhere.
 * Reads it once, in constant memory, and stops at the first wrong entry.
 */
public final class ExportVerifier {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final List<CheckpointVerifier> keys;
  private final TrustedCheckpoints trusted;

  ExportVerifier(List<CheckpointVerifier> keys, TrustedCheckpoints trusted) {
    this.keys = List.copyOf(keys);
    this.trusted = trusted;
  }

  /**
   * Checks files as the command line names them; the export may be compressed with gzip.
   *
   * @param checkpoints notes one after the other, or null
   */
  public static Verdict verify(Path export, List<Path> keyFiles, @Nullable Path checkpoints) {
    try {
      List<CheckpointVerifier> keys = new ArrayList<>();
      for (Path file : keyFiles) {
        keys.add(key(file));
      }
      TrustedCheckpoints trusted =
          checkpoints == null
              ? TrustedCheckpoints.NONE
              : trusted(checkpoints, keys, partsOf(export));
      try (InputStream in = unpacked(Files.newInputStream(export))) {
        return new ExportVerifier(keys, trusted).verify(in);
      } catch (IOException e) {
        return new Verdict.Unusable("the export cannot be read: " + e.getMessage());
      }
    } catch (FoundException e) {
      return e.verdict();
    }
  }

  /** Archives are kept compressed: told by their first two bytes, whatever the file is called. */
  static InputStream unpacked(InputStream file) throws IOException {
    try {
      BufferedInputStream bytes = new BufferedInputStream(file);
      bytes.mark(GZIP.length);
      byte[] begin = bytes.readNBytes(GZIP.length);
      bytes.reset();
      return Arrays.equals(begin, GZIP) ? new GZIPInputStream(bytes) : bytes;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static CheckpointVerifier key(Path file) {
    try {
      return CheckpointVerifier.ofPem(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException | IllegalArgumentException e) {
      throw FoundException.unusable(
          "the key file " + file + " is no readable Ed25519 public key in SPKI PEM");
    }
  }

  private static Map<String, ExportedPart> partsOf(Path export) {
    try (InputStream in = unpacked(Files.newInputStream(export))) {
      return ExportedPart.of(in);
    } catch (IOException e) {
      // Said when it is checked.
      return Map.of();
    }
  }

  private static TrustedCheckpoints trusted(
      Path file, List<CheckpointVerifier> keys, Map<String, ExportedPart> parts) {
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return TrustedCheckpoints.read(reader, keys, parts);
    } catch (IOException | IllegalArgumentException e) {
      throw FoundException.unusable(
          "the checkpoint file " + file + " cannot be used: " + e.getMessage());
    }
  }

  /**
   * @throws IOException when the export cannot be read to its end
   */
  Verdict verify(InputStream export) throws IOException {
    try {
      return new Reading(new ExportReader(export)).all();
    } catch (FoundException e) {
      return e.verdict();
    }
  }

  /** One pass over one export. */
  private final class Reading {
    private final ExportReader in;
    private final List<String> found = new ArrayList<>();
    private final Set<String> origins = new TreeSet<>();
    private @Nullable JournalCheck current;
    private @Nullable String account;
    private long facts;

    Reading(ExportReader in) {
      this.in = in;
    }

    Verdict.Good all() throws IOException {
      ObjectNode header = header();
      boolean open = header.path("to").isNull();
      for (JsonNode journal : header.path("journals")) {
        journal(journal.isTextual() ? journal.textValue() : "", header.path("from").isNull(), open);
      }
      account = null;
      if (found.isEmpty()) {
        throw FoundException.unusable("it holds no journal");
      }
      end(line());
      if (in.advance()) {
        throw wrong("something follows the end of the export");
      }
      if (header.path("account").isNull()) {
        for (String origin : trusted.origins()) {
          if (!origins.contains(origin)) {
            throw wrong("the journal " + origin + ", of which a checkpoint was kept, is missing");
          }
        }
      }
      return new Verdict.Good(List.copyOf(found), partOf(header));
    }

    private static String partOf(ObjectNode header) {
      StringJoiner part = new StringJoiner(", ");
      if (!header.path("from").isNull()) {
        part.add("recorded from " + ExportReader.text(header, "from") + " on");
      }
      if (!header.path("to").isNull()) {
        part.add("recorded before " + ExportReader.text(header, "to"));
      }
      if (!header.path("account").isNull()) {
        part.add("account " + ExportReader.text(header, "account"));
      }
      return part.toString();
    }

    private ObjectNode header() throws IOException {
      if (!in.advance()) {
        throw FoundException.unusable("the export is empty");
      }
      ObjectNode header = in.object().orElse(null);
      if (header != null && "export".equals(ExportReader.text(header, "type"))) {
        String format = ExportReader.text(header, "format");
        if (!format.equals(ExportLine.FORMAT)) {
          throw FoundException.unusable("its format is not " + ExportLine.FORMAT);
        }
        if (!ExportFields.fit(header)) {
          throw wrong("the first line was changed");
        }
        return header;
      }
      // Another file altogether, or an export whose first line was changed?
      boolean export =
          in.advance() && in.object().filter(line -> "journal".equals(type(line))).isPresent();
      if (export) {
        throw wrong("the first line was changed");
      }
      throw FoundException.unusable("this is no export");
    }

    private void journal(String name, boolean fromFirst, boolean open) throws IOException {
      account = name;
      ObjectNode begin = line();
      if (!"journal".equals(type(begin)) || !name.equals(ExportReader.text(begin, "account"))) {
        throw wrong("the part of this journal is missing");
      }
      JournalCheck check = new JournalCheck(begin, name, keys, trusted);
      current = check;
      if (fromFirst && check.next() != 0) {
        throw FoundException.tampered(name, 0L, "is missing: the export begins later");
      }
      origins.add(ExportReader.text(begin, "origin"));
      for (ObjectNode line = line(); ; line = line()) {
        switch (type(line)) {
          case "fact" -> {
            check.fact(line);
            facts++;
          }
          case "checkpoint" -> check.checkpoint(line);
          case "journal-end" -> {
            found.add(check.end(line, open));
            current = null;
            return;
          }
          default -> throw wrong("line " + in.number() + " does not belong here");
        }
      }
    }

    private void end(ObjectNode line) {
      if (!"end".equals(type(line))
          || line.path("facts").asLong(-1) != facts
          || !ExportReader.text(line, "sha256").equals(in.hashBefore())) {
        throw wrong("line " + in.number() + " is no end that fits what stands before it");
      }
    }

    private ObjectNode line() throws IOException {
      if (!in.advance()) {
        throw wrong("the export was cut off here");
      }
      return in.object()
          .filter(ExportFields::fit)
          .orElseThrow(() -> wrong("line " + in.number() + " was changed"));
    }

    private String type(ObjectNode line) {
      return ExportReader.text(line, "type");
    }

    private FoundException wrong(String what) {
      JournalCheck checking = current;
      return FoundException.tampered(account, checking == null ? null : checking.next(), what);
    }
  }
}
