/* SPDX-License-Identifier: MIT */
/* What jgenl_socket_resolve() makes of answers, most of which no kernel sends. */
#include "check.h"
#include "jgenl_socket.h"

#include <errno.h>
#include <limits.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdalign.h>
#include <string.h>
#include <sys/socket.h>

#define SEQUENCE 7

/* | nlmsghdr 16 | genlmsghdr 4 | nlattr 4 | id 2, 2 of padding | */
struct answer {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	struct nlattr attr;
	uint16_t id;
	uint16_t padding;
};

/* | nlmsghdr 16 | error 4 | the request's nlmsghdr 16 | */
struct refusal {
	struct nlmsghdr nl;
	struct nlmsgerr body;
};

/* What is received, once: so many bytes of it are said to be sent, or this errno. */
static union {
	struct nlmsghdr nl;
	struct answer answer;
	struct refusal refusal;
} datagram;
static size_t sent;
static uint32_t sender;
static int errors[2];

ssize_t __wrap_recvfrom(int fd, void *room, size_t size, int flags,
			struct sockaddr *from, socklen_t *from_length);

ssize_t __wrap_recvfrom(int fd, void *room, size_t size, int flags,
			struct sockaddr *from, socklen_t *from_length)
{
	size_t n = sent;

	(void)fd;
	(void)flags;
	errno = errors[0] ? errors[0] : EAGAIN;
	if (errors[0] || !n) {
		errors[0] = errors[1];
		errors[1] = 0;
		return -1;
	}
	memcpy(room, &datagram, size < sizeof(datagram) ? size : sizeof(datagram));
	*(struct sockaddr_nl *)from = (struct sockaddr_nl){
		.nl_family = AF_NETLINK,
		.nl_pid = sender,
	};
	*from_length = sizeof(struct sockaddr_nl);
	sent = 0;
	return (ssize_t)n;
}

static struct jgenl_socket *s;
static alignas(struct nlmsghdr) char reply[64];

static int resolve_in(int size)
{
	const struct jgenl_resolution resolution = {
		.family = "nlctrl",
		.sequence = SEQUENCE,
		.sent = 1,
		.reply = reply,
		.size = size,
	};

	return jgenl_socket_resolve(s, &resolution);
}

static int resolve(void)
{
	return resolve_in(sizeof(reply));
}

static struct nlmsghdr header(size_t length, uint16_t type)
{
	return (struct nlmsghdr){
		.nlmsg_len = (uint32_t)length,
		.nlmsg_type = type,
		.nlmsg_seq = SEQUENCE,
		.nlmsg_pid = jgenl_socket_port(s),
	};
}

/* One that is all right, for the tests to bend. */
static void answer(void)
{
	datagram.answer = (struct answer){
		.nl = header(sizeof(datagram.answer), GENL_ID_CTRL),
		.genl = { .cmd = CTRL_CMD_NEWFAMILY, .version = 2 },
		.attr = { .nla_len = sizeof(struct nlattr) + sizeof(uint16_t),
			  .nla_type = CTRL_ATTR_FAMILY_ID },
		.id = GENL_ID_CTRL,
	};
	sent = sizeof(datagram.answer);
	sender = 0;
}

static int refused(int error, size_t length)
{
	datagram.refusal = (struct refusal){
		.nl = header(sizeof(datagram.refusal), NLMSG_ERROR),
		.body.error = error,
	};
	sent = length;
	sender = 0;
	return resolve();
}

static void test_answers(void)
{
	answer();
	check(resolve() == sizeof(datagram.answer), "an answer is found");
	answer();
	datagram.nl.nlmsg_seq++;
	check(resolve() == 0, "T38 another's sequence number is none");
	answer();
	datagram.nl.nlmsg_pid++;
	check(resolve() == 0, "nor is what is for another port");
	answer();
	sender = 4711;
	check(resolve() == 0, "T05 nor what is not of the kernel");
	answer();
	datagram.nl.nlmsg_type = NLMSG_DONE;
	check(resolve() == 0, "nor what is not of the controller");
	answer();
	sent = sizeof(struct nlmsghdr) - 1;
	check(resolve() == 0, "nor what is shorter than a header");
	answer();
	sent = sizeof(reply) + 1;
	check(resolve() == -EMSGSIZE, "T07 what was cut off is EMSGSIZE");
	answer();
	check(resolve_in(sizeof(datagram.answer) - 1) == -EMSGSIZE,
	      "by one byte");
	answer();
	datagram.answer.attr.nla_len = 200;
	check(resolve() == -EPROTO, "what cannot be read is EPROTO");
	answer();
	datagram.nl.nlmsg_len = 200;
	check(resolve() == -EPROTO, "be it the whole");
}

static void test_refusals(void)
{
	size_t whole = sizeof(datagram.refusal);

	check(refused(-ENOENT, whole) == -ENOENT,
	      "a refusal is its errno");
	check(refused(-4095, whole) == -4095, "be it the largest");
	check(refused(-4096, whole) == -EPROTO &&
		      refused(INT_MIN, whole) == -EPROTO &&
		      refused(1, whole) == -EPROTO,
	      "what is no errno is EPROTO");
	check(refused(0, whole) == 0, "an ACK is no answer");
	check(refused(-ENOENT, whole - 1) == -EPROTO,
	      "a refusal that is too short is EPROTO");
}

static void test_errors(void)
{
	answer();
	errors[0] = errors[1] = EINTR;
	check(resolve() == sizeof(datagram.answer),
	      "T08 a signal is no answer");
	answer();
	errors[0] = ENOBUFS;
	check(resolve() == -ENOBUFS, "what the kernel dropped is ENOBUFS");
	check(resolve() == sizeof(datagram.answer),
	      "and what comes then is found");
}

int main(void)
{
	if (jgenl_socket_open(&s, NETLINK_GENERIC, 1)) {
		fprintf(stderr, "cannot open\n");
		return 1;
	}
	test_answers();
	test_refusals();
	test_errors();
	jgenl_socket_free(s);
	return report();
}
