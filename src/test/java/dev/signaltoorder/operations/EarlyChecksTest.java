package dev.signaltoorder.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.signaltoorder.problem.ConfigurationCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks that may be asked before Quarkus has made what it makes for a running service. */
class EarlyChecksTest {
  private static final List<String> LATE =
      List.of("io.quarkus.", "io.vertx.", "io.agroal.", "javax.sql.", "jakarta.transaction.");

  /**
   * In which order Quarkus makes its own beans may be another with each build: a check that needs
   * one of them would speak in one build and break the start in the next.
   */
  @Test
  void noneOfThemNeedsWhatQuarkusMakesWhenTheServiceStarts() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.signaltoorder");
    List<JavaClass> checks =
        all.stream()
            .filter(type -> type.isAssignableTo(ConfigurationCheck.class) && !type.isInterface())
            .filter(type -> !EarlyChecks.LATER.contains(type.reflect()))
            .toList();
    assertThat(checks).hasSizeGreaterThan(10);

    List<String> found = new ArrayList<>();
    Deque<JavaClass> next = new ArrayDeque<>(checks);
    next.add(all.get(TlsCheck.class));
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty()) {
      JavaClass type = next.remove();
      for (JavaConstructor constructor : type.getConstructors()) {
        for (JavaClass needed : constructor.getRawParameterTypes()) {
          if (LATE.stream().anyMatch(needed.getName()::startsWith)) {
            found.add(type.getName() + " needs " + needed.getName());
          } else if (needed.getPackageName().startsWith("dev.signaltoorder")
              && seen.add(needed.getName())) {
            next.add(needed);
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
