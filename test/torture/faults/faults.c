/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into a JVM: makes the system calls of the transport fail, and what
 * the shim and libnl allocate.  What else the JVM does goes through untouched.
 *
 * The program says what is to fail in a file that both map: JGENL_FAULTS.
 */
#define _GNU_SOURCE /* RTLD_NEXT, recvmmsg, ppoll, setns */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* In the order of FaultyCall.java. */
enum call {
	SOCKET,
	BIND,
	CONNECT,
	SETSOCKOPT,
	GETSOCKOPT,
	GETSOCKNAME,
	SENDTO,
	SENDMSG,
	RECVFROM,
	RECVMSG,
	RECVMMSG,
	PPOLL,
	EVENTFD,
	READ,
	IOCTL,
	OPEN,
	SETNS,
	CLOSE,
	THREAD,
	ALLOCATE,
	CALLS,
};

struct control {
	/* The call that fails, or -1. */
	_Atomic int32_t call;
	_Atomic int32_t error;
	/* How many calls of it succeed before. */
	_Atomic int32_t spared;
	/* Only one fails; or all that follow do, too. */
	_Atomic int32_t once;
	/* Of this call, since the program has set it to 0. */
	_Atomic int32_t seen;
	_Atomic int32_t fired;
	/* How many blocks of memory the shim and libnl hold. */
	_Atomic int32_t blocks;
	/* How often the transport has called each. */
	_Atomic int32_t calls[CALLS];
};

static struct control *control;

/* What the transport's descriptors are. */
enum kind { OTHER, NETLINK, EVENT };

static _Atomic unsigned char kinds[1 << 16];

/* Where the code of the shim and of libnl lies. */
static struct {
	uintptr_t from;
	uintptr_t to;
} code[8];
static _Atomic int codes;

/* Blocks that were allocated there. */
static _Atomic uintptr_t blocks[1 << 14];

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void __libc_free(void *block);

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void map_control(void)
{
	const char *path = getenv("JGENL_FAULTS");
	int fd = path ? REAL(open)(path, O_RDWR | O_CLOEXEC) : -1;
	void *memory;

	/* Programs that the JVM starts have no part in it. */
	unsetenv("LD_PRELOAD");
	unsetenv("JGENL_FAULTS");
	if (fd < 0)
		return;
	memory = mmap(NULL, sizeof(*control), PROT_READ | PROT_WRITE,
		      MAP_SHARED, fd, 0);
	REAL(close)(fd);
	if (memory != MAP_FAILED)
		control = memory;
}

/* Counts a call, and returns whether it fails; errno then is set. */
static int fails(enum call call)
{
	int32_t before;

	if (!control)
		return 0;
	atomic_fetch_add(&control->calls[call], 1);
	if (atomic_load(&control->call) != (int32_t)call)
		return 0;
	before = atomic_fetch_add(&control->seen, 1) -
		 atomic_load(&control->spared);
	if (before < 0 || (before > 0 && atomic_load(&control->once)))
		return 0;
	atomic_fetch_add(&control->fired, 1);
	errno = atomic_load(&control->error);
	return 1;
}

static enum kind kind_of(int fd)
{
	return fd >= 0 && fd < (int)sizeof(kinds) ? atomic_load(&kinds[fd]) :
						    OTHER;
}

static int remember(int fd, enum kind kind)
{
	if (fd >= 0 && fd < (int)sizeof(kinds))
		atomic_store(&kinds[fd], (unsigned char)kind);
	return fd;
}

static int fails_on(int fd, enum kind kind, enum call call)
{
	return kind_of(fd) == kind && fails(call);
}

static int is_ours(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return strstr(name, "jgenl") || !strncmp(name, "libnl-", 6);
}

static int add_code(struct dl_phdr_info *info, size_t size, void *arg)
{
	int *n = arg;

	(void)size;
	for (int i = 0; is_ours(info->dlpi_name) && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

		if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X))
			continue;
		if (*n == (int)(sizeof(code) / sizeof(code[0])))
			abort();
		code[*n].from = info->dlpi_addr + segment->p_vaddr;
		code[*n].to = code[*n].from + segment->p_memsz;
		++*n;
	}
	return 0;
}

/* The shim is there, since it opens a netlink socket. */
static void find_code(void)
{
	int n = 0;

	if (atomic_load(&codes))
		return;
	dl_iterate_phdr(add_code, &n);
	atomic_store(&codes, n);
}

static int is_from_transport(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;

	for (int i = atomic_load(&codes); i-- > 0;) {
		if (at >= code[i].from && at < code[i].to)
			return 1;
	}
	return 0;
}

static _Atomic uintptr_t *place(uintptr_t block, int i)
{
	return &blocks[(block / 16 + (uintptr_t)i) % (1 << 14)];
}

static void *keep(void *block)
{
	uintptr_t key = (uintptr_t)block;
	uintptr_t none = 0;
	int i = 0;

	if (!block)
		return NULL;
	while (!atomic_compare_exchange_strong(place(key, i), &none, key)) {
		none = 0;
		if (++i == 256)
			abort();
	}
	atomic_fetch_add(&control->blocks, 1);
	return block;
}

void *malloc(size_t size)
{
	if (!control || !is_from_transport(__builtin_return_address(0)))
		return __libc_malloc(size);
	return fails(ALLOCATE) ? NULL : keep(__libc_malloc(size));
}

void *calloc(size_t number, size_t size)
{
	if (!control || !is_from_transport(__builtin_return_address(0)))
		return __libc_calloc(number, size);
	return fails(ALLOCATE) ? NULL : keep(__libc_calloc(number, size));
}

void free(void *block)
{
	uintptr_t key = (uintptr_t)block;

	for (int i = 0; key && atomic_load(&codes) && i < 256; i++) {
		uintptr_t expected = key;

		if (atomic_load(place(key, i)) == key &&
		    atomic_compare_exchange_strong(place(key, i), &expected, 0)) {
			atomic_fetch_sub(&control->blocks, 1);
			break;
		}
	}
	__libc_free(block);
}

int socket(int domain, int type, int protocol)
{
	if (domain != AF_NETLINK)
		return REAL(socket)(domain, type, protocol);
	find_code();
	if (!is_from_transport(__builtin_return_address(0)))
		return REAL(socket)(domain, type, protocol);
	if (fails(SOCKET))
		return -1;
	return remember(REAL(socket)(domain, type, protocol), NETLINK);
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
	return fails_on(fd, NETLINK, BIND) ? -1 :
					     REAL(bind)(fd, address, length);
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
	return fails_on(fd, NETLINK, CONNECT) ?
		       -1 :
		       REAL(connect)(fd, address, length);
}

int setsockopt(int fd, int level, int option, const void *value,
	       socklen_t length)
{
	return fails_on(fd, NETLINK, SETSOCKOPT) ?
		       -1 :
		       REAL(setsockopt)(fd, level, option, value, length);
}

int getsockopt(int fd, int level, int option, void *restrict value,
	       socklen_t *restrict length)
{
	return fails_on(fd, NETLINK, GETSOCKOPT) ?
		       -1 :
		       REAL(getsockopt)(fd, level, option, value, length);
}

int getsockname(int fd, struct sockaddr *restrict address,
		socklen_t *restrict length)
{
	return fails_on(fd, NETLINK, GETSOCKNAME) ?
		       -1 :
		       REAL(getsockname)(fd, address, length);
}

ssize_t sendto(int fd, const void *data, size_t size, int flags,
	       const struct sockaddr *to, socklen_t length)
{
	return fails_on(fd, NETLINK, SENDTO) ?
		       -1 :
		       REAL(sendto)(fd, data, size, flags, to, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	return fails_on(fd, NETLINK, SENDMSG) ? -1 :
						REAL(sendmsg)(fd, message, flags);
}

ssize_t recvfrom(int fd, void *restrict data, size_t size, int flags,
		 struct sockaddr *restrict from, socklen_t *restrict length)
{
	return fails_on(fd, NETLINK, RECVFROM) ?
		       -1 :
		       REAL(recvfrom)(fd, data, size, flags, from, length);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	return fails_on(fd, NETLINK, RECVMSG) ? -1 :
						REAL(recvmsg)(fd, message, flags);
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned int n, int flags,
	     struct timespec *timeout)
{
	return fails_on(fd, NETLINK, RECVMMSG) ?
		       -1 :
		       REAL(recvmmsg)(fd, messages, n, flags, timeout);
}

int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
	  const sigset_t *mask)
{
	if (is_from_transport(__builtin_return_address(0)) && fails(PPOLL))
		return -1;
	return REAL(ppoll)(fds, n, timeout, mask);
}

int eventfd(unsigned int count, int flags)
{
	if (!is_from_transport(__builtin_return_address(0)))
		return REAL(eventfd)(count, flags);
	return fails(EVENTFD) ? -1 :
				remember(REAL(eventfd)(count, flags), EVENT);
}

ssize_t read(int fd, void *data, size_t size)
{
	return fails_on(fd, EVENT, READ) ? -1 : REAL(read)(fd, data, size);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	return fails_on(fd, NETLINK, IOCTL) ? -1 :
					      REAL(ioctl)(fd, request, argument);
}

int open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	va_start(arguments, flags);
	mode = va_arg(arguments, mode_t);
	va_end(arguments);
	if (is_from_transport(__builtin_return_address(0)) && fails(OPEN))
		return -1;
	return REAL(open)(path, flags, mode);
}

int setns(int fd, int type)
{
	return fails(SETNS) ? -1 : REAL(setns)(fd, type);
}

int pthread_create(pthread_t *restrict thread,
		   const pthread_attr_t *restrict attributes,
		   void *(*function)(void *), void *restrict argument)
{
	/* This one returns the error. */
	if (is_from_transport(__builtin_return_address(0)) && fails(THREAD))
		return errno;
	return REAL(pthread_create)(thread, attributes, function, argument);
}

/* The descriptor is gone, whatever it returns. */
int close(int fd)
{
	enum kind kind = kind_of(fd);
	int result;

	remember(fd, OTHER);
	result = REAL(close)(fd);
	return kind != OTHER && fails(CLOSE) ? -1 : result;
}
