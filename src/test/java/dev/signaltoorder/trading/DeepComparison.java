package dev.signaltoorder.trading;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares two objects of the service field by field, however deep and however private, so that a
 * field that somebody adds later takes part without being named anywhere.
 */
final class DeepComparison {
  private static final String OURS = "dev.signaltoorder.";

  private final List<String> differences = new ArrayList<>();

  private DeepComparison() {}

  /** Where the two differ; empty when they do not. */
  static List<String> differences(Object one, Object other) {
    DeepComparison comparison = new DeepComparison();
    comparison.compare(one.getClass().getSimpleName(), one, other);
    return comparison.differences;
  }

  /**
   * Names of the fields of {@code object}, and of the mutable objects of ours that it is made of,
   * with what they hold.
   */
  static Map<String, @Nullable Object> fields(Object object) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    collect(object.getClass().getSimpleName(), object, found, new IdentityHashMap<>());
    return found;
  }

  private static void collect(
      String path, Object object, Map<String, @Nullable Object> found, Map<Object, Boolean> seen) {
    if (seen.put(object, true) != null) {
      return;
    }
    for (Field field : instanceFields(object.getClass())) {
      Object value = get(field, object);
      String name = path + "." + field.getName();
      if (value != null && isOurs(value) && !value.getClass().isRecord()) {
        collect(name, value, found, seen);
      } else {
        found.put(name, value);
      }
    }
  }

  private void compare(String path, @Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      if (one != null || other != null) {
        differences.add(path + ": " + one + " and " + other);
      }
    } else if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
      compareMaps(path, map, otherMap);
    } else if (one instanceof Collection<?> all && other instanceof Collection<?> others) {
      compareCollections(path, all, others);
    } else if (isOurs(one) && one.getClass() == other.getClass() && !(one instanceof Enum<?>)) {
      for (Field field : instanceFields(one.getClass())) {
        compare(path + "." + field.getName(), get(field, one), get(field, other));
      }
    } else if (!Objects.equals(one, other)) {
      differences.add(path + ": " + one + " and " + other);
    }
  }

  private void compareMaps(String path, Map<?, ?> one, Map<?, ?> other) {
    if (!one.keySet().equals(other.keySet())) {
      differences.add(path + ": keys " + one.keySet() + " and " + other.keySet());
      return;
    }
    if (one instanceof LinkedHashMap && !(one instanceof SortedMap)) {
      compareOrder(path, one.keySet(), other.keySet());
    }
    one.forEach((key, value) -> compare(path + "[" + key + "]", value, other.get(key)));
  }

  private void compareCollections(String path, Collection<?> one, Collection<?> other) {
    if (one.size() != other.size()) {
      differences.add(path + ": " + one + " and " + other);
    } else if (one instanceof Set<?> && !isOrdered(one)) {
      if (!Set.copyOf(one).equals(Set.copyOf(other))) {
        differences.add(path + ": " + one + " and " + other);
      }
    } else {
      compareOrder(path, one, other);
    }
  }

  private static boolean isOrdered(Collection<?> collection) {
    return collection instanceof LinkedHashSet || collection instanceof SortedSet;
  }

  private void compareOrder(String path, Collection<?> one, Collection<?> other) {
    Iterator<?> others = other.iterator();
    int i = 0;
    for (Object element : one) {
      compare(path + "[" + i + "]", element, others.next());
      i++;
    }
  }

  private static boolean isOurs(Object object) {
    return object.getClass().getName().startsWith(OURS);
  }

  private static List<Field> instanceFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static @Nullable Object get(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
