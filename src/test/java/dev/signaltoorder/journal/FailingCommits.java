package dev.signaltoorder.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that goes away just when something is to be committed. */
final class FailingCommits {
  private final DataSource real;
  private final AtomicInteger failures = new AtomicInteger();

  FailingCommits(DataSource real) {
    this.real = real;
  }

  /** The next commit fails, and nothing of it is stored. */
  void failOnce() {
    failures.set(1);
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object answer = call(real, method, arguments);
          return answer instanceof Connection connection ? failing(connection) : answer;
        });
  }

  private Connection failing(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("commit") && failures.getAndSet(0) > 0) {
            throw new SQLException("the connection is gone");
          }
          return call(connection, method, arguments);
        });
  }

  private interface Answers {
    @Nullable Object to(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            FailingCommits.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.to(method, arguments)));
  }

  private static @Nullable Object call(Object on, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }
}
