package dev.signaltoorder.operations;

import dev.signaltoorder.trading.Message;
import java.time.Instant;

/** What is in force somewhere and may give way to something else while the service runs. */
sealed interface InForce {

  /** Tells it from others, and says nothing else about what is secret in it. */
  String fingerprint();

  /**
   * What a journal is told when it came into force.
   *
   * @param what whose it is
   * @param from the fingerprint of what was in force before
   */
  Message.Replacement replacing(String what, String from);

  /** The secrets of a sender, of people or of a receiver. */
  record Secrets(String fingerprint) implements InForce {
    @Override
    public Message.Replacement replacing(String what, String from) {
      return new Message.SecretsReplaced(what, from, fingerprint);
    }
  }

  /**
   * The certificate that the service shows, or several.
   *
   * @param fingerprint SHA-256 of each, 64 hexadecimal digits, with commas
   * @param subject whose, with semicolons
   * @param notBefore when the last of them begins to be good
   * @param notAfter when the first of them ends
   */
  record Certificates(String fingerprint, String subject, Instant notBefore, Instant notAfter)
      implements InForce {
    @Override
    public Message.Replacement replacing(String what, String from) {
      return new Message.CertificateReplaced(what, from, fingerprint, subject, notAfter);
    }
  }
}
