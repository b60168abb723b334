package dev.signaltoorder.trading;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections that are used again, and that can be taken away all at once. */
final class PooledSource implements DataSource {
  private final DataSource source;
  private final AtomicBoolean cut;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Connection> all = ConcurrentHashMap.newKeySet();

  PooledSource(DataSource source, AtomicBoolean cut) {
    this.source = source;
    this.cut = cut;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (cut.get()) {
      throw new SQLException("the network is cut", "08001");
    }
    Connection free = idle.poll();
    while (free != null && free.isClosed()) {
      all.remove(free);
      free = idle.poll();
    }
    Connection real = free == null ? source.getConnection() : free;
    all.add(real);
    AtomicBoolean returned = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (!returned.getAndSet(true)) {
                  idle.push(real);
                }
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Every connection breaks, also those in use. */
  void dropAll() {
    for (Connection connection : all) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // It is gone either way.
      }
    }
    all.clear();
    idle.clear();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("one user only");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
