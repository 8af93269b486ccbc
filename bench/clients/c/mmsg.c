// SPDX-License-Identifier: MIT
/*
 * c-mmsg: what a plain socket can do at most.  Many requests go in one send(),
 * which the kernel takes apart and answers before it returns; many replies
 * come in one recvmmsg().
 *
 * The kernel packs a dump into datagrams of 32 KiB and writes each one during
 * the call that fetches the one before, so that fewer calls gain next to
 * nothing: one of families is that of c-raw, links and routes come in many
 * datagrams and by recvmmsg().
 */
#define _GNU_SOURCE

#include <err.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "route.h"
#include "wire.h"

/*
 * How many requests are on their way, and how many bytes.  With more it gets
 * slower again: for long messages the kernel has to map memory, and they leave
 * the processor's caches.
 */
#define WINDOW_MAX 64
#define WINDOW_BYTES 8192

/* What a reply may have besides the payload. */
#define REPLY_EXTRA 1024

/* Of links and routes: datagrams that are fetched at once. */
#define LIST_WINDOW 8
#define LIST_SIZE 32768

_Static_assert(sizeof(struct request) <= WINDOW_BYTES, "one fits");

struct connection {
	struct conn conn;
	struct conn route;
	size_t receive_buffer;
	unsigned char requests[WINDOW_BYTES];
	unsigned char replies[WINDOW_BYTES + WINDOW_MAX * REPLY_EXTRA];
	struct iovec iovs[WINDOW_MAX];
	struct mmsghdr headers[WINDOW_MAX];
	unsigned char dumped[RECEIVE_SIZE];
	unsigned char listed[LIST_WINDOW][LIST_SIZE];
	struct iovec list_iovs[LIST_WINDOW];
	struct mmsghdr list_headers[LIST_WINDOW];
};

static void *open_connection(enum where where)
{
	struct connection *c = malloc(sizeof(*c));
	/* The kernel makes of it what an ordinary user may have. */
	int size = INT_MAX / 2;
	socklen_t len = sizeof(size);

	if (!c)
		err(1, "malloc");
	conn_open(&c->conn, where, NETLINK_GENERIC);
	conn_resolve(&c->conn);
	conn_resolve_dump(&c->conn);
	conn_open_route(&c->route, where);
	if (setsockopt(c->conn.fd, SOL_SOCKET, SO_RCVBUF, &size,
		       sizeof(size)) < 0 ||
	    getsockopt(c->conn.fd, SOL_SOCKET, SO_RCVBUF, &size, &len) < 0)
		err(1, "cannot enlarge the receive buffer");
	c->receive_buffer = (size_t)size;
	for (int i = 0; i < LIST_WINDOW; i++) {
		c->list_iovs[i] = (struct iovec){ c->listed[i], LIST_SIZE };
		c->list_headers[i] = (struct mmsghdr){
			.msg_hdr = {
				.msg_iov = &c->list_iovs[i],
				.msg_iovlen = 1,
			},
		};
	}
	return c;
}

/*
 * A reply counts in the receive buffer with the memory that it takes in the
 * kernel: a power of two, a page at least, and a bit to describe it.
 */
static unsigned int window_of(const struct connection *c,
			      const struct question *q)
{
	size_t len = q->request.nl.nlmsg_len;
	size_t window = WINDOW_BYTES / len;
	size_t memory = 4096;

	while (memory < len + 512)
		memory *= 2;
	memory += 1024;
	if (window > WINDOW_MAX)
		window = WINDOW_MAX;
	if (window > c->receive_buffer / memory)
		window = c->receive_buffer / memory;
	return window ? (unsigned int)window : 1;
}

static void prepare(struct connection *c, const struct question *q,
		    unsigned int window)
{
	size_t len = q->request.nl.nlmsg_len;

	for (unsigned int i = 0; i < window; i++) {
		memcpy(c->requests + i * len, &q->request, len);
		c->iovs[i] = (struct iovec){
			c->replies + i * (len + REPLY_EXTRA),
			len + REPLY_EXTRA,
		};
		c->headers[i] = (struct mmsghdr){
			.msg_hdr = {
				.msg_iov = &c->iovs[i],
				.msg_iovlen = 1,
			},
		};
	}
}

static void send_many(struct connection *c, size_t len, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		uint32_t seq = c->conn.seq + 1 + i;

		memcpy(c->requests + i * len +
		       offsetof(struct nlmsghdr, nlmsg_seq),
		       &seq, sizeof(seq));
	}
	send_all(&c->conn, c->requests, n * len);
}

/* Receives and checks up to @max replies, returns how many. */
static unsigned int receive_many(struct connection *c,
				 const struct question *q, unsigned int max)
{
	int n = recvmmsg(c->conn.fd, c->headers, max, MSG_WAITFORONE, NULL);

	if (n < 0)
		err(1, "recvmmsg");
	for (int i = 0; i < n; i++) {
		if (c->headers[i].msg_hdr.msg_flags & MSG_TRUNC)
			errx(1, "a reply is too long");
		check_reply(&c->conn, q, ++c->conn.seq, c->iovs[i].iov_base,
			    c->headers[i].msg_len);
	}
	return (unsigned int)n;
}

static uint64_t pipeline(void *connection, size_t payload, uint64_t count)
{
	struct connection *c = connection;
	unsigned int window;
	struct question q;

	question_init(&q, &c->conn, payload);
	window = window_of(c, &q);
	prepare(c, &q, window);

	for (uint64_t left = count; left; ) {
		unsigned int n = left < window ? (unsigned int)left : window;

		send_many(c, q.request.nl.nlmsg_len, n);
		left -= n;
		while (n)
			n -= receive_many(c, &q, n);
	}
	return count;
}

static uint64_t dump_messages(void *connection, size_t payload, uint64_t count)
{
	struct connection *c = connection;

	return dump(&c->conn, c->dumped, payload, count);
}

/* Reads what has come of a dump, returns whether that was all. */
static bool list_read(struct connection *c, struct dump *d)
{
	int n = recvmmsg(c->route.fd, c->list_headers, LIST_WINDOW,
			 MSG_WAITFORONE, NULL);
	bool over = false;

	if (n < 0)
		err(1, "recvmmsg");
	for (int i = 0; i < n; i++) {
		if (c->list_headers[i].msg_hdr.msg_flags & MSG_TRUNC)
			errx(1, "a datagram is too long");
		over = dump_read(d, (struct view){
			c->listed[i], c->list_headers[i].msg_len });
	}
	return over;
}

static uint64_t list_messages(struct connection *c, list *start, size_t total,
			      uint64_t count)
{
	uint64_t done = 0;

	while (done < count) {
		struct dump d;

		start(&d, &c->route, total);
		while (!list_read(c, &d))
			;
		done += d.count;
	}
	return done;
}

static uint64_t links(void *connection, size_t total, uint64_t count)
{
	return list_messages(connection, list_links, total, count);
}

static uint64_t routes(void *connection, size_t total, uint64_t count)
{
	return list_messages(connection, list_routes, total, count);
}

int main(int argc, char **argv)
{
	static const struct client client = {
		.open = open_connection,
		.pipeline = pipeline,
		.dump = dump_messages,
		.links = links,
		.routes = routes,
	};

	return serve(argc, argv, &client);
}
