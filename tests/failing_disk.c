/* A disk that fails: preloaded, it lets the n-th write beneath a folder fail.

   What counts as a write: bytes written, a file or folder created, linked, renamed, cut short, or
   waited for until it is on the disk; and the removal of a journal of SQLite, which is a commit. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { SOUND, FULL, ONE_ERROR, DEAD };

static char beneath[4096];
static int how;
static long at, count;

void disk_fails(const char *folder, int mode, long operation) {
    strncpy(beneath, folder, sizeof beneath - 1);
    how = mode, at = operation, count = 0;
}

long disk_operations(void) { return count; }

static int is_beneath(const char *path) {
    return beneath[0] && path && strncmp(path, beneath, strlen(beneath)) == 0;
}

static int is_of(int handle) {
    char link[64], path[4096];
    if (!beneath[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_beneath(path);
}

static int path_is_of(int folder, const char *path) {
    if (path && path[0] == '/') return is_beneath(path);
    if (folder != AT_FDCWD) return is_of(folder);
    char here[4096];
    return getcwd(here, sizeof here) && is_beneath(here);
}

/* Whether this operation fails; errno then says how. */
static int fails(void) {
    count++;
    if (how == SOUND || count < at || (how == ONE_ERROR && count > at)) return 0;
    errno = how == FULL ? ENOSPC : EIO;
    return 1;
}

/* A disk that fills up takes a part of what is written first. */
static int takes_half(size_t size) { return how == FULL && count == at && size > 1; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int handle, const void *bytes, size_t size) {
    if (is_of(handle) && fails()) return takes_half(size) ? REAL(write)(handle, bytes, size / 2) : -1;
    return REAL(write)(handle, bytes, size);
}

ssize_t pwrite(int handle, const void *bytes, size_t size, off_t where) {
    if (is_of(handle) && fails())
        return takes_half(size) ? REAL(pwrite)(handle, bytes, size / 2, where) : -1;
    return REAL(pwrite)(handle, bytes, size, where);
}

ssize_t pwrite64(int handle, const void *bytes, size_t size, off64_t where) {
    if (is_of(handle) && fails())
        return takes_half(size) ? REAL(pwrite64)(handle, bytes, size / 2, where) : -1;
    return REAL(pwrite64)(handle, bytes, size, where);
}

size_t fwrite(const void *bytes, size_t size, size_t number, FILE *file) {
    if (is_of(fileno(file)) && fails()) return 0;
    return REAL(fwrite)(bytes, size, number, file);
}

int fsync(int handle) { return is_of(handle) && fails() ? -1 : REAL(fsync)(handle); }
int fdatasync(int handle) { return is_of(handle) && fails() ? -1 : REAL(fdatasync)(handle); }

int ftruncate(int handle, off_t size) {
    return is_of(handle) && fails() ? -1 : REAL(ftruncate)(handle, size);
}

int ftruncate64(int handle, off64_t size) {
    return is_of(handle) && fails() ? -1 : REAL(ftruncate64)(handle, size);
}

int rename(const char *from, const char *to) {
    return path_is_of(AT_FDCWD, to) && fails() ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
    return path_is_of(AT_FDCWD, to) && fails() ? -1 : REAL(link)(from, to);
}

int linkat(int from_folder, const char *from, int folder, const char *to, int flags) {
    return path_is_of(folder, to) && fails()
        ? -1 : REAL(linkat)(from_folder, from, folder, to, flags);
}

int mkdir(const char *path, mode_t mode) {
    return path_is_of(AT_FDCWD, path) && fails() ? -1 : REAL(mkdir)(path, mode);
}

int unlink(const char *path) {
    size_t length = strlen(path);
    int commits = length > 8 && strcmp(path + length - 8, "-journal") == 0;
    return commits && path_is_of(AT_FDCWD, path) && fails() ? -1 : REAL(unlink)(path);
}

#define OPENS(name, folder, arguments)                                                   \
    mode_t mode = 0;                                                                     \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                 \
        va_list rest;                                                                    \
        va_start(rest, flags);                                                           \
        mode = va_arg(rest, mode_t);                                                     \
        va_end(rest);                                                                    \
        if (path_is_of(folder, path) && fails()) return -1;                              \
    }                                                                                    \
    return REAL(name) arguments;

int open(const char *path, int flags, ...) { OPENS(open, AT_FDCWD, (path, flags, mode)) }
int open64(const char *path, int flags, ...) { OPENS(open64, AT_FDCWD, (path, flags, mode)) }
int openat(int folder, const char *path, int flags, ...) {
    OPENS(openat, folder, (folder, path, flags, mode))
}
int openat64(int folder, const char *path, int flags, ...) {
    OPENS(openat64, folder, (folder, path, flags, mode))
}
