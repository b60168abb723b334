package dev.signaltoorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;

/** A test that no suite runs would never fail. */
class TestSuitesTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final List<Class<?>> SUITES =
      List.of(
          ScenariosAToHSuite.class, ScenariosIToZSuite.class, PartsSuite.class, CoreSuite.class);

  @Test
  void everyTestClassIsInExactlyOneSuite() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> all = testClasses();
    for (String test : all) {
      long suites = SUITES.stream().filter(suite -> runs(suite, test)).count();
      if (suites != 1) {
        wrong.add(test + " is in " + suites + " suites");
      }
    }
    assertThat(all).contains(TestSuitesTest.class.getName());
    assertThat(wrong).isEmpty();
  }

  @Test
  void everySuiteIsKnownHere() throws IOException {
    assertThat(classes("Suite.java"))
        .containsExactlyInAnyOrderElementsOf(SUITES.stream().map(Class::getName).toList());
  }

  @Test
  void everyScenarioAgainstThePackagedProgramIsInExactlyOneSuite() throws IOException {
    List<Class<?>> suites = List.of(PackagedAToKSuiteIT.class, PackagedLToZSuiteIT.class);
    List<String> all =
        classes("IT.java").stream().filter(name -> name.contains(".scenario.")).toList();

    assertThat(all).hasSizeGreaterThan(40);
    assertThat(all)
        .allSatisfy(test -> assertThat(suites).filteredOn(suite -> runs(suite, test)).hasSize(1));
  }

  /** Tests have a name that ends with Test: other names would be run by hand only. */
  @Test
  void noTestHasANameThatNoSuiteLooksFor() throws IOException {
    assertThat(classes("Tests.java")).allMatch(name -> name.endsWith("ForTests"));
    assertThat(classes("TestCase.java")).isEmpty();
  }

  private static List<String> testClasses() throws IOException {
    return classes("Test.java");
  }

  private static List<String> classes(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .map(file -> TESTS.relativize(file).toString())
          .filter(file -> file.endsWith(ending))
          .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
          .toList();
    }
  }

  private static boolean runs(Class<?> suite, String test) {
    ExcludePackages excluded = suite.getAnnotation(ExcludePackages.class);
    return Arrays.stream(suite.getAnnotation(SelectPackages.class).value())
            .anyMatch(name -> test.startsWith(name + "."))
        && (excluded == null
            || Arrays.stream(excluded.value()).noneMatch(name -> test.startsWith(name + ".")))
        && Arrays.stream(suite.getAnnotation(IncludeClassNamePatterns.class).value())
            .anyMatch(test::matches);
  }
}
