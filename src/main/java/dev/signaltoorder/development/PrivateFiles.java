package dev.signaltoorder.development;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder that only its owner can enter, with files that only the owner can read.
 *
 * @param folder its absolute path
 */
record PrivateFiles(Path folder) {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = mode("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> PROGRAM_MODE = mode("rwx------");

  /** Makes the folder where it is missing, and closes it to others where it is open. */
  static PrivateFiles in(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Files.createDirectories(absolute, FOLDER_MODE);
    Files.setPosixFilePermissions(absolute, FOLDER_MODE.value());
    return new PrivateFiles(absolute);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(path(name));
  }

  void write(String name, String content) throws IOException {
    write(name, content, FILE_MODE);
  }

  void writeProgram(String name, String content) throws IOException {
    write(name, content, PROGRAM_MODE);
  }

  // Through a new file: it is never there half written, and never readable for others in between.
  private void write(
      String name, String content, FileAttribute<Set<PosixFilePermission>> permissions)
      throws IOException {
    Path fresh = path(name + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, permissions);
    Files.writeString(fresh, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    Files.move(
        fresh, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The entries of a properties file, empty when there is none. */
  Map<String, String> readProperties(String name) throws IOException {
    Properties read = new Properties();
    if (has(name)) {
      try (var reader = Files.newBufferedReader(path(name))) {
        read.load(reader);
      }
    }
    Map<String, String> entries = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> entries.put(key, read.getProperty(key)));
    return entries;
  }

  void writeProperties(String name, Map<String, String> entries) throws IOException {
    Properties written = new Properties();
    written.putAll(entries);
    StringWriter text = new StringWriter();
    written.store(text, null);
    write(name, text.toString());
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
