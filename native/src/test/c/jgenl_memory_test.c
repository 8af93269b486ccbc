/* SPDX-License-Identifier: MIT */
/* jgenl_socket.h while memory runs short: each allocation fails in turn. */
#define _GNU_SOURCE /* RTLD_NEXT */

#include "check.h"
#include "jgenl_socket.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/netlink.h>

/* The most that any of the calls allocates, and more. */
#define MANY 100

/* How many allocations succeed before one fails; none does at MANY. */
static int spared = MANY;

static int fails(void)
{
	if (spared == MANY || spared-- != 0)
		return 0;
	spared = MANY;
	errno = ENOMEM;
	return 1;
}

/* These stand in for what the shim and libnl call. */
void *malloc(size_t size)
{
	void *(*real)(size_t) = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");

	return fails() ? NULL : real(size);
}

void *calloc(size_t n, size_t size)
{
	void *(*real)(size_t, size_t) =
		(void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");

	return fails() ? NULL : real(n, size);
}

static int open_and_close(void)
{
	struct jgenl_socket *s;
	int err = jgenl_socket_open(&s, NETLINK_GENERIC, 1);

	if (!err)
		jgenl_socket_free(s);
	return err;
}

static struct jgenl_socket *asker;

static int resolve(void)
{
	static uint32_t sequence;
	static uint64_t reply[1024];
	const struct jgenl_resolution resolution = {
		.family = "nlctrl",
		.sequence = ++sequence,
		.reply = reply,
		.size = sizeof(reply),
	};
	int n = jgenl_socket_resolve(asker, &resolution);

	return n > 0 ? 0 : n;
}

/*
 * Returns how many allocations have failed, each with ENOMEM or without
 * consequence, or -1.
 */
static int fail_in_turn(int (*function)(void))
{
	int err, fired;

	for (int n = 0; n < MANY; n++) {
		spared = n;
		err = function();
		fired = spared == MANY;
		spared = MANY;
		if (!fired)
			return err ? -1 : n;
		if (err && err != -ENOMEM) {
			printf("allocation %d fails: %d\n", n, err);
			return -1;
		}
	}
	return -1;
}

int main(void)
{
	int before = count_descriptors();

	check(fail_in_turn(open_and_close) > 1 && count_descriptors() == before,
	      "T49 whatever allocation of opening fails, it is ENOMEM");
	check(!jgenl_socket_open(&asker, NETLINK_GENERIC, 1), "open");
	check(fail_in_turn(resolve) > 4,
	      "T49 whatever allocation of resolving fails, it is ENOMEM");
	jgenl_socket_free(asker);
	return report();
}
