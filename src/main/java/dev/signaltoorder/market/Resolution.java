package dev.signaltoorder.market;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pair's name stands for. */
public sealed interface Resolution {

  /** The name as it was asked for. */
  String name();

  /** Why there are no rules, in words for the record; null when there are. */
  default @Nullable String problem() {
    return switch (this) {
      case Found found -> null;
      case Unknown unknown -> "unknown pair " + unknown.name();
      case Ambiguous ambiguous ->
          "ambiguous pair " + ambiguous.name() + ": " + String.join(", ", ambiguous.candidates());
      case Untradable untradable ->
          "pair " + untradable.name() + " cannot be traded: " + untradable.reason();
      case NotLoaded notLoaded -> notLoaded.reason();
    };
  }

  /** Exactly one pair has this name, and its rules are complete. */
  record Found(String name, PairRules rules) implements Resolution {}

  /** No pair has this name. Tokenised assets and dark pools count as unknown. */
  record Unknown(String name) implements Resolution {}

  /**
   * Several pairs have this name.
   *
   * @param candidates their response keys, sorted, at least two
   */
  record Ambiguous(String name, List<String> candidates) implements Resolution {

    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * Kraken lists the pair but leaves out, or garbles, something that trading needs.
   *
   * @param reason each such field and what is wrong with it
   */
  record Untradable(String name, String reason) implements Resolution {}

  /**
   * Nothing is known yet: the catalogue was never loaded.
   *
   * @param reason says so, with the last failure if there was one
   */
  record NotLoaded(String name, String reason) implements Resolution {}
}
