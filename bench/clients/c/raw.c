// SPDX-License-Identifier: MIT
/*
 * c-raw: a plain socket, one send() and one recv() an exchange.  This is what
 * all other clients are compared with.
 */
#include <err.h>
#include <stdlib.h>

#include "route.h"
#include "wire.h"

struct connection {
	struct conn conn;
	struct conn route;
	unsigned char buf[RECEIVE_SIZE];
};

static void *open_connection(enum where where)
{
	struct connection *c = malloc(sizeof(*c));

	if (!c)
		err(1, "malloc");
	conn_open(&c->conn, where, NETLINK_GENERIC);
	conn_resolve(&c->conn);
	conn_resolve_dump(&c->conn);
	conn_open_route(&c->route, where);
	return c;
}

static void ask(struct conn *c, struct question *q, unsigned char *buf)
{
	q->request.nl.nlmsg_seq = ++c->seq;
	send_all(c, &q->request, q->request.nl.nlmsg_len);
	check_reply(c, q, c->seq, buf, receive(c, buf, RECEIVE_SIZE));
}

static uint64_t exchange(void *connection, size_t payload, uint64_t count)
{
	struct connection *c = connection;
	struct question q;

	for (uint64_t i = 0; i < count; i++) {
		question_init(&q, &c->conn, payload);
		ask(&c->conn, &q, c->buf);
	}
	return count;
}

static uint64_t cycle(void *connection, size_t payload, uint64_t count)
{
	struct connection *c = connection;

	for (uint64_t i = 0; i < count; i++) {
		struct question q;
		struct conn conn;

		conn_open(&conn, c->conn.where, NETLINK_GENERIC);
		conn_resolve(&conn);
		question_init(&q, &conn, payload);
		ask(&conn, &q, c->buf);
		conn_close(&conn);
	}
	return count;
}

static uint64_t dump_messages(void *connection, size_t payload, uint64_t count)
{
	struct connection *c = connection;

	return dump(&c->conn, c->buf, payload, count);
}

static uint64_t list_messages(struct connection *c, list *start, size_t total,
			      uint64_t count)
{
	struct view datagram = { .data = c->buf };
	uint64_t done = 0;

	while (done < count) {
		struct dump d;

		start(&d, &c->route, total);
		do
			datagram.len = receive(&c->route, c->buf,
					       sizeof(c->buf));
		while (!dump_read(&d, datagram));
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
		.cycle = cycle,
		.exchange = exchange,
		/* The base: one after the other. */
		.pipeline = exchange,
		.dump = dump_messages,
		.links = links,
		.routes = routes,
	};

	return serve(argc, argv, &client);
}
