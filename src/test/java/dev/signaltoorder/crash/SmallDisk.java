package dev.signaltoorder.crash;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system in memory under a folder, which can be made full at any moment by making it as
 * small as what is in it. Only root may mount; where it cannot be done the folder is an ordinary
 * one.
 */
final class SmallDisk implements AutoCloseable {
  private static final String ROOM = "size=4g";
  private static final int MOST_ATTEMPTS = 20;

  private final Path folder;
  private final boolean mounted;

  private SmallDisk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  static SmallDisk at(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new SmallDisk(
        folder,
        succeeds("mount", "-t", "tmpfs", "-o", ROOM + ",mode=700", "tmpfs", folder.toString()));
  }

  boolean isMounted() {
    return mounted;
  }

  /** Nothing more fits. Tried again where something was written meanwhile. */
  void fill() throws IOException {
    FileStore store = Files.getFileStore(folder);
    for (int attempt = 1; ; attempt++) {
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      try {
        remount("size=" + used);
        return;
      } catch (IOException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  void free() throws IOException {
    remount(ROOM);
  }

  private void remount(String size) throws IOException {
    if (!mounted || !succeeds("mount", "-o", "remount," + size, folder.toString())) {
      throw new IOException("the file system's size cannot be changed");
    }
  }

  private static boolean succeeds(String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (mounted && !succeeds("umount", folder.toString())) {
        System.out.println("SmallDisk: still mounted: " + folder);
      }
    } catch (IOException e) {
      System.out.println("SmallDisk: " + e.getMessage());
    }
  }
}
