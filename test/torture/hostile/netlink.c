// SPDX-License-Identifier: MIT
#include "netlink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How many datagrams are read for one message: a dump may have thousands. */
#define DATAGRAMS_MAX 16

void message_put(struct message *message, const void *data, size_t len)
{
	size_t padded = NLMSG_ALIGN(len);

	if (padded > sizeof(message->data) - message->len)
		return;
	if (len)
		memcpy(message->data + message->len, data, len);
	memset(message->data + message->len + len, 0, padded - len);
	message->len += padded;
}

void message_begin(struct message *message, uint16_t type, uint16_t flags, uint8_t command)
{
	static uint32_t sequence;
	struct nlmsghdr header = {
		.nlmsg_type = type,
		.nlmsg_flags = flags,
		.nlmsg_seq = ++sequence,
	};
	struct genlmsghdr generic = { .cmd = command, .version = 1 };

	message->len = 0;
	message_put(message, &header, sizeof(header));
	message_put(message, &generic, sizeof(generic));
}

size_t attr_begin(struct message *message, uint16_t type)
{
	struct nlattr attr = { .nla_type = type };
	size_t begin = message->len;

	message_put(message, &attr, sizeof(attr));
	return begin;
}

/* Nothing if it did not fit. */
static void attr_set_len(struct message *message, size_t begin, size_t len)
{
	uint16_t attr_len = (uint16_t)len;

	if (begin < message->len)
		memcpy(message->data + begin, &attr_len, sizeof(attr_len));
}

void attr_end(struct message *message, size_t begin)
{
	attr_set_len(message, begin, message->len - begin);
}

void attr_put(struct message *message, uint16_t type, const void *data, size_t len)
{
	size_t begin = attr_begin(message, type);

	message_put(message, data, len);
	attr_set_len(message, begin, sizeof(struct nlattr) + len);
}

int netlink_open(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_GENERIC);
	int one = 1;

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one))) {
		perror("netlink socket");
		exit(1);
	}
	return fd;
}

void bytes_skip(struct bytes *bytes, size_t len)
{
	size_t padded = NLMSG_ALIGN(len) < bytes->len ? NLMSG_ALIGN(len) : bytes->len;

	bytes->data += padded;
	bytes->len -= padded;
}

bool message_next(struct bytes *messages, struct nlmsghdr *header, struct bytes *payload)
{
	if (messages->len < sizeof(*header))
		return false;
	memcpy(header, messages->data, sizeof(*header));
	if (header->nlmsg_len < sizeof(*header) || header->nlmsg_len > messages->len)
		return false;
	*payload = (struct bytes){ messages->data + sizeof(*header), header->nlmsg_len - sizeof(*header) };
	bytes_skip(messages, header->nlmsg_len);
	return true;
}

bool message_is_end(const struct nlmsghdr *header, struct bytes payload, int *code)
{
	if ((header->nlmsg_type != NLMSG_ERROR && header->nlmsg_type != NLMSG_DONE) || payload.len < sizeof(*code))
		return false;
	memcpy(code, payload.data, sizeof(*code));
	return true;
}

bool attr_next(struct bytes *attrs, uint16_t *type, struct bytes *payload)
{
	struct nlattr attr;

	if (attrs->len < sizeof(attr))
		return false;
	memcpy(&attr, attrs->data, sizeof(attr));
	if (attr.nla_len < sizeof(attr) || attr.nla_len > attrs->len)
		return false;
	*type = attr.nla_type & (uint16_t)NLA_TYPE_MASK;
	*payload = (struct bytes){ attrs->data + sizeof(attr), attr.nla_len - sizeof(attr) };
	bytes_skip(attrs, attr.nla_len);
	return true;
}

struct answer netlink_exchange(int fd, struct message *message)
{
	static unsigned char data[1 << 18];
	struct nlmsghdr *header = (struct nlmsghdr *)message->data, each;
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct answer answer = { 0 };
	struct bytes payload;
	int code;

	if (!header->nlmsg_len)
		header->nlmsg_len = (uint32_t)message->len;
	/* What the kernel does with it is over when this returns; what it thinks of it is received. */
	(void)sendto(fd, message->data, message->len, 0, (struct sockaddr *)&kernel, sizeof(kernel));

	for (int i = 0; i < DATAGRAMS_MAX; i++) {
		ssize_t len = recv(fd, data, sizeof(data), 0);
		struct bytes messages = { data, len < 0 ? 0 : (size_t)len };

		if (len < 0 && errno == EAGAIN)
			return answer;
		while (message_next(&messages, &each, &payload)) {
			if (each.nlmsg_seq == header->nlmsg_seq && message_is_end(&each, payload, &code)) {
				answer.ended = true;
				answer.code = code;
			}
		}
	}
	answer.unfinished = true;
	return answer;
}
