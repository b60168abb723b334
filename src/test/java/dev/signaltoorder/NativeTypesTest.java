package dev.signaltoorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The native executable knows only those types by name that its build was told of. What is written
 * as JSON and read back (facts, saved states, messages between processes, answers) is found from
 * here and held against the list that the build takes. A wrong list is replaced by {@code ./mvnw
 * test -Dtest=NativeTypesTest -Dnative.types=write}.
 */
class NativeTypesTest {
  private static final String OURS = "dev.signaltoorder.";
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path LIST =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.signaltoorder/signal-to-order/"
              + "reflect-config.json");

  /** Written or read as a whole. */
  private static final List<String> ROOTS =
      List.of(
          "trading.Fact",
          "trading.StateImage",
          "trading.StateCodec$NamedState",
          "trading.AccountStatus",
          "trading.HandOverCodec$Content",
          "trading.Message");

  /** Made by name by the library of the command line. */
  private static final List<String> OF_COMMANDS =
      List.of("picocli.CommandLine$AutoHelpMixin", "dev.signaltoorder.cli.Version");

  /** Every record in these is part of an answer, or may be. */
  private static final List<String> ANSWERING = List.of("console", "operations", "report");

  private final TreeSet<String> found = new TreeSet<>();

  @Test
  void everyTypeThatBecomesJsonIsOnTheListOfTheNativeBuild() throws Exception {
    for (String root : ROOTS) {
      walk(Class.forName(OURS + root));
    }
    for (String folder : ANSWERING) {
      for (String name : classesIn(folder)) {
        Class<?> type = Class.forName(name, false, getClass().getClassLoader());
        if (type.isRecord()) {
          walk(type);
        }
      }
    }

    found.addAll(OF_COMMANDS);

    if ("write".equals(System.getProperty("native.types"))) {
      Files.createDirectories(LIST.getParent());
      Files.writeString(LIST, list());
    }
    assertThat(found).hasSizeGreaterThan(150);
    assertThat(Files.readString(LIST)).isEqualTo(list());
  }

  private void walk(Type type) {
    switch (type) {
      case ParameterizedType generic -> {
        walk(generic.getRawType());
        for (Type argument : generic.getActualTypeArguments()) {
          walk(argument);
        }
      }
      case WildcardType wildcard -> {
        for (Type bound : wildcard.getUpperBounds()) {
          walk(bound);
        }
      }
      case GenericArrayType array -> walk(array.getGenericComponentType());
      case Class<?> plain when plain.isArray() -> walk(plain.getComponentType());
      case Class<?> plain when plain.getName().startsWith(OURS) -> walkOurs(plain);
      default -> {
        // A type variable, or a type of the platform: Jackson knows those itself.
      }
    }
  }

  private void walkOurs(Class<?> type) {
    if (!found.add(type.getName())) {
      return;
    }
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        walk(component.getGenericType());
      }
    }
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        walk(permitted);
      }
    }
    assertThat(type.isRecord() || type.isEnum() || type.isInterface())
        .as("%s is no record, so its fields are not looked through", type)
        .isTrue();
  }

  private static List<String> classesIn(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES.resolve("dev/signaltoorder").resolve(folder))) {
      files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .forEach(names::add);
    }
    return names;
  }

  private String list() {
    List<String> lines = new ArrayList<>();
    for (String name : found) {
      lines.add(
          "  {\"name\": \""
              + name
              + "\", \"allDeclaredConstructors\": true, \"allDeclaredMethods\": true,"
              + " \"allDeclaredFields\": true}");
    }
    return "[\n" + String.join(",\n", lines) + "\n]\n";
  }
}
