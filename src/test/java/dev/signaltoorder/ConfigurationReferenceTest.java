package dev.signaltoorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The reference of all settings is written by hand, for people. This holds it against the program:
 * each setting that is read is listed, nothing else is, and defaults that the program declares are
 * told as they are.
 */
class ConfigurationReferenceTest {
  private static final Pattern PREFIX = Pattern.compile("^Prefix `(signal-to-order[^`]*)`");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z][^`]*)` \\|[^|]*\\| ([^|]*) \\|.*");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /** Free names below these are the mapping's own, and told in signals.md. */
  private static final String MAPPING = "signal-to-order.sources.*.mapping.";

  @Test
  void everySettingIsListedAndNothingElse() throws IOException {
    Set<String> read = new TreeSet<>(read().keySet());
    Set<String> listed = new TreeSet<>(listed().keySet());
    Set<String> missing = new TreeSet<>(read);
    missing.removeAll(listed);
    listed.removeAll(read);

    assertThat(read).hasSizeGreaterThan(50);
    assertThat(missing).as("read by the program, not listed").isEmpty();
    assertThat(listed).as("listed, not read by the program").isEmpty();
  }

  @Test
  void declaredDefaultsAreToldAsTheyAre() throws IOException {
    Map<String, String> listed = listed();

    assertThat(read())
        .allSatisfy(
            (name, declared) -> {
              if (declared != null && !declared.isEmpty()) {
                assertThat(firstCode(listed.getOrDefault(name, ""))).as(name).isEqualTo(declared);
              }
            });
  }

  private static String firstCode(String cell) {
    Matcher code = CODE.matcher(cell);
    return code.find() ? code.group(1) : cell;
  }

  /** Name to declared default. */
  private static Map<String, String> read() {
    Map<String, String> read = new TreeMap<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.signaltoorder")) {
      if (each.isAnnotatedWith(ConfigMapping.class)) {
        read.putAll(ConfigClass.configClass(each.reflect()).getProperties());
      }
    }
    // Elements of lists are set with the list's own name.
    read.keySet().removeIf(name -> name.startsWith(MAPPING) || name.endsWith("[*]"));
    return read;
  }

  /** Name to the cell that tells its default. */
  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    String prefix = "";
    for (String line : Files.readAllLines(Path.of("docs", "configuration.md"))) {
      Matcher section = PREFIX.matcher(line);
      Matcher row = ROW.matcher(line);
      if (section.find()) {
        prefix = section.group(1);
      } else if (line.startsWith("## ")) {
        prefix = "";
      } else if (row.matches()) {
        String told = row.group(1);
        String name = told.startsWith("signal-to-order.") ? told : prefix + told;
        if (name.startsWith("signal-to-order.") && !told.startsWith("quarkus.")) {
          listed.put(name.replaceAll("<[^>]*>", "*"), row.group(2));
        }
      }
    }
    listed.keySet().removeIf(name -> name.startsWith(MAPPING));
    return listed;
  }
}
