// SPDX-License-Identifier: MIT
/*
 * Talks to the Generic Netlink family "gnl_foobar_xmpl" through a plain
 * socket: no library, every byte is written and read in this file.  It shows
 * what the libraries hide, and what they have to check.
 *
 *   build   cmake -S examples/c -B build && cmake --build build
 *   run     build/xmpl-c-raw [--message TEXT] [ROLE]     (see --help)
 *
 * Every request is the same struct, sent as it lies in memory:
 *
 *  0               4       6       8              12              16
 * +---------------+-------+-------+---------------+---------------+
 * | length        | type =| flags | sequence      | port ID       | nlmsghdr
 * |               | family|       |               |               |
 * +---+---+-------+-------+-------+---------------+---------------+
 * |cmd|ver|   0   |                                                 genlmsghdr
 * +---+---+-------+
 * | len   | type  | text ... NUL, 0 to 3 bytes of padding           nlattr
 * +-------+-------+
 *
 * The kernel answers with one of these, in native byte order like the above:
 *
 *   reply    nlmsghdr | genlmsghdr | nlattr ...
 *   dump     reply, reply, ... (NLM_F_MULTI) and in the end
 *            nlmsghdr, NLMSG_DONE | int: 0 or a negative errno
 *   refusal  nlmsghdr, NLMSG_ERROR | int: a negative errno | our request,
 *            from its nlmsghdr on | nlattr ... (the extended ACK)
 *
 * strerrorname_np() needs glibc 2.32.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <getopt.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "gnl_foobar_xmpl.h"

#define PREFIX "[User-C-Pure] "
#define GREETING "Hello World from C user program (using raw sockets)!"
#define TIMEOUT_SECONDS 5

/* A request: three headers and a text. */
struct request {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	struct nlattr attr;
	char text[GNL_FOOBAR_XMPL_MSG_LEN_MAX + 1 + 3];
};

_Static_assert(offsetof(struct request, text) == 24, "no gaps in a message");

/* Bytes that were received and not read yet. */
struct view {
	const unsigned char *data;
	size_t len;
};

/* One message of an answer. */
struct message {
	struct nlmsghdr nl;
	struct view payload;
};

struct client {
	int fd;
	uint16_t family;
	uint32_t port;	/* the address of our socket */
	uint32_t seq;	/* of the last request */
	struct view unread;
	unsigned char datagram[32768];	/* no dump uses larger ones */
};

/* Prints why, for the caller to return. */
__attribute__((format(printf, 1, 2)))
static int fail(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fputs(PREFIX, stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return -1;
}

/*
 * Prints a line that ends with a quoted text.  The text may come from anybody:
 * what a terminal could take for a command is written as \xNN.
 */
__attribute__((format(printf, 2, 3)))
static void say_quoted(struct view text, const char *format, ...)
{
	va_list args;

	fputs(PREFIX, stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\'');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = text.data[i];

		if (c >= 0x20 && c < 0x7f && c != '\\')
			putchar(c);
		else
			printf("\\x%02x", c);
	}
	puts("'");
}

static struct view view_of(const char *text)
{
	return (struct view){ (const unsigned char *)text, strlen(text) };
}

static bool equals(struct view v, const char *text)
{
	return v.len == strlen(text) && memcmp(v.data, text, v.len) == 0;
}

static const char *errno_name(int error)
{
	const char *name = strerrorname_np(error);

	return name ? name : "unknown error";
}

/* Messages and attributes start at multiples of four bytes. */
static size_t padded(size_t len)
{
	return (len + 3) & ~(size_t)3;
}

/* Moves @v over @len bytes; the padding of the last element may be missing. */
static void skip(struct view *v, size_t len)
{
	len = len < v->len ? len : v->len;
	v->data += len;
	v->len -= len;
}

/* Takes @len bytes off the front of @v, false if it is too short. */
static bool take(struct view *v, void *to, size_t len)
{
	if (v->len < len)
		return false;
	memcpy(to, v->data, len);
	skip(v, len);
	return true;
}

/* Takes a message off the front of @v, false if it is cut short. */
static bool take_message(struct view *v, struct message *m)
{
	struct view payload = *v;

	if (!take(&payload, &m->nl, sizeof(m->nl)) ||
	    m->nl.nlmsg_len < sizeof(m->nl) || m->nl.nlmsg_len > v->len)
		return false;
	payload.len = m->nl.nlmsg_len - sizeof(m->nl);
	m->payload = payload;
	skip(v, padded(m->nl.nlmsg_len));
	return true;
}

/* Takes an attribute off the front of @v, false if it is cut short. */
static bool take_attr(struct view *v, uint16_t *type, struct view *value)
{
	struct view payload = *v;
	struct nlattr attr;

	if (!take(&payload, &attr, sizeof(attr)) ||
	    attr.nla_len < sizeof(attr) || attr.nla_len > v->len)
		return false;
	payload.len = attr.nla_len - sizeof(attr);
	*value = payload;
	/* The two highest bits are flags: nested, and network byte order. */
	*type = attr.nla_type & 0x3fff;
	skip(v, padded(attr.nla_len));
	return true;
}

static bool find_attr(struct view attrs, uint16_t wanted, struct view *value)
{
	uint16_t type;

	while (take_attr(&attrs, &type, value))
		if (type == wanted)
			return true;
	return false;
}

/* Cuts the NUL off a string attribute, which must be its last byte. */
static bool cut_nul(struct view *value)
{
	if (value->len == 0 || memchr(value->data, '\0', value->len) !=
			       value->data + value->len - 1)
		return false;
	value->len--;
	return true;
}

static int open_client(struct client *c)
{
	const struct sockaddr_nl zero = { .nl_family = AF_NETLINK };
	const struct timeval timeout = { .tv_sec = TIMEOUT_SECONDS };
	struct sockaddr_nl self;
	socklen_t len = sizeof(self);
	const int on = 1;

	c->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (c->fd < 0)
		return fail("cannot open a netlink socket: %s",
			    strerror(errno));

	/* Port 0: the kernel gives us a number that nobody else has. */
	if (bind(c->fd, (const struct sockaddr *)&zero, sizeof(zero)) < 0 ||
	    getsockname(c->fd, (struct sockaddr *)&self, &len) < 0)
		return fail("cannot bind: %s", strerror(errno));
	c->port = self.nl_pid;

	/*
	 * Port 0 of a peer is the kernel.  A privileged process may write to a
	 * netlink socket that is not connected, and nothing but the sender's port
	 * would tell its messages from the kernel's.
	 */
	if (connect(c->fd, (const struct sockaddr *)&zero, sizeof(zero)) < 0)
		return fail("cannot connect: %s", strerror(errno));

	/*
	 * NETLINK_EXT_ACK asks for texts with refusals.  NETLINK_CAP_ACK,
	 * which we leave alone, would cut the request out of them.
	 */
	if (setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
		       sizeof(timeout)) < 0 ||
	    setsockopt(c->fd, SOL_NETLINK, NETLINK_EXT_ACK, &on,
		       sizeof(on)) < 0)
		return fail("cannot set a socket option: %s", strerror(errno));
	return 0;
}

/* Sends a request with one string attribute. */
static int send_request(struct client *c, uint16_t family, uint16_t flags,
			uint8_t cmd, uint16_t type, const char *text)
{
	size_t size = strlen(text) + 1;
	size_t total = offsetof(struct request, text) + padded(size);
	struct request r = {
		.nl = {
			.nlmsg_len = (uint32_t)total,
			.nlmsg_type = family,
			.nlmsg_flags = NLM_F_REQUEST | flags,
			.nlmsg_seq = ++c->seq,
			.nlmsg_pid = c->port,
		},
		.genl = { .cmd = cmd, .version = GNL_FOOBAR_XMPL_VERSION },
		/* Counts its own header, not the padding. */
		.attr = {
			.nla_len = (uint16_t)(sizeof(r.attr) + size),
			.nla_type = type,
		},
	};
	ssize_t sent;

	if (size > GNL_FOOBAR_XMPL_MSG_LEN_MAX + 1)
		return fail("the text is too long");
	memcpy(r.text, text, size);

	do
		sent = send(c->fd, &r, total, 0);
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return fail("cannot send: %s", strerror(errno));
	if ((size_t)sent != total)
		return fail("sent %zd of %zu bytes", sent, total);
	return 0;
}

/* Receives a datagram of the kernel, which may hold several messages. */
static int receive(struct client *c)
{
	struct sockaddr_nl from;
	struct iovec iov = { c->datagram, sizeof(c->datagram) };
	struct msghdr msg;
	ssize_t len;

	do {
		msg = (struct msghdr){
			.msg_name = &from,
			.msg_namelen = sizeof(from),
			.msg_iov = &iov,
			.msg_iovlen = 1,
		};
		len = recvmsg(c->fd, &msg, 0);
		if (len >= 0 && msg.msg_namelen == sizeof(from) &&
		    from.nl_pid == 0)
			break;	/* else not from the kernel: not for us */
	} while (len >= 0 || errno == EINTR);

	if (len < 0)
		return errno == EAGAIN ?
		       fail("no answer within %d seconds", TIMEOUT_SECONDS) :
		       fail("cannot receive: %s", strerror(errno));
	if (msg.msg_flags & MSG_TRUNC)
		return fail("the answer is larger than %zu bytes",
			    sizeof(c->datagram));
	c->unread = (struct view){ c->datagram, (size_t)len };
	return 0;
}

/* Hands out the next message of the answer to the last request. */
static int next_message(struct client *c, struct message *m)
{
	if (c->unread.len == 0 && receive(c) < 0)
		return -1;
	if (!take_message(&c->unread, m))
		return fail("received a message that is cut short");
	if (m->nl.nlmsg_seq != c->seq || m->nl.nlmsg_pid != c->port)
		return fail("received the answer to another request");
	return 0;
}

/* The errno in an NLMSG_ERROR or NLMSG_DONE, positive; 0 if there is none. */
static int error_of(const struct message *m)
{
	struct view payload = m->payload;
	int error = 0;

	take(&payload, &error, sizeof(error));
	return -error;
}

/* Finds an attribute of a reply; everything that is no reply is a failure. */
static int read_reply(const struct message *m, uint16_t family, uint8_t cmd,
		      uint16_t type, struct view *value)
{
	struct view attrs = m->payload;
	struct genlmsghdr genl;

	if (m->nl.nlmsg_type == NLMSG_ERROR && error_of(m))
		return fail("the kernel refused: %s (%s)",
			    errno_name(error_of(m)), strerror(error_of(m)));
	if (m->nl.nlmsg_type != family || !take(&attrs, &genl, sizeof(genl)) ||
	    genl.cmd != cmd)
		return fail("received a message that was not asked for");
	if (!find_attr(attrs, type, value))
		return fail("the reply lacks attribute %u", type);
	return 0;
}

static int read_msg(const struct client *c, const struct message *m,
		    struct view *text)
{
	if (read_reply(m, c->family, GNL_FOOBAR_XMPL_C_ECHO_MSG,
		       GNL_FOOBAR_XMPL_A_MSG, text) < 0)
		return -1;
	if (!cut_nul(text))
		return fail("the reply is not a string");
	return 0;
}

/* Asks the controller, whose number is fixed, for the number of our family. */
static int resolve_family(struct client *c)
{
	struct message m;
	struct view id;

	if (send_request(c, GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY,
			 CTRL_ATTR_FAMILY_NAME, GNL_FOOBAR_XMPL_NAME) < 0 ||
	    next_message(c, &m) < 0)
		return -1;
	if (m.nl.nlmsg_type == NLMSG_ERROR && error_of(&m) == ENOENT)
		return fail("generic netlink family '%s' is not registered: "
			    "load the module (sudo insmod kernel-mod/%s.ko), "
			    "or run in the VM: ./build_and_run.sh",
			    GNL_FOOBAR_XMPL_NAME, GNL_FOOBAR_XMPL_NAME);
	if (read_reply(&m, GENL_ID_CTRL, CTRL_CMD_NEWFAMILY,
		       CTRL_ATTR_FAMILY_ID, &id) < 0)
		return -1;
	if (!take(&id, &c->family, sizeof(c->family)))
		return fail("the family number is cut short");
	return 0;
}

static int echo(struct client *c, const char *message)
{
	struct message m;
	struct view text;

	printf(PREFIX "extracted family id is: %u\n", c->family);
	if (send_request(c, c->family, 0, GNL_FOOBAR_XMPL_C_ECHO_MSG,
			 GNL_FOOBAR_XMPL_A_MSG, message) < 0)
		return -1;
	say_quoted(view_of(message), "Sent to kernel: ");

	if (next_message(c, &m) < 0 || read_msg(c, &m, &text) < 0)
		return -1;
	say_quoted(text, "Kernel replied: ");
	if (!equals(text, message))
		return fail("the reply differs from what was sent");
	return 0;
}

static int echo_with_dump_flag(struct client *c, const char *message)
{
	unsigned int count = 0;
	struct message m;
	struct view text;

	if (send_request(c, c->family, NLM_F_DUMP, GNL_FOOBAR_XMPL_C_ECHO_MSG,
			 GNL_FOOBAR_XMPL_A_MSG, message) < 0)
		return -1;
	puts(PREFIX "Requested a dump (NLM_F_DUMP)");

	for (;;) {
		if (next_message(c, &m) < 0)
			return -1;
		if (m.nl.nlmsg_flags & NLM_F_DUMP_INTR)
			return fail("the data changed during the dump");
		if (m.nl.nlmsg_type == NLMSG_DONE)
			break;
		if (read_msg(c, &m, &text) < 0)
			return -1;
		say_quoted(text, "Kernel replied: [seq=%u] ", m.nl.nlmsg_seq);
		count++;
	}
	if (error_of(&m))
		return fail("the dump ended early: %s (%s)",
			    errno_name(error_of(&m)), strerror(error_of(&m)));
	puts(PREFIX "Received NLMSG_DONE");
	if (count != GNL_FOOBAR_XMPL_DUMP_COUNT)
		return fail("the dump held %u messages instead of %d", count,
			    GNL_FOOBAR_XMPL_DUMP_COUNT);
	return 0;
}

static int reply_with_error(struct client *c, const char *message)
{
	struct view rest, request, value;
	struct message m, echoed;
	uint32_t offset;
	uint16_t type;
	int error;

	if (send_request(c, c->family, 0,
			 GNL_FOOBAR_XMPL_C_REPLY_WITH_NLMSG_ERR,
			 GNL_FOOBAR_XMPL_A_MSG, message) < 0)
		return -1;
	say_quoted(view_of(message), "Sent to kernel: ");

	if (next_message(c, &m) < 0)
		return -1;
	rest = m.payload;
	if (m.nl.nlmsg_type != NLMSG_ERROR ||
	    !take(&rest, &error, sizeof(error)))
		return fail("the kernel did not refuse");
	printf(PREFIX "Kernel refused: %s (%s)\n", errno_name(-error),
	       strerror(-error));
	if (error != -EINVAL)
		return fail("expected EINVAL");

	/* First our request, then the attributes of the extended ACK. */
	request = rest;
	if ((m.nl.nlmsg_flags & NLM_F_CAPPED) || !take_message(&rest, &echoed))
		return fail("the refusal does not hold the request");
	request.len = echoed.nl.nlmsg_len;
	if (!(m.nl.nlmsg_flags & NLM_F_ACK_TLVS) ||
	    !find_attr(rest, NLMSGERR_ATTR_MSG, &value) || !cut_nul(&value))
		return fail("the kernel did not explain the refusal");
	say_quoted(value, "Kernel explained: ");

	/* It points to the attribute at fault, counting from the nlmsghdr. */
	if (!find_attr(rest, NLMSGERR_ATTR_OFFS, &value) ||
	    !take(&value, &offset, sizeof(offset)))
		return fail("the kernel did not point to an attribute");
	skip(&request, offset);
	if (!take_attr(&request, &type, &value) ||
	    type != GNL_FOOBAR_XMPL_A_MSG || !cut_nul(&value))
		return fail("the kernel points to something else");
	say_quoted(value,
		   "The refused request held: GNL_FOOBAR_XMPL_A_MSG = ");
	if (!equals(value, message))
		return fail("this is not what was sent");
	return 0;
}

static const struct role {
	const char *name;
	int (*run)(struct client *c, const char *message);
} roles[] = {
	{ "echo", echo },
	{ "echo_with_dump_flag", echo_with_dump_flag },
	{ "reply_with_error", reply_with_error },
};

#define ROLE_COUNT (sizeof(roles) / sizeof(roles[0]))

static int usage(FILE *to, int status)
{
	fputs("usage: xmpl-c-raw [--message TEXT] "
	      "[echo | echo_with_dump_flag | reply_with_error]\n"
	      "Without a role, all three are played one after the other.\n",
	      to);
	return status;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "message", required_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	static struct client client = { .fd = -1 };
	const char *message = GREETING;
	size_t first = 0, end = ROLE_COUNT;
	int option, status = 1;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h')
			return usage(stdout, 0);
		if (option != 'm' ||
		    strlen(optarg) > GNL_FOOBAR_XMPL_MSG_LEN_MAX)
			return usage(stderr, 2);
		message = optarg;
	}
	if (optind < argc) {
		while (first < end && strcmp(argv[optind], roles[first].name))
			first++;
		if (first == end || optind + 1 < argc)
			return usage(stderr, 2);
		end = first + 1;
	}

	if (open_client(&client) < 0 || resolve_family(&client) < 0)
		goto out;
	for (size_t i = first; i < end; i++)
		if (roles[i].run(&client, message) < 0)
			goto out;
	status = 0;
out:
	if (client.fd >= 0)
		close(client.fd);
	if (fflush(stdout) || ferror(stdout)) {
		fail("cannot write the output");
		status = 1;
	}
	return status;
}
