/*
 * Preloaded into a process, makes its wall clock wrong by as many seconds as the file FALSE_CLOCK_FILE holds (8 bytes, native order), at
 * once when that file changes. All other clocks, and with them all time-outs, stay as they are.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static int (*system_clock)(clockid_t, struct timespec *);
static volatile int64_t *error_seconds;

__attribute__((constructor)) static void open_file(void) {
  const char *name = getenv("FALSE_CLOCK_FILE");
  int file = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    void *mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    error_seconds = mapped == MAP_FAILED ? NULL : mapped;
    close(file);
  }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (system_clock == NULL) {
    system_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  }
  int result = system_clock(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME && error_seconds != NULL) {
    now->tv_sec += *error_seconds;
  }
  return result;
}
