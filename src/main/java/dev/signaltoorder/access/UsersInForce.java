package dev.signaltoorder.access;

import jakarta.inject.Singleton;

/** Which users may sign in. */
@Singleton
public class UsersInForce {
  private final UserDirectory directory;

  UsersInForce(UserDirectory directory) {
    this.directory = directory;
  }

  /**
   * A fingerprint of the users file's lines in force, 12 hexadecimal digits; empty without a file.
   * May read a file that has changed: not for an event loop.
   */
  public String fingerprint() {
    return directory.users().fingerprint();
  }
}
