package dev.signaltoorder.risk;

import dev.signaltoorder.risk.ParameterType.Choices;
import dev.signaltoorder.risk.ParameterType.Decimal;
import dev.signaltoorder.risk.ParameterType.Pairs;
import dev.signaltoorder.risk.ParameterType.Stricter;
import dev.signaltoorder.risk.ParameterType.Whole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a rule set may let more through. A number with a stricter direction that moves
 * that way, and a list that only gets shorter, are stricter; every other change may be looser.
 */
public final class RuleLoosening {

  private RuleLoosening() {}

  /**
   * What may be looser in {@code after}, one line each with both values; empty when it can only
   * refuse more. Both sets are valid.
   */
  public static List<String> of(
      Map<String, ? extends Map<String, String>> before,
      Map<String, ? extends Map<String, String>> after) {
    List<String> looser = new ArrayList<>();
    for (RuleDescription rule : RuleCatalog.rules()) {
      Map<String, String> was = before.get(rule.code());
      Map<String, String> is = after.get(rule.code());
      if (was == null || is == null) {
        if (was != null) {
          looser.add(rule.code() + " is left out");
        } else if (is != null) {
          looser.add(rule.code() + " is added");
        }
        continue;
      }
      Set<String> names = new TreeSet<>(was.keySet());
      names.addAll(is.keySet());
      for (String name : names) {
        if (!Objects.equals(was.get(name), is.get(name)) && mayBeLooser(rule, name, was, is)) {
          looser.add(rule.code() + "." + name + ": " + was.get(name) + " to " + is.get(name));
        }
      }
    }
    return looser;
  }

  private static boolean mayBeLooser(
      RuleDescription rule, String name, Map<String, String> was, Map<String, String> is) {
    for (ParameterDescription parameter : rule.parameters()) {
      if (parameter.name().equals(name) || parameter.isOverride(name)) {
        if (parameter.scope().onlyNarrows()) {
          String had = was.get(name);
          String has = is.get(name);
          return has == null || (had != null && mayBeLooser(parameter.type(), had, has));
        }
        String before = effective(parameter, name, was);
        String after = effective(parameter, name, is);
        return before == null || after == null || mayBeLooser(parameter.type(), before, after);
      }
    }
    return true;
  }

  private static boolean mayBeLooser(ParameterType type, String before, String after) {
    return switch (type) {
      case Decimal decimal -> mayBeLooser(decimal.stricter(), before, after);
      case Whole whole -> mayBeLooser(whole.stricter(), before, after);
      case Choices choices -> hasMore(before, after);
      case Pairs pairs -> hasMore(before, after);
      case ParameterType.Choice choice -> true;
    };
  }

  private static boolean mayBeLooser(@Nullable Stricter stricter, String before, String after) {
    int change = new BigDecimal(after).compareTo(new BigDecimal(before));
    return change != 0
        && (stricter == null || (stricter == Stricter.LOWER ? change > 0 : change < 0));
  }

  private static boolean hasMore(String before, String after) {
    List<String> had = ParameterType.upperCaseEntries(before);
    return !had.containsAll(ParameterType.upperCaseEntries(after));
  }

  /**
   * The value that counts where the narrow one is not given: for a pair its quote asset's, then the
   * plain one where that is used; null when there is none.
   */
  private static @Nullable String effective(
      ParameterDescription parameter, String name, Map<String, String> texts) {
    String own = texts.get(name);
    if (own != null || name.equals(parameter.name())) {
      return own;
    }
    if (parameter.scope() == ParameterDescription.Scope.PLAIN_OR_PAIR) {
      return texts.get(parameter.name());
    }
    String of = name.substring(parameter.name().length() + 1);
    String quote = of.substring(of.indexOf('/') + 1);
    String ofQuote = texts.get(parameter.name() + "." + quote);
    if (ofQuote != null) {
      return ofQuote;
    }
    return QuoteLimit.PLAIN_QUOTES.contains(quote) ? texts.get(parameter.name()) : null;
  }
}
