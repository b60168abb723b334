package dev.signaltoorder.access;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The users file: one user a line, {@code name:hash:role[,role…]}; empty lines and lines that begin
 * with {@code #} are skipped. The hash is {@code pbkdf2-sha256$…} for somebody who signs in with a
 * password, {@code token-sha256$…} for a program with a bearer token, {@code cert-sha256$…} or
 * {@code cert-subject$…} for somebody with a client certificate.
 */
public final class UsersFile {
  static final String LINE_FORM =
      "name:"
          + PasswordHash.FORM
          + ":role[,role…], or in its middle "
          + TokenHash.FORM
          + ", "
          + CertificateMark.FORM;

  private static final long BYTES_MAX = 1 << 20;
  private static final int FINGERPRINT_BYTES = 6;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  private UsersFile() {}

  /**
   * What a users file holds.
   *
   * @param users those of its good lines
   * @param problems one entry per fault, each naming its line and repeating no content
   */
  record Content(Users users, List<String> problems) {}

  /**
   * The line of a user with a password.
   *
   * @throws IllegalArgumentException with a message for people, when a name or role is not allowed
   */
  public static String line(String name, PasswordHash hash, Set<String> roles) {
    return checkedName(name) + ":" + hash.written() + ":" + String.join(",", checked(roles));
  }

  /** Reads and parses; an unreadable file is one problem. Never throws for what the file holds. */
  static Content read(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        return unusable("is larger than " + BYTES_MAX + " bytes");
      }
      return parse(Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      return unusable("does not exist");
    } catch (CharacterCodingException e) {
      return unusable("is not UTF-8 text");
    } catch (IOException e) {
      return unusable("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Content unusable(String problem) {
    return new Content(Users.NONE, List.of("the file " + problem));
  }

  static Content parse(List<String> lines) {
    List<User> users = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, Integer> lineOfName = new HashMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        User user = user(line);
        Integer first = lineOfName.putIfAbsent(user.name(), number);
        if (first == null) {
          users.add(user);
        } else {
          problems.add("line " + number + ": the name is already on line " + first);
        }
      } catch (IllegalArgumentException e) {
        problems.add("line " + number + ": " + e.getMessage());
      }
    }
    if (users.isEmpty() && problems.isEmpty()) {
      problems.add("the file names no user");
    }
    return new Content(Users.of(users, fingerprint(lines)), List.copyOf(problems));
  }

  private static String fingerprint(List<String> lines) {
    String text =
        lines.stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }

  private static User user(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("it has not three parts divided by ':'");
    }
    Set<String> roles = new LinkedHashSet<>(Arrays.asList(parts[2].split(",", -1)));
    return new User(checkedName(parts[0]), credential(parts[1]), checked(roles));
  }

  private static Credential credential(String text) {
    if (text.startsWith(TokenHash.SCHEME + "$")) {
      return TokenHash.parse(text);
    }
    if (text.startsWith(PasswordHash.SCHEME + "$")) {
      return PasswordHash.parse(text);
    }
    if (CertificateMark.isOne(text)) {
      return CertificateMark.parse(text);
    }
    throw new IllegalArgumentException(
        "the hash begins with none of "
            + String.join(
                "$, ",
                PasswordHash.SCHEME,
                TokenHash.SCHEME,
                CertificateMark.FINGERPRINT,
                CertificateMark.SUBJECT)
            + "$");
  }

  private static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("the name is not 1 to 64 of A-Z a-z 0-9 . _ @ -");
    }
    return name;
  }

  private static Set<String> checked(Set<String> roles) {
    if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
      throw new IllegalArgumentException(
          "the roles are not one or more of " + String.join(", ", new TreeSet<>(Roles.ALL)));
    }
    return roles;
  }
}
