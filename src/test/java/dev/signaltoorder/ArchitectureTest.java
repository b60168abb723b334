package dev.signaltoorder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the shape that docs/architecture.md describes. */
class ArchitectureTest {
  private static final String ROOT = "dev.signaltoorder.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.signaltoorder");

  /** Package to the packages of ours it may use; {@code problem} is open to all. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("problem", Set.of()),
          Map.entry("accounting", Set.of()),
          Map.entry("access", Set.of()),
          Map.entry("http", Set.of()),
          Map.entry("journal", Set.of("http")),
          Map.entry("kraken", Set.of()),
          Map.entry("outbound", Set.of("http")),
          Map.entry("paper", Set.of()),
          Map.entry("report", Set.of("journal", "accounting")),
          Map.entry("console", Set.of("report", "journal", "trading", "risk", "paper")),
          Map.entry("signal", Set.of("journal")),
          Map.entry("market", Set.of("kraken")),
          Map.entry("risk", Set.of("signal", "market")),
          Map.entry(
              "trading", Set.of("signal", "market", "risk", "kraken", "journal", "accounting")));

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatItsDutyNeeds(String name) {
    Set<String> allowed = new TreeSet<>(MAY_USE.getOrDefault(name, Set.of()));
    allowed.addAll(List.of(name, "problem"));

    classes()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<JavaClass>("are foreign, or of " + allowed) {
              @Override
              public boolean test(JavaClass used) {
                return !used.getPackageName().startsWith(ROOT)
                    || allowed.contains(used.getPackageName().substring(ROOT.length()));
              }
            })
        .check(CLASSES);
  }

  @Test
  void everyPackageIsInTheTable() {
    Set<String> present = new TreeSet<>();
    CLASSES.forEach(
        type -> {
          if (type.getPackageName().startsWith(ROOT)) {
            present.add(type.getPackageName().substring(ROOT.length()).split("\\.", 2)[0]);
          }
        });

    Set<String> known = new TreeSet<>(MAY_USE.keySet());
    known.addAll(Set.of("operations", "cli", "development"));
    assertThat(present).isEqualTo(known);
  }

  @Test
  void rulesAndAccountingArePure() {
    noClasses()
        .that()
        .resideInAnyPackage("..risk..", "..accounting..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..",
            "java.sql..",
            "java.util.concurrent..",
            "jakarta..",
            "io..",
            "com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void theAccountCoreHasNoClockNoNetworkNoDatabaseAndNoThread() {
    noClasses()
        .that()
        .haveNameMatching(
            ".*\\.trading\\.(AccountCore|AccountState|AccountViews|Deciding|Following|Listening|Reports|Doubts|Readings"
                + "|LookUpRounds|FollowUps|Watching|Searches|Shown|Cancelling|Approvals|Holdings|Positions|Order.*|SummaryFold"
                + "|Wire|Step)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.sql..", "jakarta..", "io..", "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(CLASSES);
  }

  @Test
  void timeComesFromAnInjectedClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .check(CLASSES);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    noFields()
        .should()
        .beAnnotatedWith(Inject.class)
        .orShould()
        .beAnnotatedWith(ConfigProperty.class)
        .check(CLASSES);
  }

  @Test
  void moneyIsNeverFloatingPoint() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage("..risk..", "..trading..", "..market..", "..journal..", "..signal..")
        .should()
        .notHaveRawType(double.class)
        .andShould()
        .notHaveRawType(float.class)
        .andShould()
        .notHaveRawType(Double.class)
        .andShould()
        .notHaveRawType(Float.class)
        .check(CLASSES);
  }

  @Test
  void everyEndpointSaysWhoMayCallIt() {
    List<String> endpoints = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      for (JavaMethod method : type.isInterface() ? Set.<JavaMethod>of() : type.getMethods()) {
        if (answersHttp(method)) {
          endpoints.add(method.getFullName());
          if (!isGuarded(method) && !isGuarded(type)) {
            open.add(method.getFullName());
          }
        }
      }
    }

    assertThat(endpoints).hasSizeGreaterThan(8);
    assertThat(open).isEmpty();
  }

  private static boolean answersHttp(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class));
  }

  private static boolean isGuarded(CanBeAnnotated element) {
    return element.isAnnotatedWith(RolesAllowed.class) || element.isAnnotatedWith(PermitAll.class);
  }

  @Test
  void thereAreNoPathBasedPermissions() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
      properties.load(in);
    }

    assertThat(properties.stringPropertyNames())
        .isNotEmpty()
        .noneMatch(name -> name.contains("http.auth.permission"));
  }

  @Test
  void noClassIsLongerThanThreeHundredLines() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> tooLong =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> lines(file) > 300)
              .map(Object::toString)
              .toList();
      assertThat(tooLong).isEmpty();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theTableNamesNoPackageThatIsGone() {
    assertThat(MAY_USE.values().stream().flatMap(Set::stream).toList())
        .allSatisfy(used -> assertThat(MAY_USE).containsKey(used));
    assertThat(Arrays.asList("operations", "cli", "console"))
        .as("nobody may use them")
        .noneMatch(name -> MAY_USE.values().stream().anyMatch(allowed -> allowed.contains(name)));
  }
}
