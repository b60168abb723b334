package dev.signaltoorder.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version; a test holds it equal to the build's. */
final class Version implements IVersionProvider {
  static final String NUMBER = "1.0.0";

  @Override
  public String[] getVersion() {
    return new String[] {"signal-to-order " + NUMBER};
  }
}
