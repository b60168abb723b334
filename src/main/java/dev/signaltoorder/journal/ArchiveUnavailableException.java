package dev.signaltoorder.journal;

import org.jspecify.annotations.Nullable;

/** Bytes that were moved cannot be had: the message names the archive and says why. */
public final class ArchiveUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArchiveUnavailableException(Archive archive, String why, @Nullable Throwable cause) {
    super(archive.text() + ": " + why, cause);
  }
}
