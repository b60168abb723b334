package dev.signaltoorder.outbound;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;

/** Sends a mail of one line, plain text. */
record MailSending(Mailer mailer, String to) implements Sending {

  @Override
  public void send(OutboundEvent event) throws NotTakenException {
    try {
      mailer.send(
          Mail.withText(
              to,
              "signal-to-order: " + event.type(),
              event.text() + "\n\n" + event.at() + "\n" + event.id() + "\n"));
    } catch (RuntimeException e) {
      throw new NotTakenException("the mail was not taken: " + e.getClass().getSimpleName());
    }
  }
}
