package dev.signaltoorder.access;

import java.util.Set;

/**
 * One line of the users file.
 *
 * @param name unique in the file; the actor that facts name
 * @param credential what the user proves to know
 * @param roles at least one of {@link Roles#ALL}
 */
record User(String name, Credential credential, Set<String> roles) {
  User {
    roles = Set.copyOf(roles);
  }
}
