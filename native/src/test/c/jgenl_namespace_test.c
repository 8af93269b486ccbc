/* SPDX-License-Identifier: MIT */
/* Network namespaces: what needs privilege is skipped without. */
#define _GNU_SOURCE /* unshare */

#include "check.h"
#include "jgenl_namespace.h"
#include "jgenl_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

static int home;
static uint64_t home_cookie;

static uint64_t cookie_of(const struct jgenl_socket *s)
{
	uint64_t cookie = 0;

	jgenl_socket_cookie(s, &cookie);
	return cookie;
}

static void test_what_is_opened(void)
{
	char fifo[] = "/tmp/jgenl-test-XXXXXX";
	int fd = jgenl_namespace_open("/proc/thread-self/ns/net");

	check(fd >= 0 && jgenl_namespace_is_current(fd) == 1,
	      "the namespace of this thread is its own");
	check(fcntl(fd, F_GETFD) & FD_CLOEXEC, "T27 no child inherits it");
	close(fd);
	check(jgenl_namespace_open("/no/such/file") == -ENOENT,
	      "a file that is not there is ENOENT");
	check(jgenl_namespace_open("/proc/self/status") == -EINVAL &&
		      jgenl_namespace_open("/proc/self/ns/mnt") == -EINVAL &&
		      jgenl_namespace_open("/") == -EINVAL &&
		      jgenl_namespace_open("/dev/null") == -EINVAL,
	      "what is no network namespace is EINVAL");
	if (mkdtemp(fifo)) {
		rmdir(fifo);
		check(!mkfifo(fifo, 0600) &&
			      jgenl_namespace_open(fifo) == -EINVAL,
		      "a FIFO blocks nobody");
		unlink(fifo);
	}
	check(jgenl_namespace_is_current(-1) < 0 &&
		      jgenl_namespace_is_current(1000000) < 0,
	      "a bad descriptor is an error");
}

static int add_one(void *arg)
{
	(*(int *)arg)++;
	return 7;
}

static void test_entering_nothing(void)
{
	struct jgenl_socket *s;
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	int calls = 0;

	check(jgenl_namespace_call(fd, add_one, &calls) == -EINVAL &&
		      jgenl_namespace_call(-1, add_one, &calls) == -EBADF &&
		      !calls,
	      "what is no namespace cannot be entered");
	check(jgenl_socket_open_in(-1, &s, NETLINK_GENERIC, 1) == -EBADF &&
		      jgenl_socket_open_in(fd, &s, NETLINK_GENERIC, 1) ==
			      -EINVAL,
	      "nor a socket be opened there");
	close(fd);
}

static int are_equal(const sigset_t *one, const sigset_t *other)
{
	int number = 1;

	while (number < NSIG &&
	       sigismember(one, number) == sigismember(other, number))
		number++;
	return number == NSIG;
}

/* In a thread that has gone elsewhere. */
static void *test_elsewhere(void *arg)
{
	struct jgenl_socket *here, *there;
	sigset_t before, after;
	int fd, calls = 0;

	(void)arg;
	if (unshare(CLONE_NEWNET)) {
		skip("other namespaces: no privilege");
		return NULL;
	}
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	check(!jgenl_namespace_is_current(home), "another is not current");
	check(jgenl_namespace_call(home, add_one, &calls) == 7 && calls == 1,
	      "a call in a namespace returns its result");
	if (jgenl_socket_open(&here, NETLINK_GENERIC, 1) ||
	    jgenl_socket_open_in(home, &there, NETLINK_GENERIC, 1)) {
		check(0, "sockets can be opened in two namespaces");
		return NULL;
	}
	check(cookie_of(there) == home_cookie &&
		      cookie_of(here) != home_cookie,
	      "T59 a socket is opened in the namespace that is asked for");
	check(!jgenl_namespace_is_current(home),
	      "who opens one elsewhere stays where it is");
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	check(are_equal(&before, &after),
	      "and gets the same signals as before");

	fd = jgenl_socket_namespace(here);
	check(fd >= 0 && jgenl_namespace_is_current(fd) == 1,
	      "a socket tells its namespace");
	close(fd);
	fd = jgenl_socket_namespace(there);
	check(fd >= 0 && !jgenl_namespace_is_current(fd),
	      "wherever it is asked");
	close(fd);
	jgenl_socket_free(there);
	jgenl_socket_free(here);
	return NULL;
}

static int refused_without_privilege(void)
{
	struct jgenl_socket *s;
	int err;

	if (setuid(65534))
		return 1;
	if (jgenl_socket_open_in(home, &s, NETLINK_GENERIC, 1) != -EPERM)
		return 2;
	if (jgenl_socket_open(&s, NETLINK_GENERIC, 1))
		return 3;
	err = jgenl_socket_namespace(s);
	jgenl_socket_free(s);
	return err == -EPERM ? 0 : 4;
}

int main(void)
{
	struct jgenl_socket *s;
	pthread_t thread;
	int before = count_descriptors();

	home = jgenl_namespace_open(NULL);
	if (home < 0 || jgenl_socket_open(&s, NETLINK_GENERIC, 1)) {
		fprintf(stderr, "cannot open: %s\n", strerror(errno));
		return 1;
	}
	home_cookie = cookie_of(s);
	check(jgenl_socket_cookie(NULL, &home_cookie) == -EBADF &&
		      jgenl_socket_namespace(NULL) == -EBADF,
	      "no socket has no namespace");
	test_what_is_opened();
	test_entering_nothing();
	if (!jgenl_has_cookies())
		skip("other namespaces: this kernel gives no cookies");
	else if (pthread_create(&thread, NULL, test_elsewhere, NULL) ||
		 pthread_join(thread, NULL))
		abort();
	if (getuid())
		skip("the loss of privilege: there is none");
	else
		check(in_child(refused_without_privilege) == 0,
		      "without privilege it is EPERM");
	jgenl_socket_free(s);
	close(home);
	check(count_descriptors() == before, "no descriptor is left open");
	return report();
}
