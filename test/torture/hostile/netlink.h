/* SPDX-License-Identifier: MIT */
/* Messages of Generic Netlink, over plain sockets. */
#ifndef HOSTILE_NETLINK_H
#define HOSTILE_NETLINK_H

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MESSAGE_MAX 300000

/* A message under construction; what does not fit any more is left out. */
struct message {
	size_t len;
	_Alignas(struct nlmsghdr) unsigned char data[MESSAGE_MAX];
};

/* What came back for a message. */
struct answer {
	/* An NLMSG_ERROR or NLMSG_DONE has come, with this code. */
	bool ended;
	int code;
	/* There is more, which has not been read. */
	bool unfinished;
};

void message_put(struct message *message, const void *data, size_t len);
void message_begin(struct message *message, uint16_t type, uint16_t flags, uint8_t command);
/* Returns where the attribute begins, for attr_end(). */
size_t attr_begin(struct message *message, uint16_t type);
void attr_end(struct message *message, size_t begin);
void attr_put(struct message *message, uint16_t type, const void *data, size_t len);

/* Never waits for what is not there; ends the process if there is no socket. */
int netlink_open(void);
/* Sends it as it is, except for a length in the header of 0, which becomes the real one. */
struct answer netlink_exchange(int fd, struct message *message);

/* Some bytes of a message. */
struct bytes {
	const unsigned char *data;
	size_t len;
};

/* Cuts off so many bytes, and those that pad them. */
void bytes_skip(struct bytes *bytes, size_t len);
/* Cuts off the first message: its header and the rest of it. */
bool message_next(struct bytes *messages, struct nlmsghdr *header, struct bytes *payload);
/* Cuts off the first attribute: its type and its payload. */
bool attr_next(struct bytes *attrs, uint16_t *type, struct bytes *payload);
/* Whether it is an NLMSG_ERROR or NLMSG_DONE with a code. */
bool message_is_end(const struct nlmsghdr *header, struct bytes payload, int *code);

#endif
