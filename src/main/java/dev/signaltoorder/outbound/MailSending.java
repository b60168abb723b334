package dev.signaltoorder.outbound;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * Sends a mail of one line, plain text.
 *
 * @param whole how long one mail may take; the blocking mailer of the library would wait a minute
 */
record MailSending(ReactiveMailer mailer, String to, Duration whole) implements Sending {

  @Override
  public void send(OutboundEvent event) throws NotTakenException {
    try {
      mailer
          .send(
              Mail.withText(
                  to,
                  "signal-to-order: " + event.type(),
                  event.text() + "\n\n" + event.at() + "\n" + event.id() + "\n"))
          .await()
          .atMost(whole);
    } catch (RuntimeException e) {
      throw new NotTakenException("the mail was not taken: " + reason(e));
    }
  }

  /** By name only: texts of mail servers may hold anything. */
  private static String reason(RuntimeException failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return (cause == null ? failure : cause).getClass().getSimpleName();
  }
}
