package dev.signaltoorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md claims names tests; they must be there, each with the method that is named. */
class SecurityDocumentTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| ([0-9]+\\.[0-9]+\\.[0-9]+(?:, [0-9]+\\.[0-9]+\\.[0-9]+)*) \\| [^|]+ \\| ([^|]+) \\|$",
          Pattern.MULTILINE);
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void everyClaimNamesTestsThatAreThere() throws IOException {
    Map<String, Path> tests = tests();
    List<String> missing = new ArrayList<>();
    claims()
        .forEach(
            (ids, cell) -> {
              Matcher named = TEST.matcher(cell);
              boolean any = false;
              while (named.find()) {
                any = true;
                Path file = tests.get(named.group(1));
                if (file == null || !has(file, named.group(2))) {
                  missing.add(ids + ": " + named.group());
                }
              }
              if (!any) {
                missing.add(ids + ": no test is named");
              }
            });

    assertThat(missing).isEmpty();
  }

  @Test
  void eachRequirementIsClaimedOnce() throws IOException {
    List<String> ids =
        claims().keySet().stream().flatMap(cell -> Arrays.stream(cell.split(", ", -1))).toList();

    assertThat(ids).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  private static boolean has(Path file, String method) {
    if (method == null) {
      return true;
    }
    try {
      return Files.readString(file).contains(" void " + method + "(");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> claims() throws IOException {
    Map<String, String> claims = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("SECURITY.md")));
    while (row.find()) {
      assertThat(claims.put(row.group(1), row.group(2))).isNull();
    }
    return claims;
  }

  private static Map<String, Path> tests() throws IOException {
    Map<String, Path> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> tests.put(file.getFileName().toString().replace(".java", ""), file));
    }
    return tests;
  }
}
