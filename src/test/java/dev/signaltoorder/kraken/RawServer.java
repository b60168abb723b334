package dev.signaltoorder.kraken;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that reads one HTTP request per connection and then does what its script says. */
final class RawServer implements AutoCloseable {

  @FunctionalInterface
  interface Script {
    void answer(Socket socket) throws Exception;
  }

  private final ServerSocket server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private RawServer(ServerSocket server) {
    this.server = server;
  }

  static RawServer with(Script script) {
    try {
      RawServer raw = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofPlatform().daemon().start(() -> raw.serve(script));
      return raw;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes these characters and closes. */
  static Script text(String answer) {
    return socket -> socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
  }

  static Script http(String statusLine, String headers, String body) {
    return text(
        "HTTP/1.1 "
            + statusLine
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private void serve(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try (socket) {
                    requests.add(readRequest(socket.getInputStream()));
                    script.answer(socket);
                  } catch (Exception e) {
                    // The client went away: its own result is what the test looks at.
                  }
                });
      } catch (IOException e) {
        return;
      }
    }
  }

  private static String readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int wanted = -1;
    while (wanted < 0 || bytes.size() < wanted) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
      String soFar = bytes.toString(ISO_8859_1);
      if (wanted < 0 && soFar.endsWith("\r\n\r\n")) {
        wanted = bytes.size() + contentLength(soFar);
      }
    }
    return bytes.toString(ISO_8859_1);
  }

  private static int contentLength(String head) {
    for (String line : head.lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  /** Every request as it came, head and body. */
  List<String> requests() {
    return requests;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
