// SPDX-License-Identifier: MIT
/*
 * Talks to the Generic Netlink family "gnl_foobar_xmpl" through libnl-3: the
 * library builds the messages, finds the family, matches answers to requests
 * and calls us back.  It shows what is left to the program.
 *
 *   build   cmake -S examples/c -B build && cmake --build build
 *   run     build/xmpl-c-libnl [--message TEXT] [ROLE]     (see --help)
 *
 * How an exchange ends, as seen by the callbacks.  libnl asks for an ACK with
 * every request (NLM_F_ACK), so even a plain reply has a second message:
 *
 *   do        NL_CB_VALID (the reply), then NL_CB_ACK
 *   dump      NL_CB_VALID, NL_CB_VALID, ..., then NL_CB_FINISH (NLMSG_DONE)
 *   refusal   the callback of nl_cb_err() (NLMSG_ERROR)
 *
 * libnl has error codes of its own, negative NLE_*, coarser than errno.  Where
 * the exact errno matters it is read from the message.
 *
 * strerrorname_np() needs glibc 2.32.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <getopt.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/handlers.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "gnl_foobar_xmpl.h"

#define PREFIX "[User-C-libnl] "
#define GREETING "Hello World from C user program (using libnl)!"
#define TIMEOUT_SECONDS 5

/* How an exchange stands, or how it ended. */
enum { FAILED = -1, DONE = 0, PENDING = 1 };

struct client {
	struct nl_sock *sk;
	struct nl_cb *cb;
	int family;
	const char *message;	/* what we send */
	int status;
	unsigned int replies;
	bool refused;
};

/* In libnl, NLA_STRING checks that there is a NUL at the end. */
static struct nla_policy policy[GNL_FOOBAR_XMPL_A_MAX + 1] = {
	[GNL_FOOBAR_XMPL_A_MSG] = { .type = NLA_STRING },
};

static struct nla_policy ack_policy[NLMSGERR_ATTR_MAX + 1] = {
	[NLMSGERR_ATTR_MSG] = { .type = NLA_STRING },
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
	return FAILED;
}

/*
 * Prints a line that ends with a quoted text.  The text may come from anybody:
 * what a terminal could take for a command is written as \xNN.
 */
__attribute__((format(printf, 2, 3)))
static void say_quoted(const char *text, const char *format, ...)
{
	va_list args;

	fputs(PREFIX, stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\'');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x20 && c < 0x7f && c != '\\')
			putchar(c);
		else
			printf("\\x%02x", c);
	}
	puts("'");
}

static const char *errno_name(int error)
{
	const char *name = strerrorname_np(error);

	return name ? name : "unknown error";
}

/*
 * The callbacks.  NL_OK goes on to the next message, NL_STOP leaves
 * nl_recvmsgs(); what the exchange came to is noted in the client.
 */

/* The message in a reply, NULL if it is no reply of ours. */
static struct nlattr *read_reply(struct client *c, struct nl_msg *msg)
{
	struct nlattr *attrs[GNL_FOOBAR_XMPL_A_MAX + 1];
	struct nlmsghdr *nlh = nlmsg_hdr(msg);

	/* The sequence number has been checked, the rest has not. */
	if (nlh->nlmsg_type != c->family ||
	    nlh->nlmsg_pid != nl_socket_get_local_port(c->sk) ||
	    genlmsg_parse(nlh, 0, attrs, GNL_FOOBAR_XMPL_A_MAX, policy) < 0 ||
	    genlmsg_hdr(nlh)->cmd != GNL_FOOBAR_XMPL_C_ECHO_MSG ||
	    !attrs[GNL_FOOBAR_XMPL_A_MSG]) {
		c->status = fail("received a message that was not asked for");
		return NULL;
	}
	c->replies++;
	return attrs[GNL_FOOBAR_XMPL_A_MSG];
}

static int on_echo(struct nl_msg *msg, void *arg)
{
	struct client *c = arg;
	struct nlattr *text = read_reply(c, msg);

	if (!text)
		return NL_STOP;
	say_quoted(nla_get_string(text), "Kernel replied: ");
	if (nla_strcmp(text, c->message)) {
		c->status = fail("the reply differs from what was sent");
		return NL_STOP;
	}
	return NL_OK;
}

static int on_dumped(struct nl_msg *msg, void *arg)
{
	struct client *c = arg;
	struct nlattr *text = read_reply(c, msg);

	if (!text)
		return NL_STOP;
	say_quoted(nla_get_string(text), "Kernel replied: [seq=%u] ",
		   nlmsg_hdr(msg)->nlmsg_seq);
	return NL_OK;
}

/* NLMSG_DONE holds 0 or a negative errno, which libnl does not look at. */
static int on_finish(struct nl_msg *msg, void *arg)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	struct client *c = arg;
	int error = 0;

	if (nlmsg_datalen(nlh) >= (int)sizeof(error))
		memcpy(&error, nlmsg_data(nlh), sizeof(error));
	c->status = error ? fail("the dump ended early: %s (%s)",
				 errno_name(-error), strerror(-error)) : DONE;
	return NL_STOP;
}

static int on_ack(struct nl_msg *msg, void *arg)
{
	struct client *c = arg;

	(void)msg;
	c->status = DONE;
	return NL_STOP;
}

/* A wrong sequence number, or an error message that is cut short. */
static int on_invalid(struct nl_msg *msg, void *arg)
{
	struct client *c = arg;

	(void)msg;
	c->status = fail("received an invalid message");
	return NL_STOP;
}

/* A refusal where none is expected.  NL_STOP would make nl_recvmsgs() fail. */
static int on_error(struct sockaddr_nl *from, struct nlmsgerr *err, void *arg)
{
	struct client *c = arg;

	(void)from;
	c->status = fail("the kernel refused: %s (%s)",
			 errno_name(-err->error), strerror(-err->error));
	return NL_SKIP;
}

/*
 * Reads a refusal, which libnl leaves to us.  One after the other it holds
 *
 *   int: a negative errno | our request, from its nlmsghdr on | nlattr ...
 *
 * where the attributes are the extended ACK.  libnl has made sure of the errno
 * and of the request's nlmsghdr.
 */
static int read_refusal(struct nlmsgerr *err, const char *sent)
{
	/* libnl passes the payload; the header lies in front of it. */
	struct nlmsghdr *nlh = (void *)((char *)err - NLMSG_HDRLEN);
	int left = nlmsg_datalen(nlh) - (int)sizeof(err->error);
	struct nlattr *attrs[GNL_FOOBAR_XMPL_A_MAX + 1];
	struct nlattr *acks[NLMSGERR_ATTR_MAX + 1];
	struct nlmsghdr *rest;

	printf(PREFIX "Kernel refused: %s (%s)\n", errno_name(-err->error),
	       strerror(-err->error));
	if (err->error != -EINVAL)
		return fail("expected EINVAL");

	if ((nlh->nlmsg_flags & NLM_F_CAPPED) || !nlmsg_ok(&err->msg, left) ||
	    genlmsg_parse(&err->msg, 0, attrs, GNL_FOOBAR_XMPL_A_MAX,
			  policy) < 0 || !attrs[GNL_FOOBAR_XMPL_A_MSG])
		return fail("the refusal does not hold the request");

	/* nlmsg_next() takes the request off "left". */
	rest = nlmsg_next(&err->msg, &left);
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) ||
	    nla_parse(acks, NLMSGERR_ATTR_MAX, (struct nlattr *)rest, left,
		      ack_policy) < 0 || !acks[NLMSGERR_ATTR_MSG])
		return fail("the kernel did not explain the refusal");

	say_quoted(nla_get_string(acks[NLMSGERR_ATTR_MSG]),
		   "Kernel explained: ");
	say_quoted(nla_get_string(attrs[GNL_FOOBAR_XMPL_A_MSG]),
		   "The refused request held: GNL_FOOBAR_XMPL_A_MSG = ");
	if (nla_strcmp(attrs[GNL_FOOBAR_XMPL_A_MSG], sent))
		return fail("this is not what was sent");
	return DONE;
}

static int on_refusal(struct sockaddr_nl *from, struct nlmsgerr *err,
		      void *arg)
{
	struct client *c = arg;

	(void)from;
	c->refused = true;
	c->status = read_refusal(err, c->message);
	return NL_SKIP;
}

/* Sends a request that holds our message. */
static int send_request(struct client *c, uint8_t cmd, int flags)
{
	struct nl_msg *msg;
	int err = -NLE_NOMEM;

	c->status = PENDING;
	c->replies = 0;

	/* nlmsg_alloc() has room for one page, which may be too little. */
	msg = nlmsg_alloc_size(2 * GNL_FOOBAR_XMPL_MSG_LEN_MAX);
	if (!msg ||
	    !genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, c->family, 0, flags,
			 cmd, GNL_FOOBAR_XMPL_VERSION))
		goto out;
	err = nla_put_string(msg, GNL_FOOBAR_XMPL_A_MSG, c->message);
	if (err < 0)
		goto out;
	err = nl_send_auto(c->sk, msg);
out:
	nlmsg_free(msg);
	return err < 0 ? fail("cannot send: %s", nl_geterror(err)) : 0;
}

/* Receives until a callback says that the exchange is over. */
static int receive(struct client *c)
{
	int err;

	while (c->status == PENDING) {
		err = nl_recvmsgs(c->sk, c->cb);
		if (err == -NLE_AGAIN)
			return fail("no answer within %d seconds",
				    TIMEOUT_SECONDS);
		/* Also NLM_F_DUMP_INTR, as -NLE_DUMP_INTR. */
		if (err < 0)
			return fail("cannot receive: %s", nl_geterror(err));
	}
	return c->status;
}

static int echo(struct client *c)
{
	printf(PREFIX "extracted family id is: %d\n", c->family);
	nl_cb_set(c->cb, NL_CB_VALID, NL_CB_CUSTOM, on_echo, c);
	nl_cb_err(c->cb, NL_CB_CUSTOM, on_error, c);

	if (send_request(c, GNL_FOOBAR_XMPL_C_ECHO_MSG, 0) < 0)
		return -1;
	say_quoted(c->message, "Sent to kernel: ");
	if (receive(c) < 0)
		return -1;
	return c->replies == 1 ? 0 : fail("received %u replies", c->replies);
}

static int echo_with_dump_flag(struct client *c)
{
	nl_cb_set(c->cb, NL_CB_VALID, NL_CB_CUSTOM, on_dumped, c);
	nl_cb_err(c->cb, NL_CB_CUSTOM, on_error, c);

	if (send_request(c, GNL_FOOBAR_XMPL_C_ECHO_MSG, NLM_F_DUMP) < 0)
		return -1;
	puts(PREFIX "Requested a dump (NLM_F_DUMP)");
	if (receive(c) < 0)
		return -1;
	puts(PREFIX "Received NLMSG_DONE");
	return c->replies == GNL_FOOBAR_XMPL_DUMP_COUNT ? 0 :
	       fail("the dump held %u messages instead of %d", c->replies,
		    GNL_FOOBAR_XMPL_DUMP_COUNT);
}

static int reply_with_error(struct client *c)
{
	nl_cb_set(c->cb, NL_CB_VALID, NL_CB_CUSTOM, on_echo, c);
	nl_cb_err(c->cb, NL_CB_CUSTOM, on_refusal, c);

	if (send_request(c, GNL_FOOBAR_XMPL_C_REPLY_WITH_NLMSG_ERR, 0) < 0)
		return -1;
	say_quoted(c->message, "Sent to kernel: ");
	if (receive(c) < 0)
		return -1;
	return c->refused ? 0 : fail("the kernel did not refuse");
}

/* Notes the errno with which the controller refused. */
static int on_unresolved(struct sockaddr_nl *from, struct nlmsgerr *err,
			 void *arg)
{
	(void)from;
	*(int *)arg = -err->error;
	return NL_STOP;
}

static int open_client(struct client *c)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	const struct timeval timeout = { .tv_sec = TIMEOUT_SECONDS };
	const int on = 1;
	int fd, err, error = 0;

	c->sk = nl_socket_alloc();
	c->cb = nl_cb_alloc(NL_CB_DEFAULT);
	if (!c->sk || !c->cb)
		return fail("out of memory");
	nl_cb_set(c->cb, NL_CB_FINISH, NL_CB_CUSTOM, on_finish, c);
	nl_cb_set(c->cb, NL_CB_ACK, NL_CB_CUSTOM, on_ack, c);
	nl_cb_set(c->cb, NL_CB_INVALID, NL_CB_CUSTOM, on_invalid, c);

	err = genl_connect(c->sk);
	if (err < 0)
		return fail("cannot open a netlink socket: %s",
			    nl_geterror(err));

	/*
	 * What libnl does not do.  connect(2) to port 0, the kernel: else a
	 * privileged process may write to our socket, and libnl takes its messages for
	 * answers.  A time limit.  Texts with refusals (NETLINK_EXT_ACK).
	 */
	fd = nl_socket_get_fd(c->sk);
	if (connect(fd, (const struct sockaddr *)&kernel, sizeof(kernel)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
		       sizeof(timeout)) < 0 ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on)) < 0)
		return fail("cannot set up the socket: %s", strerror(errno));

	/* It returns -NLE_OBJ_NOTFOUND for every failure, hence the callback. */
	nl_socket_modify_err_cb(c->sk, NL_CB_CUSTOM, on_unresolved, &error);
	c->family = genl_ctrl_resolve(c->sk, GNL_FOOBAR_XMPL_NAME);
	nl_socket_modify_err_cb(c->sk, NL_CB_DEFAULT, NULL, NULL);
	if (c->family < 0 && error == ENOENT)
		return fail("generic netlink family '%s' is not registered: "
			    "load the module (sudo insmod kernel-mod/%s.ko), "
			    "or run in the VM: ./build_and_run.sh",
			    GNL_FOOBAR_XMPL_NAME, GNL_FOOBAR_XMPL_NAME);
	if (c->family < 0)
		return fail("cannot resolve generic netlink family '%s': %s",
			    GNL_FOOBAR_XMPL_NAME,
			    error ? strerror(error) : "no valid answer");
	return 0;
}

static const struct role {
	const char *name;
	int (*run)(struct client *c);
} roles[] = {
	{ "echo", echo },
	{ "echo_with_dump_flag", echo_with_dump_flag },
	{ "reply_with_error", reply_with_error },
};

#define ROLE_COUNT (sizeof(roles) / sizeof(roles[0]))

static int usage(FILE *to, int status)
{
	fputs("usage: xmpl-c-libnl [--message TEXT] "
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
	struct client client = { .message = GREETING };
	size_t first = 0, end = ROLE_COUNT;
	int option, status = 1;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h')
			return usage(stdout, 0);
		if (option != 'm' ||
		    strlen(optarg) > GNL_FOOBAR_XMPL_MSG_LEN_MAX)
			return usage(stderr, 2);
		client.message = optarg;
	}
	if (optind < argc) {
		while (first < end && strcmp(argv[optind], roles[first].name))
			first++;
		if (first == end || optind + 1 < argc)
			return usage(stderr, 2);
		end = first + 1;
	}

	if (open_client(&client) < 0)
		goto out;
	for (size_t i = first; i < end; i++)
		if (roles[i].run(&client) < 0)
			goto out;
	status = 0;
out:
	nl_cb_put(client.cb);
	nl_socket_free(client.sk);
	if (fflush(stdout) || ferror(stdout)) {
		fail("cannot write the output");
		status = 1;
	}
	return status;
}
