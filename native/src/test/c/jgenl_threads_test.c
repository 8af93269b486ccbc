/* SPDX-License-Identifier: MIT */
/*
 * What jgenl_socket.h lets several threads do at once.  It shows most under
 * -fsanitize=thread (test/torture/shim.sh).
 */
#include "check.h"
#include "jgenl_socket.h"

#include <errno.h>
#include <linux/netlink.h>
#include <pthread.h>

#define THREADS 4
#define ROUNDS 200

static void start(pthread_t *threads, int n, void *(*run)(void *), void *arg)
{
	for (int i = 0; i < n; i++) {
		if (pthread_create(&threads[i], NULL, run, arg))
			abort();
	}
}

/* Returns how many of them have returned NULL. */
static int join(pthread_t *threads, int n)
{
	int ok = 0;

	for (int i = 0; i < n; i++) {
		void *result;

		if (pthread_join(threads[i], &result))
			abort();
		ok += !result;
	}
	return ok;
}

static int resolve(struct jgenl_socket *s, uint32_t sequence)
{
	uint64_t reply[1024];
	const struct jgenl_resolution resolution = {
		.family = "nlctrl",
		.sequence = sequence,
		.reply = reply,
		.size = sizeof(reply),
	};

	return jgenl_socket_resolve(s, &resolution);
}

/* Any thread may, while the owner of the socket waits and asks. */
static void *disturb(void *arg)
{
	struct jgenl_socket *s = arg;

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t cookie;
		int fd = jgenl_socket_namespace(s);

		if (fd >= 0)
			close(fd);
		else if (fd != -EPERM && fd != -ENOTTY)
			return s;
		jgenl_socket_cookie(s, &cookie);
		jgenl_socket_wake(s);
	}
	return NULL;
}

static void *disturb_and_end(void *arg)
{
	pthread_t threads[THREADS];
	int ok;

	start(threads, THREADS, disturb, arg);
	ok = join(threads, THREADS);
	jgenl_socket_end_waits(arg);
	return ok == THREADS ? NULL : arg;
}

static void test_one_socket(void)
{
	struct jgenl_socket *s;
	uint32_t sequence = 0;
	pthread_t thread;
	int n, woken = 0;

	if (jgenl_socket_open(&s, NETLINK_GENERIC, 1))
		abort();
	start(&thread, 1, disturb_and_end, s);
	while ((n = jgenl_socket_wait(s, INT64_MAX)) == JGENL_WOKEN) {
		woken++;
		if (resolve(s, ++sequence) <= 0)
			break;
	}
	check(n == JGENL_ENDED && woken > 0,
	      "T10 whoever waits is woken by others, asks, and waits again");
	check(join(&thread, 1) == 1,
	      "others may ask for the namespace meanwhile");
	jgenl_socket_free(s);
}

static void *use_one_of_its_own(void *arg)
{
	for (uint32_t i = 1; i <= ROUNDS; i++) {
		struct jgenl_socket *s;
		int n;

		if (jgenl_socket_open(&s, NETLINK_GENERIC, 1))
			return arg;
		n = jgenl_socket_set_buffers(s, 1 << 20, 1 << 20);
		if (n > 0)
			n = resolve(s, i);
		jgenl_socket_free(s);
		if (n <= 0)
			return arg;
	}
	return NULL;
}

static void test_one_each(void)
{
	pthread_t threads[THREADS];

	start(threads, THREADS, use_one_of_its_own, threads);
	check(join(threads, THREADS) == THREADS,
	      "threads with a socket each do not disturb each other");
}

int main(void)
{
	int before = count_descriptors();

	test_one_socket();
	test_one_each();
	check(count_descriptors() == before, "no descriptor is left open");
	return report();
}
