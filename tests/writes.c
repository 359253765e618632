/* Loaded before libc (LD_PRELOAD): tells of each change of a file below one folder before it is
   made, and lets whoever is told refuse it with an error number. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

typedef int (*told)(const char *what, const char *path);

static told tell;
static char below[PATH_MAX];
static __thread int inside; /* what is done by whoever is told is not told */

void watch_writes(const char *folder, told whom) {
    snprintf(below, sizeof below, "%s", folder);
    tell = whom;
}

static int refused(const char *what, const char *path) {
    if (!tell || inside || strncmp(path, below, strlen(below)))
        return 0;
    inside = 1;
    int error = tell(what, path);
    inside = 0;
    errno = error;
    return error;
}

static int refused_at(const char *what, int file) {
    char link[64], path[PATH_MAX];
    if (!tell || inside)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return refused(what, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *data, size_t size) {
    return refused_at("write", file) ? -1 : REAL(write)(file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    return refused_at("write", file) ? -1 : REAL(pwrite)(file, data, size, at);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    return refused_at("write", file) ? -1 : REAL(pwrite64)(file, data, size, at);
}
int ftruncate(int file, off_t size) {
    return refused_at("truncate", file) ? -1 : REAL(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
    return refused_at("truncate", file) ? -1 : REAL(ftruncate64)(file, size);
}
int fsync(int file) { return refused_at("sync", file) ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return refused_at("sync", file) ? -1 : REAL(fdatasync)(file); }
int rename(const char *from, const char *to) {
    return refused("rename", to) ? -1 : REAL(rename)(from, to);
}
int unlink(const char *path) { return refused("unlink", path) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) {
    return refused("make", path) ? -1 : REAL(mkdir)(path, mode);
}

#define OPENING(name)                                                                              \
    int name(const char *path, int flags, ...) {                                                   \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                                  \
        va_end(rest);                                                                              \
        int makes = flags & O_CREAT && faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW);       \
        return makes && refused("make", path) ? -1 : REAL(name)(path, flags, mode);                \
    }
OPENING(open)
OPENING(open64)
