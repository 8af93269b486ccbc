/* SPDX-License-Identifier: MIT */
/*
 * jgenl_socket.h on the running kernel: no module and no privilege needed,
 * because the controller, nlctrl, is a family like any other.
 */
#define _GNU_SOURCE /* usleep, setitimer */

#include "jgenl_socket.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define STRIDE 32768

static int passed;
static int failed;

static void check(int ok, const char *what)
{
	printf("%s: %s\n", ok ? "ok" : "FAILED", what);
	if (ok)
		passed++;
	else
		failed++;
}

static struct jgenl_slots make_slots(unsigned int count)
{
	struct jgenl_slots slots = {
		.memory = calloc(1, JGENL_TABLE_SIZE + count * STRIDE),
		.count = count,
		.stride = STRIDE,
	};

	if (!slots.memory)
		abort();
	return slots;
}

static const struct jgenl_datagram *datagram(const struct jgenl_slots *slots,
					     unsigned int i)
{
	return (const struct jgenl_datagram *)slots->memory + i;
}

static const struct nlmsghdr *message(const struct jgenl_slots *slots,
				      unsigned int i)
{
	return (const void *)((const char *)slots->memory + JGENL_TABLE_SIZE +
			      i * slots->stride);
}

struct get_family {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	struct nlattr attr;
	char name[8];
};

/* | nlmsghdr 16 | genlmsghdr 4 | nlattr 4 | "nlctrl\0" | 1 byte of padding | */
static struct get_family get_nlctrl(uint16_t flags, uint32_t seq)
{
	return (struct get_family){
		.nl = { .nlmsg_len = sizeof(struct get_family),
			.nlmsg_type = GENL_ID_CTRL,
			.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags),
			.nlmsg_seq = seq },
		.genl = { .cmd = CTRL_CMD_GETFAMILY, .version = 2 },
		.attr = { .nla_len = sizeof(struct nlattr) + sizeof("nlctrl"),
			  .nla_type = CTRL_ATTR_FAMILY_NAME },
		.name = "nlctrl",
	};
}

static void test_exchange(struct jgenl_socket *s)
{
	struct get_family request = get_nlctrl(NLM_F_ACK, 7);
	struct jgenl_slots two = make_slots(2);
	struct jgenl_slots one = make_slots(1);
	int n;

	n = jgenl_socket_exchange(s, &request, sizeof(request), &two);
	check(n == 2, "an exchange takes answer and ACK at once");
	check(datagram(&two, 0)->sender == 0, "the sender is the kernel");
	check(datagram(&two, 0)->length == message(&two, 0)->nlmsg_len,
	      "the length of the datagram is that of its message");
	check(message(&two, 0)->nlmsg_seq == 7 &&
		      message(&two, 0)->nlmsg_pid == jgenl_socket_port(s),
	      "the answer bears our sequence number and port");
	check(message(&two, 1)->nlmsg_type == NLMSG_ERROR, "the ACK is second");

	request = get_nlctrl(0, 8);
	n = jgenl_socket_exchange(s, &request, sizeof(request), &one);
	check(n == 1 && message(&one, 0)->nlmsg_seq == 8,
	      "one slot takes one datagram");

	one.stride = 24;
	n = jgenl_socket_exchange(s, &request, sizeof(request), &one);
	check(n == 1 && datagram(&one, 0)->length > 24,
	      "T07 a truncated datagram shows its whole length");
	free(two.memory);
	free(one.memory);
}

static void test_resolve(struct jgenl_socket *s)
{
	char reply[8192];
	const struct nlmsghdr *header = (const void *)reply;
	int n;

	n = jgenl_socket_resolve(s, "nlctrl", reply, sizeof(reply));
	check(n > 0 && header->nlmsg_len == (uint32_t)n &&
		      header->nlmsg_type == GENL_ID_CTRL,
	      "resolving a family leaves the controller's answer");
	check(jgenl_socket_resolve(s, "nlctrl", reply, 20) == -EMSGSIZE,
	      "an answer larger than the buffer is refused");
	check(jgenl_socket_resolve(s, "no such family", reply,
				   sizeof(reply)) == -ENOENT,
	      "T04 an unknown family is ENOENT");
	check(jgenl_socket_resolve_group(s, "nlctrl", "notify") > 0,
	      "a multicast group is resolved");
	check(jgenl_socket_resolve_group(s, "nlctrl", "none") == -ENOENT,
	      "T19 an unknown group is ENOENT");
}

/* A descriptor that another part of the process closed by mistake. */
static void test_failed_resolve(void)
{
	struct jgenl_socket *s;
	char reply[8192];
	int before = dup(0);
	int err;

	close(before);
	err = jgenl_socket_open(&s, 1);
	if (err) {
		check(0, "a socket can be opened");
		return;
	}
	/* Descriptors are given out lowest first. */
	close(before);
	check(jgenl_socket_resolve(s, "nlctrl", reply, sizeof(reply)) == -EBADF,
	      "T17 a failed system call is not taken for an unknown family");
	jgenl_socket_free(s);
}

static double seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) +
	       (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void *wake_after_50_ms(void *arg)
{
	usleep(50000);
	jgenl_socket_wake(arg);
	return NULL;
}

static void on_alarm(int number)
{
	(void)number;
}

static void test_waits(struct jgenl_socket *s)
{
	struct itimerval storm = { { 0, 1000 }, { 0, 1000 } };
	struct itimerval calm = { 0 };
	struct sigaction action = { .sa_handler = on_alarm };
	struct jgenl_slots slots = make_slots(2);
	struct timespec start;
	pthread_t thread;
	double waited;
	int n;

	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_receive(s, &slots, 100000000);
	waited = seconds_since(&start);
	check(n == 0 && waited > 0.099, "T09 a wait ends when time runs out");

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &storm, NULL);
	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_receive(s, &slots, 100000000);
	waited = seconds_since(&start);
	setitimer(ITIMER_REAL, &calm, NULL);
	check(n == 0 && waited > 0.099 && waited < 2,
	      "T08 a storm of signals neither ends nor prolongs a wait");

	check(jgenl_socket_make_wakeable(s) == 0, "a socket can be wakeable");
	if (pthread_create(&thread, NULL, wake_after_50_ms, s))
		abort();
	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_receive(s, &slots, -1);
	waited = seconds_since(&start);
	pthread_join(thread, NULL);
	check(n == 0 && waited < 5, "T10 another thread ends an endless wait");

	jgenl_socket_wake(s);
	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_receive(s, &slots, -1);
	check(n == 0 && seconds_since(&start) < 5,
	      "T10 a wake before the wait is not lost");
	free(slots.memory);
}

static void test_stranger(struct jgenl_socket *s)
{
	struct sockaddr_nl to = { .nl_family = AF_NETLINK,
				  .nl_pid = jgenl_socket_port(s) };
	struct get_family forged = get_nlctrl(0, 1);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	ssize_t n = sendto(fd, &forged, sizeof(forged), 0,
			   (const struct sockaddr *)&to, sizeof(to));

	check(fd >= 0 && n < 0 && errno == ECONNREFUSED,
	      "T05 the kernel refuses a stranger's message to us");
	close(fd);
}

int main(void)
{
	struct jgenl_socket *s, *other;
	int err;

	err = jgenl_socket_open(&s, 1);
	if (err) {
		fprintf(stderr, "cannot open: %s\n", strerror(-err));
		return 1;
	}
	test_exchange(s);
	test_resolve(s);
	test_failed_resolve();
	test_waits(s);
	test_stranger(s);
	check(jgenl_socket_set_buffers(s, 100000, 0) >= 100000,
	      "the receive buffer grows");

	err = jgenl_socket_open(&other, 0);
	check(err == 0 && jgenl_socket_port(other) != jgenl_socket_port(s),
	      "T27 each socket has a port of its own");
	if (!err) {
		err = jgenl_socket_resolve_group(other, "nlctrl", "notify");
		check(err > 0 && jgenl_socket_join(other, err) == 0 &&
			      jgenl_socket_leave(other, err) == 0,
		      "a group is joined and left");
		check(jgenl_socket_join(other, 1 << 20) < 0,
		      "a group that does not exist cannot be joined");
		jgenl_socket_free(other);
	}
	jgenl_socket_free(s);
	printf("%d passed, %d failed\n", passed, failed);
	return failed ? 1 : 0;
}
