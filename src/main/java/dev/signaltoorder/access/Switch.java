package dev.signaltoorder.access;

/** Reads settings that are on or off. */
final class Switch {
  private Switch() {}

  /** Anything but a clear "false" is on; a check refuses what is neither at the start. */
  static boolean isOn(String value) {
    return !value.strip().equals("false");
  }
}
