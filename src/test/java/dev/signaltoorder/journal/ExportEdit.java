package dev.signaltoorder.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Ways to change an export: blunt ones, and ones of somebody who knows the form and repairs what
 * can be computed without the key.
 */
enum ExportEdit {
  BIT {
    @Override
    byte[] apply(byte[] export, Random random) {
      byte[] changed = export.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      return changed;
    }
  },
  BIT_REPAIRED {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      byte[] line = lines.get(1 + random.nextInt(lines.size() - 2));
      line[random.nextInt(line.length)] ^= (byte) (1 << random.nextInt(8));
      return repaired(lines);
    }
  },
  DELETED {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      lines.remove(random.nextInt(lines.size()));
      return joined(lines);
    }
  },
  DELETED_REPAIRED {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      lines.remove(anyFact(lines, random));
      return repaired(lines);
    }
  },
  DUPLICATED_REPAIRED {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      byte[] fact = lines.get(anyFact(lines, random));
      lines.add(anyFact(lines, random), fact.clone());
      return repaired(lines);
    }
  },
  REORDERED {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
      return joined(lines);
    }
  },
  REORDERED_REPAIRED {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      Collections.swap(lines, anyFact(lines, random), anyFact(lines, random));
      return repaired(lines);
    }
  },
  CUT {
    @Override
    byte[] apply(byte[] export, Random random) {
      return Arrays.copyOf(export, random.nextInt(export.length));
    }
  },
  /** Another content with fitting hashes everywhere below the root. */
  REWRITTEN {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      int at = anyFact(lines, random);
      ObjectNode fact = object(lines.get(at));
      String canonical = fact.path("canonical").textValue();
      String digit = Integer.toString(random.nextInt(10));
      canonical = canonical.replaceFirst("\"amount\":\"0\\.", "\"amount\":\"" + digit + ".1");
      fact.put("canonical", canonical);
      fact.put(
          "leafHash",
          ExactBase64.encode(FactBytes.leafHash(canonical.getBytes(StandardCharsets.UTF_8))));
      lines.set(at, ExportLine.canonical(fact.toString().getBytes(StandardCharsets.UTF_8)));
      return repaired(lines);
    }
  },
  /** The last facts of the first journal are gone, and an older checkpoint is its head. */
  TAIL_CUT_TO_AN_OLDER_CHECKPOINT {
    @Override
    byte[] apply(byte[] export, Random random) throws IOException {
      List<byte[]> lines = lines(export);
      List<Integer> checkpoints = new ArrayList<>();
      int end = 1;
      while (!type(lines.get(end)).equals("journal-end")) {
        if (type(lines.get(end)).equals("checkpoint")) {
          checkpoints.add(end);
        }
        end++;
      }
      int cut = checkpoints.get(random.nextInt(checkpoints.size() - 1));
      String note = object(lines.get(cut)).path("note").textValue();
      ObjectNode last = object(lines.get(end));
      last.put("next", Long.parseLong(note.split("\n", -1)[1]));
      last.put("checkpoint", note);
      List<byte[]> shorter = new ArrayList<>(lines.subList(0, cut + 1));
      shorter.add(ExportLine.canonical(last.toString().getBytes(StandardCharsets.UTF_8)));
      shorter.addAll(lines.subList(end + 1, lines.size()));
      return repaired(shorter);
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  abstract byte[] apply(byte[] export, Random random) throws IOException;

  static List<byte[]> lines(byte[] export) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < export.length; i++) {
      if (export[i] == '\n') {
        lines.add(Arrays.copyOfRange(export, from, i));
        from = i + 1;
      }
    }
    return lines;
  }

  private static byte[] joined(List<byte[]> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      out.write(line);
      out.write('\n');
    }
    return out.toByteArray();
  }

  /** With an end line that fits. */
  static byte[] repaired(List<byte[]> lines) throws IOException {
    byte[] before = joined(lines.subList(0, lines.size() - 1));
    long facts =
        lines.stream()
            .filter(line -> new String(line, StandardCharsets.UTF_8).contains("\"type\":\"fact\""))
            .count();
    ObjectNode end =
        ExportLine.of("end")
            .put("facts", facts)
            .put("sha256", java.util.HexFormat.of().formatHex(Merkle.newSha256().digest(before)));
    byte[] last = ExportLine.canonical(end.toString().getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(before);
    out.write(last);
    out.write('\n');
    return out.toByteArray();
  }

  static int anyFact(List<byte[]> lines, Random random) {
    while (true) {
      int at = random.nextInt(lines.size());
      if (new String(lines.get(at), StandardCharsets.UTF_8).endsWith("\"type\":\"fact\"}")) {
        return at;
      }
    }
  }

  static ObjectNode object(byte[] line) throws IOException {
    return (ObjectNode) JSON.readTree(line);
  }

  private static String type(byte[] line) throws IOException {
    return object(line).path("type").textValue();
  }
}
