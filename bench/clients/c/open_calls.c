// SPDX-License-Identifier: MIT
/*
 * What each system call costs that a netlink library makes when it opens a
 * socket: prints a line with its name, a tab, and nanoseconds (the median).
 */
#define _GNU_SOURCE

#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 10001

enum {
	CLOCK, SOCKET, SNDBUF, RCVBUF, BIND, GETSOCKNAME, EXT_ACK, CONNECT,
	GETPID, CLOSE, CALLS
};

static const char *const names[CALLS] = {
	[SOCKET] = "socket",
	[SNDBUF] = "setsockopt(SO_SNDBUF)",
	[RCVBUF] = "setsockopt(SO_RCVBUF)",
	[BIND] = "bind",
	[GETSOCKNAME] = "getsockname",
	[EXT_ACK] = "setsockopt(NETLINK_EXT_ACK)",
	[CONNECT] = "connect",
	[GETPID] = "getpid",
	[CLOSE] = "close",
};

static double times[CALLS][ROUNDS];

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void need(int result, const char *call)
{
	if (result < 0) {
		perror(call);
		exit(1);
	}
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Runs a call and notes how long it took. */
#define TIMED(call, round, expression) do {				\
	double start_ = now();						\
	int result_ = (int)(expression);				\
									\
	times[call][round] = now() - start_;				\
	need(result_, names[call] ? names[call] : "clock");		\
} while (0)

static void open_and_close(int round)
{
	const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	struct sockaddr_nl local = any;
	socklen_t length = sizeof(local);
	const int size = 32768, on = 1;
	int fd;

	TIMED(CLOCK, round, 0);
	TIMED(SOCKET, round, fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
					 NETLINK_GENERIC));
	TIMED(SNDBUF, round, setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size,
					sizeof(size)));
	TIMED(RCVBUF, round, setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size,
					sizeof(size)));
	TIMED(BIND, round, bind(fd, (const struct sockaddr *)&any,
				sizeof(any)));
	TIMED(GETSOCKNAME, round, getsockname(fd, (struct sockaddr *)&local,
					      &length));
	TIMED(EXT_ACK, round, setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK,
					 &on, sizeof(on)));
	TIMED(CONNECT, round, connect(fd, (const struct sockaddr *)&any,
				      sizeof(any)));
	TIMED(GETPID, round, getpid());
	TIMED(CLOSE, round, close(fd));
}

int main(void)
{
	for (int round = 0; round < ROUNDS; round++)
		open_and_close(round);
	for (int call = 0; call < CALLS; call++)
		qsort(times[call], ROUNDS, sizeof(double), ascending);
	for (int call = CLOCK + 1; call < CALLS; call++)
		printf("%s\t%.0f\n", names[call],
		       times[call][ROUNDS / 2] - times[CLOCK][ROUNDS / 2]);
	return 0;
}
