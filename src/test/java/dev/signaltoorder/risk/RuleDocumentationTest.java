package dev.signaltoorder.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** docs/rules.md holds exactly the rows that the catalogue has. */
@NullUnmarked // a null where none is expected fails the test, which is what it is for
class RuleDocumentationTest {

  private static final Path DOCUMENT = Path.of("docs", "rules.md");

  @Test
  void everyRuleHasItsRowAndThereIsNoOther() throws IOException {
    assertThat(rowsUnder("## Rules"))
        .isEqualTo(RuleCatalog.rules().stream().map(RuleDocumentationTest::row).toList());
  }

  @Test
  void everyParameterHasItsRowAndThereIsNoOther() throws IOException {
    List<String> rows =
        RuleCatalog.rules().stream()
            .flatMap(rule -> rule.parameters().stream().map(parameter -> row(rule, parameter)))
            .toList();

    assertThat(rowsUnder("## Parameters")).isEqualTo(rows);
  }

  private static List<String> rowsUnder(String heading) throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  static String row(RuleDescription rule) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            rule.code(),
            rule.concerns(),
            rule.scope(),
            rule.protectsFrom(),
            rule.mandatory() ? "yes" : "no");
  }

  static String row(RuleDescription rule, ParameterDescription parameter) {
    return "| `%s` | %s | %s | %s | %s | %s | %s |"
        .formatted(
            rule.code(),
            names(parameter),
            parameter.meaning(),
            parameter.type().allowed(),
            stricter(parameter.type()),
            parameter.retail().replace(",", ", "),
            parameter.pro().replace(",", ", "));
  }

  private static String names(ParameterDescription parameter) {
    String name = parameter.name();
    return switch (parameter.scope()) {
      case PLAIN -> "`%s`".formatted(name);
      case PER_QUOTE -> "`%s`, `%s.<QUOTE>`".formatted(name, name);
      case PER_QUOTE_OR_PAIR -> "`%s`, `%s.<QUOTE>`, `%s.<PAIR>`".formatted(name, name, name);
      case QUOTE_ONLY -> "`%s.<QUOTE>`".formatted(name);
      case PER_PAIR -> "`%s.<PAIR>`".formatted(name);
      case PLAIN_OR_PAIR -> "`%s`, `%s.<PAIR>`".formatted(name, name);
      case PER_STRATEGY -> "`%s.<STRATEGY>`".formatted(name);
      case PER_SOURCE -> "`%s.<SOURCE>`".formatted(name);
    };
  }

  static ParameterType.Stricter stricterOf(ParameterType type) {
    return switch (type) {
      case ParameterType.Decimal decimal -> decimal.stricter();
      case ParameterType.Whole whole -> whole.stricter();
      case ParameterType.Choice choice -> null;
      case ParameterType.Choices choices -> null;
      case ParameterType.Pairs pairs -> null;
    };
  }

  private static String stricter(ParameterType type) {
    ParameterType.Stricter stricter = stricterOf(type);
    return stricter == null
        ? ""
        : switch (stricter) {
          case LOWER -> "lower";
          case HIGHER -> "higher";
        };
  }
}
