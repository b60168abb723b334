package dev.signaltoorder.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server as users have one: it takes a mail (RFC 5321) only after STARTTLS and from whoever
 * knows the password. Keeps all mails.
 */
public final class MailServer implements QuarkusTestResourceLifecycleManager {
  /** Of the service at this server. */
  public static final String PASSWORD = "canary-of-the-mail-server-41";

  private static final String USER = "service";
  private static final Queue<Received> MAILS = new ConcurrentLinkedQueue<>();

  private @Nullable SSLContext tls;
  private @Nullable ServerSocket server;

  /** What the envelope says, and the mail with its headers. */
  public record Received(String from, List<String> to, String content) {}

  /** To this address, so far. */
  public static List<Received> to(String address) {
    return MAILS.stream().filter(mail -> mail.to().contains("<" + address + ">")).toList();
  }

  @Override
  public Map<String, String> start() {
    MAILS.clear();
    try {
      Path folder = Files.createTempDirectory("mail-server");
      folder.toFile().deleteOnExit();
      TestCertificate certificate = TestCertificate.of("localhost", folder, "mail");
      certificate.file().toFile().deleteOnExit();
      certificate.pem().toFile().deleteOnExit();
      tls = TestCertificate.client(certificate);
      ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      server = listening;
      Thread.ofVirtual().start(() -> take(listening));
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("quarkus.mailer.mock", "false");
      settings.put("quarkus.mailer.from", "signal-to-order@example.com");
      settings.put("quarkus.mailer.host", "localhost");
      settings.put("quarkus.mailer.port", Integer.toString(listening.getLocalPort()));
      settings.put("quarkus.mailer.username", USER);
      settings.put("quarkus.mailer.password", PASSWORD);
      settings.put("quarkus.mailer.start-tls", "REQUIRED");
      settings.put("quarkus.mailer.tls-configuration-name", "mail");
      // Else Quarkus takes the name as a wish for TLS from the first byte on.
      settings.put("quarkus.mailer.tls", "false");
      settings.put("quarkus.tls.mail.trust-store.pem.certs", certificate.pem().toString());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed: the tests are over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Conversation plain = new Conversation(socket, false);
      plain.say("220 localhost");
      if (!plain.wantsTls()) {
        return;
      }
      try (Socket secured = secured(socket)) {
        new Conversation(secured, true).wantsTls();
      }
    } catch (IOException e) {
      // The other side went away, as it may.
    }
  }

  private Socket secured(Socket socket) throws IOException {
    if (tls == null) {
      throw new IOException("it was never started");
    }
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", 0, false);
    secured.setUseClientMode(false);
    return secured;
  }

  @Override
  public void stop() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      // It ends with the JVM.
    }
  }

  private static final class Conversation {
    private static final String CREDENTIALS =
        Base64.getEncoder()
            .encodeToString(("\0" + USER + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final BufferedReader in;
    private final OutputStream out;
    private final boolean secured;
    private boolean known;
    private String from = "";
    private final List<String> to = new ArrayList<>();

    Conversation(Socket socket, boolean secured) throws IOException {
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      this.out = socket.getOutputStream();
      this.secured = secured;
    }

    /** Until the other side wants to go on with TLS, or is done: whether it wants that. */
    boolean wantsTls() throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT)) {
          case "EHLO" -> say("250-localhost", secured ? "250 AUTH PLAIN" : "250 STARTTLS");
          case "STARTTLS" -> {
            say("220 now");
            return true;
          }
          case "AUTH" -> {
            known = secured && line.equals("AUTH PLAIN " + CREDENTIALS);
            say(known ? "235 welcome" : "535 no");
          }
          case "MAIL" -> {
            from = line;
            to.clear();
            say(known ? "250 yes" : "530 who are you");
          }
          case "RCPT" -> {
            to.add(line.substring(line.indexOf('<')));
            say(known ? "250 yes" : "530 who are you");
          }
          case "DATA" -> {
            if (known) {
              say("354 go on");
              MAILS.add(new Received(from, List.copyOf(to), content()));
              say("250 taken");
            } else {
              say("530 who are you");
            }
          }
          case "NOOP", "RSET" -> say("250 yes");
          case "QUIT" -> {
            say("221 bye");
            return false;
          }
          default -> say("502 what");
        }
      }
      return false;
    }

    private String content() throws IOException {
      StringBuilder content = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) {
          throw new IOException("it ended within a mail");
        }
        content.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
      }
      return content.toString();
    }

    void say(String... lines) throws IOException {
      out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
