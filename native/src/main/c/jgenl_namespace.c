/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* setns, syscall */

#include "jgenl_namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <linux/stat.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* /proc/self would be the namespace of the main thread. */
#define OF_THIS_THREAD "/proc/thread-self/ns/net"

/* Room for a few calls, and for what other libraries keep in each thread. */
#define STACK_SIZE ((size_t)256 * 1024)

/*
 * glibc 2.34 gave these a new version, under which no older one has them.  The
 * old version is in both (check_needs.cmake).
 */
#if defined(__GLIBC__) && defined(__x86_64__) && defined(__LP64__)
#define OLD_GLIBC "GLIBC_2.2.5"
#elif defined(__GLIBC__) && defined(__aarch64__) && defined(__LP64__)
#define OLD_GLIBC "GLIBC_2.17"
#endif
#ifdef OLD_GLIBC
__asm__(".symver pthread_create,pthread_create@" OLD_GLIBC);
__asm__(".symver pthread_join,pthread_join@" OLD_GLIBC);
__asm__(".symver pthread_sigmask,pthread_sigmask@" OLD_GLIBC);
__asm__(".symver pthread_attr_setstacksize,pthread_attr_setstacksize@"
	OLD_GLIBC);
#endif

int jgenl_namespace_open(const char *path)
{
	int fd;

	/* O_NONBLOCK: a FIFO would wait for a writer. */
	fd = open(path ? path : OF_THIS_THREAD,
		  O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	/* That of a thread is one; emulators of system calls know no ioctl. */
	if (!path || ioctl(fd, NS_GET_NSTYPE) == CLONE_NEWNET)
		return fd;
	/* What is no namespace knows no such request: ENOTTY, mostly. */
	close(fd);
	return -EINVAL;
}

/*
 * statx(2) by number, because glibc has it since 2.28 only, and stat(2) under
 * a version of 2.33.
 */
static int identify(int fd, const char *path, int flags, struct statx *file)
{
	if (syscall(SYS_statx, fd, path, flags, STATX_INO, file))
		return -errno;
	return 0;
}

int jgenl_namespace_is_current(int ns)
{
	struct statx one = { 0 }, other = { 0 };
	int err;

	err = identify(ns, "", AT_EMPTY_PATH, &one);
	if (!err)
		err = identify(AT_FDCWD, OF_THIS_THREAD, 0, &other);
	if (err)
		return err;
	return one.stx_ino == other.stx_ino &&
	       one.stx_dev_major == other.stx_dev_major &&
	       one.stx_dev_minor == other.stx_dev_minor;
}

struct call {
	int ns;
	int (*function)(void *);
	void *argument;
	int result;
};

static void *enter_and_call(void *arg)
{
	struct call *call = arg;

	call->result = setns(call->ns, CLONE_NEWNET) ?
			       -errno :
			       call->function(call->argument);
	return NULL;
}

/* A signal of the JVM must not find a thread that the JVM does not know. */
static int run_thread(struct call *call, const pthread_attr_t *attributes)
{
	sigset_t all, before;
	pthread_t thread;
	int err;

	sigfillset(&all);
	err = pthread_sigmask(SIG_SETMASK, &all, &before);
	if (err)
		return -err;
	err = pthread_create(&thread, attributes, enter_and_call, call);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return err ? -err : -pthread_join(thread, NULL);
}

int jgenl_namespace_call(int ns, int (*function)(void *), void *argument)
{
	struct call call = {
		.ns = ns,
		.function = function,
		.argument = argument,
	};
	pthread_attr_t attributes;
	int err;

	err = -pthread_attr_init(&attributes);
	if (err)
		return err;
	err = -pthread_attr_setstacksize(&attributes, STACK_SIZE);
	if (!err)
		err = run_thread(&call, &attributes);
	pthread_attr_destroy(&attributes);
	return err ? err : call.result;
}
