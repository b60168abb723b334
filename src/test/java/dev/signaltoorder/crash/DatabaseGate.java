package dev.signaltoorder.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.signaltoorder.crash.Trap.At;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the program and PostgreSQL, reads the frontend messages that pass (PostgreSQL
 * documentation, "Message Formats"), and can hold a transaction of the journal exactly before its
 * COMMIT reaches the server, or exactly after the server has committed.
 */
final class DatabaseGate implements AutoCloseable {
  private static final Pattern KIND = Pattern.compile("\"kind\":\"([a-z-]+)\"");
  private static final Pattern DELIVERY = Pattern.compile("msg_[0-9a-f-]{36}");
  private static final Pattern INTENDED = Pattern.compile("\"clientOrderId\":\"([0-9a-f-]{36})\"");
  private static final int START_UP_VERSION_3 = 196_608;

  /**
   * A transaction that wrote to the journal.
   *
   * @param kinds of its facts
   * @param deliveries ids of the deliveries it takes
   * @param intended ids of the orders it intends
   */
  record Commit(Set<String> kinds, Set<String> deliveries, Set<String> intended) {
    boolean has(String kind) {
      return kinds.contains(kind);
    }
  }

  private final IntSupplier serverPort;
  private final ServerSocket door;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Trap<Commit>> armed = new AtomicReference<>();
  private final Wire wire = new Wire();

  DatabaseGate(IntSupplier serverPort) {
    this.serverPort = serverPort;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Catches the next commit that fits. */
  Trap<Commit> arm(At at, Predicate<Commit> which) {
    Trap<Commit> trap = new Trap<>(at, which);
    armed.set(trap);
    return trap;
  }

  void disarm() {
    armed.set(null);
  }

  /** The network is cut: what is sent, either way, stays on its way until {@link #heal}. */
  void silence() {
    wire.silence();
  }

  void heal() {
    wire.heal();
  }

  /** Resets every connection. */
  void cut() {
    connections.forEach(Connection::close);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      // Closed is what it shall be.
    }
    heal();
    cut();
  }

  private void acceptAll() {
    while (!door.isClosed()) {
      try {
        Socket program = door.accept();
        Thread.ofVirtual().start(() -> serve(program));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket program) {
    wire.pass();
    try (program;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort.getAsInt())) {
      program.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Connection connection = new Connection(program, server);
      connections.add(connection);
      try {
        Thread.ofVirtual().start(connection::answers);
        connection.requests();
      } finally {
        connections.remove(connection);
        connection.close();
      }
    } catch (IOException e) {
      // The server is away or one side has gone: so is the connection.
    }
  }

  private final class Connection {
    private final Socket program;
    private final Socket server;
    private final Map<String, String> statements = new HashMap<>();
    private final Set<String> kinds = new TreeSet<>();
    private final Set<String> deliveries = new TreeSet<>();
    private final Set<String> intended = new TreeSet<>();
    private volatile @Nullable Runnable beforeAnswer;

    Connection(Socket program, Socket server) {
      this.program = program;
      this.server = server;
    }

    /** Program to server, message by message. */
    void requests() throws IOException {
      var in = new DataInputStream(new BufferedInputStream(program.getInputStream(), 1 << 16));
      var out = new DataOutputStream(new java.io.BufferedOutputStream(server.getOutputStream()));
      startUp(in, out);
      int type = in.read();
      while (type >= 0) {
        byte[] body = in.readNBytes(in.readInt() - 4);
        if (isCommit((char) type, body) && !commit()) {
          return;
        }
        wire.pass();
        out.write(type);
        out.writeInt(body.length + 4);
        out.write(body);
        if (in.available() == 0) {
          out.flush();
        }
        type = in.read();
      }
    }

    private void startUp(DataInputStream in, DataOutputStream out) throws IOException {
      int code;
      do {
        byte[] body = in.readNBytes(in.readInt() - 4);
        code = new DataInputStream(new java.io.ByteArrayInputStream(body)).readInt();
        out.writeInt(body.length + 4);
        out.write(body);
        out.flush();
      } while (code != START_UP_VERSION_3);
    }

    private boolean isCommit(char type, byte[] body) {
      if (type != 'P' && type != 'B' && type != 'Q') {
        return false;
      }
      String text = new String(body, ISO_8859_1);
      List<String> parts = List.of(text.split("\0", 3));
      if (type == 'P') {
        statements.put(parts.get(0), parts.get(1));
        return false;
      }
      String sql = type == 'Q' ? parts.get(0) : statements.getOrDefault(parts.get(1), "");
      if (sql.startsWith("insert into journal")) {
        collect(KIND, 1, text, kinds);
        collect(INTENDED, 1, text, intended);
      } else if (sql.startsWith("insert into inbox")) {
        collect(DELIVERY, 0, text, deliveries);
      } else if (sql.equalsIgnoreCase("ROLLBACK")) {
        forget();
      }
      return sql.equalsIgnoreCase("COMMIT");
    }

    private static void collect(Pattern pattern, int group, String text, Set<String> into) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        into.add(matcher.group(group));
      }
    }

    private void forget() {
      kinds.clear();
      deliveries.clear();
      intended.clear();
    }

    /** True if the COMMIT may go on. */
    private boolean commit() {
      if (kinds.isEmpty()) {
        return true;
      }
      Commit commit = new Commit(Set.copyOf(kinds), Set.copyOf(deliveries), Set.copyOf(intended));
      forget();
      Trap<Commit> trap = armed.get();
      if (trap == null || !trap.fits(commit) || !armed.compareAndSet(trap, null)) {
        return true;
      }
      if (trap.at() == At.BEFORE) {
        return trap.hold(commit);
      }
      beforeAnswer =
          () -> {
            if (!trap.hold(commit)) {
              close();
            }
          };
      return true;
    }

    /** Server to program. Nothing else is under way when the answer to a COMMIT comes. */
    void answers() {
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = server.getInputStream();
          OutputStream out = program.getOutputStream()) {
        int count = in.read(buffer);
        while (count >= 0) {
          Runnable first = beforeAnswer;
          if (first != null) {
            beforeAnswer = null;
            first.run();
          }
          wire.pass();
          out.write(buffer, 0, count);
          count = in.read(buffer);
        }
      } catch (IOException e) {
        // One side has gone.
      }
      close();
    }

    void close() {
      try {
        program.close();
        server.close();
      } catch (IOException e) {
        // Closed is what it shall be.
      }
    }
  }
}
