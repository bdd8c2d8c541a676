/* A system clock that can be set for one process and its children: preloaded, it adds the seconds that stand in the
   file $CLOCK_OFFSET_FILE (eight bytes, native order) to the time of day, and leaves the clocks that only run alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long long *offset;
static int (*machines)(clockid_t, struct timespec *);

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("CLOCK_OFFSET_FILE");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    machines = dlsym(RTLD_NEXT, "clock_gettime");
    if (file >= 0) {
        void *seconds = mmap(0, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
        if (seconds != MAP_FAILED) offset = seconds;
        close(file);
    }
}

int clock_gettime(clockid_t which, struct timespec *at) {
    if (!machines) machines = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = machines(which, at);
    if (!failed && offset && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) at->tv_sec += *offset;
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
