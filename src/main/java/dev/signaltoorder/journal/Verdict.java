package dev.signaltoorder.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a verifier says of an export. */
public sealed interface Verdict {

  /**
   * Nothing is wrong with what is there.
   *
   * @param journals one line for each
   * @param part what the export says it is limited to; empty when it is to hold everything
   */
  record Good(List<String> journals, String part) implements Verdict {}

  /**
   * Something was changed.
   *
   * @param account where the first wrong entry is, or null when it is none of an account
   * @param seq its number, or null when no single one can be named
   * @param what what is wrong
   */
  record Tampered(@Nullable String account, @Nullable Long seq, String what) implements Verdict {}

  /** It cannot be told: nothing is signed, or this is no export, or the key is another one. */
  record Unusable(String why) implements Verdict {}
}
