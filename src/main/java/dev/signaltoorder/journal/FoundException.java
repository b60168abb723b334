package dev.signaltoorder.journal;

import org.jspecify.annotations.Nullable;

/** Ends a verification with its verdict. */
final class FoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Verdict verdict;

  private FoundException(Verdict verdict) {
    super(verdict.toString(), null, false, false);
    this.verdict = verdict;
  }

  static FoundException tampered(@Nullable String account, @Nullable Long seq, String what) {
    return new FoundException(new Verdict.Tampered(account, seq, what));
  }

  static FoundException unusable(String why) {
    return new FoundException(new Verdict.Unusable(why));
  }

  Verdict verdict() {
    return verdict;
  }
}
