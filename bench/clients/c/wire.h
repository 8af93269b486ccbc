/* SPDX-License-Identifier: MIT */
/*
 * Netlink without a library: a socket, requests, and whether answers are
 * right.  Everything here ends the program with a message if it fails or
 * finds something wrong.
 */
#ifndef WIRE_H
#define WIRE_H

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "serve.h"

struct conn {
	int fd;
	enum where where;
	uint32_t port;	/* the address of the socket */
	uint32_t seq;	/* of the last request */
	/* The numbers of the families to ask for replies and for dumps. */
	uint16_t family, dump_family;
};

/* A request as it lies in memory, with one string attribute. */
struct request {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	struct nlattr attr;
	char text[PAYLOAD_MAX + 4];
};

/* What to ask, and what the reply has to hold. */
struct question {
	struct request request;	/* all but its sequence number */
	uint8_t reply_cmd;
	uint16_t reply_attr;
	const void *right;
	size_t right_len;
};

/* Opens a socket that only the kernel can write to. */
void conn_open(struct conn *c, enum where where, int protocol);
void conn_close(struct conn *c);
/* Asks for the number of c->family. */
void conn_resolve(struct conn *c);
/* Asks for the number of c->dump_family. */
void conn_resolve_dump(struct conn *c);

/* What to ask c->family; @payload counts only in the VM. */
void question_init(struct question *q, const struct conn *c, size_t payload);
/* Makes sure that a datagram is the right reply to request number @seq. */
void check_reply(const struct conn *c, const struct question *q, uint32_t seq,
		 const unsigned char *datagram, size_t len);

void send_all(const struct conn *c, const void *data, size_t len);
/* Receives a datagram and returns its length, which is @size at most. */
size_t receive(const struct conn *c, unsigned char *buf, size_t size);

/* Dumps have datagrams of 32 KiB at most; this is what programs use. */
#define RECEIVE_SIZE 65536

/*
 * Dumps @count messages or more; @buf has RECEIVE_SIZE bytes.  Returns how many
 * there were.
 */
uint64_t dump(struct conn *c, unsigned char *buf, size_t payload,
	      uint64_t count);

/* Bytes that were received and not read yet. */
struct view {
	const unsigned char *data;
	size_t len;
};

/* A dump that goes on. */
struct dump {
	const struct conn *conn;
	uint16_t type;	/* of its messages */
	/* Makes sure of one, of which @payload follows the netlink header. */
	void (*check)(const struct dump *d, struct view payload);
	uint64_t count;	/* messages until now */
	uint64_t total;	/* in the end; 0: not known */
};

/* Finds an attribute behind a header of so many bytes of the protocol's own. */
struct view find_attr(struct view rest, size_t header_len, uint16_t type);
/* Reads a datagram of a dump, returns whether it was the last one. */
bool dump_read(struct dump *d, struct view datagram);

#endif /* WIRE_H */
