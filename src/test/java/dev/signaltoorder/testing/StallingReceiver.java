package dev.signaltoorder.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers a request with the headers of an answer, and then nothing, as long as the other side
 * waits; in full once it was told to. A request that did not come whole is none: whoever waits for
 * a moment only may give up before.
 */
public final class StallingReceiver implements AutoCloseable {
  private static final String STALLED = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
  private static final String WHOLE =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicBoolean answering = new AtomicBoolean();
  private final AtomicInteger givenUp = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  public StallingReceiver() {
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::take);
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** From the next request on it answers in full. */
  public void answerFromNowOn() {
    answering.set(true);
  }

  /** How often the other side closed a connection on which it was left hanging. */
  public int givenUp() {
    return givenUp.get();
  }

  /** How many requests were answered in full. */
  public int answered() {
    return answered.get();
  }

  private void take() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    boolean stalling = false;
    try (socket) {
      InputStream in = socket.getInputStream();
      readHead(in);
      stalling = !answering.get();
      socket
          .getOutputStream()
          .write((stalling ? STALLED : WHOLE).getBytes(StandardCharsets.US_ASCII));
      if (!stalling) {
        answered.incrementAndGet();
      }
      while (in.read() >= 0) {
        // The request's body, and then the end of the connection.
      }
      countIf(stalling);
    } catch (IOException e) {
      countIf(stalling);
    }
  }

  private void countIf(boolean stalling) {
    if (stalling && !server.isClosed()) {
      givenUp.incrementAndGet();
    }
  }

  private static void readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("it ended before its headers did");
      }
      head.write(next);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket each : connections) {
      each.close();
    }
  }
}
