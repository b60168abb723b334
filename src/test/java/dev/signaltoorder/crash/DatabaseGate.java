package dev.signaltoorder.crash;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the program and PostgreSQL, reads the frontend messages that pass (PostgreSQL
 * documentation, "Message Formats"), and can hold a transaction of the journal exactly before its
 * COMMIT reaches the server, or exactly after the server has committed.
 */
final class DatabaseGate implements AutoCloseable {
  private static final int START_UP_VERSION_3 = 196_608;

  /**
   * A transaction that wrote to the journal.
   *
   * @param accounts whose journal it is
   * @param kinds of its facts
   * @param deliveries ids of the deliveries it takes
   * @param intended ids of the orders it intends
   */
  record Commit(
      Set<String> accounts, Set<String> kinds, Set<String> deliveries, Set<String> intended) {
    boolean has(String kind) {
      return kinds.contains(kind);
    }
  }

  private final IntSupplier serverPort;
  private final ServerSocket door;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Trap<Commit>> armed = new AtomicReference<>();
  private final Wire wire = new Wire();
  private final Set<String> endedTerms = ConcurrentHashMap.newKeySet();
  private volatile Consumer<String> trouble = text -> {};

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

  /**
   * Terms of these accounts that the program knows have ended: until it has begun a new one it can
   * commit nothing.
   */
  void appendsMeanTrouble(Set<String> accounts, Consumer<String> trouble) {
    this.trouble = trouble;
    endedTerms.addAll(accounts);
  }

  private void ofAnEndedTerm(Commit commit) {
    for (String account : commit.accounts()) {
      if (commit.has("loop-started")) {
        endedTerms.remove(account);
      } else if (endedTerms.contains(account)) {
        trouble.accept("a program appended to " + account + " after its term had ended: " + commit);
      }
    }
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
    private final Statements statements = new Statements();
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
        Commit commit = statements.read((char) type, body);
        if (commit != null && !mayGoOn(commit)) {
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

    private boolean mayGoOn(Commit commit) {
      ofAnEndedTerm(commit);
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
