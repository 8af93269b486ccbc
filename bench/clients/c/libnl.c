// SPDX-License-Identifier: MIT
/*
 * c-libnl: libnl-3 as its users write it.  An exchange ends with an ACK, for
 * which libnl asks by default and by which it knows what number comes next.
 */
#define _GNU_SOURCE

#include <err.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/handlers.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <netlink/version.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "genl_lab.h"
#include "gnl_foobar_xmpl.h"
#include "serve.h"

#define CTRL_VERSION 2

/*
 * Requests of a pipeline that are on their way.  The replies have to fit into
 * the receive buffer, of which libnl makes 32 KiB by default: too little.
 */
#define WINDOW 32
#define RECEIVE_BUFFER 212992

struct session {
	struct nl_sock *sk;
	enum where where;
	int family, dump_family;
	uint32_t port;
	char text[PAYLOAD_MAX + 1];	/* to send and to receive */
	uint64_t replies;
	bool over;	/* ACK or NLMSG_DONE has come */
	uint32_t next_seq;	/* of a pipeline */
};

struct connection {
	struct session plain, piped;
};

static struct nla_policy ctrl_policy[CTRL_ATTR_MAX + 1] = {
	[CTRL_ATTR_FAMILY_ID] = { .type = NLA_U16 },
	[CTRL_ATTR_FAMILY_NAME] = { .type = NLA_STRING },
};

static struct nla_policy xmpl_policy[GNL_FOOBAR_XMPL_A_MAX + 1] = {
	[GNL_FOOBAR_XMPL_A_MSG] = { .type = NLA_STRING },
};

static struct nla_policy lab_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_INDEX] = { .type = NLA_U32 },
};

/* Ends the program if what libnl returned is an error. */
static int checked(int result, const char *what)
{
	if (result < 0)
		errx(1, "%s: %s", what, nl_geterror(result));
	return result;
}

/* Looks at what libnl has not looked at, and finds the attributes. */
static void parse(const struct session *s, struct nl_msg *msg, int family,
		  uint8_t cmd, struct nlattr **attrs, int max,
		  struct nla_policy *policy)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);

	if (nlh->nlmsg_type != family || nlh->nlmsg_pid != s->port)
		errx(1, "a message was not asked for");
	checked(genlmsg_parse(nlh, 0, attrs, max, policy), "genlmsg_parse");
	if (genlmsg_hdr(nlh)->cmd != cmd)
		errx(1, "a message has another command");
}

static void parse_family(const struct session *s, struct nl_msg *msg,
			 struct nlattr **attrs)
{
	parse(s, msg, s->family, CTRL_CMD_NEWFAMILY, attrs, CTRL_ATTR_MAX,
	      ctrl_policy);
}

static int on_reply(struct nl_msg *msg, void *arg)
{
	struct session *s = arg;
	bool right;

	if (s->where == HOST) {
		struct nlattr *attrs[CTRL_ATTR_MAX + 1];
		struct nlattr *id;

		parse_family(s, msg, attrs);
		id = attrs[CTRL_ATTR_FAMILY_ID];
		right = id && nla_get_u16(id) == GENL_ID_CTRL;
	} else {
		struct nlattr *attrs[GNL_FOOBAR_XMPL_A_MAX + 1];
		struct nlattr *text;

		parse(s, msg, s->family, GNL_FOOBAR_XMPL_C_ECHO_MSG, attrs,
		      GNL_FOOBAR_XMPL_A_MAX, xmpl_policy);
		text = attrs[GNL_FOOBAR_XMPL_A_MSG];
		right = text && nla_strcmp(text, s->text) == 0;
	}
	if (!right)
		errx(1, "a reply is wrong");
	s->replies++;
	return NL_OK;
}

/* The replies come in the order of the requests. */
static int on_piped_reply(struct nl_msg *msg, void *arg)
{
	struct session *s = arg;

	if (nlmsg_hdr(msg)->nlmsg_seq != s->next_seq++)
		errx(1, "a message answers another request");
	return on_reply(msg, arg);
}

static int on_dumped(struct nl_msg *msg, void *arg)
{
	struct session *s = arg;
	bool right;

	if (s->where == HOST) {
		struct nlattr *attrs[CTRL_ATTR_MAX + 1];

		parse_family(s, msg, attrs);
		right = attrs[CTRL_ATTR_FAMILY_NAME];
	} else {
		struct nlattr *attrs[GENL_LAB_A_MAX + 1];
		struct nlattr *index;

		parse(s, msg, s->dump_family, GENL_LAB_C_DUMP, attrs,
		      GENL_LAB_A_MAX, lab_policy);
		index = attrs[GENL_LAB_A_INDEX];
		right = index && nla_get_u32(index) == s->replies;
	}
	if (!right)
		errx(1, "a message of a dump is wrong");
	s->replies++;
	return NL_OK;
}

static int on_ack(struct nl_msg *msg, void *arg)
{
	struct session *s = arg;

	(void)msg;
	s->over = true;
	return NL_STOP;
}

/* NLMSG_DONE holds 0 or a negative errno, which libnl does not look at. */
static int on_finish(struct nl_msg *msg, void *arg)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	struct session *s = arg;
	int error;

	if (nlmsg_datalen(nlh) < (int)sizeof(error))
		errx(1, "the end of a dump is cut short");
	memcpy(&error, nlmsg_data(nlh), sizeof(error));
	if (error)
		errx(1, "a dump ended early: %s", strerror(-error));
	s->over = true;
	return NL_STOP;
}

static void on(struct session *s, enum nl_cb_type type,
	       nl_recvmsg_msg_cb_t callback)
{
	checked(nl_socket_modify_cb(s->sk, type, NL_CB_CUSTOM, callback, s),
		"nl_socket_modify_cb");
}

static void session_open(struct session *s, enum where where)
{
	s->where = where;
	s->sk = nl_socket_alloc();
	if (!s->sk)
		errx(1, "nl_socket_alloc");
	checked(genl_connect(s->sk), "genl_connect");
	s->port = nl_socket_get_local_port(s->sk);
	s->family = checked(genl_ctrl_resolve(s->sk, where == HOST ? "nlctrl" :
					      GNL_FOOBAR_XMPL_NAME),
			    "genl_ctrl_resolve");
	on(s, NL_CB_VALID, on_reply);
	on(s, NL_CB_ACK, on_ack);
	on(s, NL_CB_FINISH, on_finish);
}

/*
 * With the numbers unchecked libnl needs no ACKs, and who sends many requests
 * at once does without them.
 */
static void session_open_piped(struct session *s, enum where where)
{
	session_open(s, where);
	on(s, NL_CB_VALID, on_piped_reply);
	nl_socket_disable_seq_check(s->sk);
	nl_socket_disable_auto_ack(s->sk);
	checked(nl_socket_set_buffer_size(s->sk, RECEIVE_BUFFER, 0),
		"nl_socket_set_buffer_size");
}

/* libnl skips what it finds malformed, and goes on to wait. */
static void limit_wait(struct session *s)
{
	const struct timeval limit = { .tv_sec = 10 };

	if (setsockopt(nl_socket_get_fd(s->sk), SOL_SOCKET, SO_RCVTIMEO,
		       &limit, sizeof(limit)) < 0)
		err(1, "SO_RCVTIMEO");
}

static void *open_connection(enum where where)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		err(1, "calloc");
	session_open(&c->plain, where);
	session_open_piped(&c->piped, where);
	limit_wait(&c->plain);
	limit_wait(&c->piped);
	c->plain.dump_family =
		checked(genl_ctrl_resolve(c->plain.sk, where == HOST ?
					  "nlctrl" : GENL_LAB_NAME),
			"genl_ctrl_resolve");
	return c;
}

static void set_text(struct session *s, size_t payload)
{
	if (s->where == HOST) {
		strcpy(s->text, "nlctrl");
	} else {
		memset(s->text, 'x', payload);
		s->text[payload] = '\0';
	}
}

/* Returns the sequence number. */
static uint32_t send_and_free(struct session *s, struct nl_msg *msg)
{
	uint32_t seq;

	checked(nl_send_auto(s->sk, msg), "nl_send_auto");
	seq = nlmsg_hdr(msg)->nlmsg_seq;
	nlmsg_free(msg);
	return seq;
}

static struct nl_msg *new_message(size_t text_len, int family, int flags,
				  uint8_t cmd, uint8_t version)
{
	int size = nlmsg_total_size((int)GENL_HDRLEN +
				    nla_total_size((int)text_len));
	struct nl_msg *msg;

	/* nlmsg_alloc() has room for a page, which is enough nearly always. */
	msg = size <= getpagesize() ? nlmsg_alloc() :
				      nlmsg_alloc_size((size_t)size);
	if (!msg || !genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, family, 0,
				 flags, cmd, version))
		errx(1, "out of memory");
	return msg;
}

static uint32_t send_request(struct session *s)
{
	size_t len = strlen(s->text) + 1;
	struct nl_msg *msg;
	int attr;

	if (s->where == HOST) {
		msg = new_message(len, s->family, 0, CTRL_CMD_GETFAMILY,
				  CTRL_VERSION);
		attr = CTRL_ATTR_FAMILY_NAME;
	} else {
		msg = new_message(len, s->family, 0,
				  GNL_FOOBAR_XMPL_C_ECHO_MSG,
				  GNL_FOOBAR_XMPL_VERSION);
		attr = GNL_FOOBAR_XMPL_A_MSG;
	}
	checked(nla_put_string(msg, attr, s->text), "nla_put_string");
	return send_and_free(s, msg);
}

static void receive(struct session *s)
{
	checked(nl_recvmsgs_default(s->sk), "nl_recvmsgs_default");
}

static void ask(struct session *s)
{
	send_request(s);
	s->replies = 0;
	s->over = false;
	while (!s->over)
		receive(s);
	if (s->replies != 1)
		errx(1, "%ju replies", (uintmax_t)s->replies);
}

static uint64_t exchange(void *connection, size_t payload, uint64_t count)
{
	struct session *s = &((struct connection *)connection)->plain;

	set_text(s, payload);
	on(s, NL_CB_VALID, on_reply);
	for (uint64_t i = 0; i < count; i++)
		ask(s);
	return count;
}

static uint64_t cycle(void *connection, size_t payload, uint64_t count)
{
	struct session s;

	s.where = ((struct connection *)connection)->plain.where;
	set_text(&s, payload);
	for (uint64_t i = 0; i < count; i++) {
		session_open(&s, s.where);
		ask(&s);
		nl_socket_free(s.sk);
	}
	return count;
}

static uint64_t pipeline(void *connection, size_t payload, uint64_t count)
{
	struct session *s = &((struct connection *)connection)->piped;

	set_text(s, payload);
	for (uint64_t done = 0; done < count; done += s->replies) {
		uint64_t n = count - done < WINDOW ? count - done : WINDOW;

		s->next_seq = send_request(s);
		for (uint64_t i = 1; i < n; i++)
			send_request(s);
		s->replies = 0;
		while (s->replies < n)
			receive(s);
	}
	return count;
}

static void dump_once(struct session *s, size_t payload, uint64_t count)
{
	struct nl_msg *msg;
	uint32_t total = count < GENL_LAB_DUMP_COUNT_MAX ?
			 (uint32_t)count : GENL_LAB_DUMP_COUNT_MAX;

	if (s->where == HOST) {
		msg = new_message(0, s->dump_family, NLM_F_DUMP,
				  CTRL_CMD_GETFAMILY, CTRL_VERSION);
	} else {
		msg = new_message(0, s->dump_family, NLM_F_DUMP,
				  GENL_LAB_C_DUMP, GENL_LAB_VERSION);
		checked(nla_put_u32(msg, GENL_LAB_A_COUNT, total),
			"nla_put_u32");
		checked(nla_put_u32(msg, GENL_LAB_A_SIZE, (uint32_t)payload),
			"nla_put_u32");
	}
	send_and_free(s, msg);

	s->replies = 0;
	s->over = false;
	while (!s->over)
		receive(s);
	if (s->where == HOST ? s->replies == 0 : s->replies != total)
		errx(1, "a dump has %ju messages", (uintmax_t)s->replies);
}

static uint64_t dump(void *connection, size_t payload, uint64_t count)
{
	struct session *s = &((struct connection *)connection)->plain;
	uint64_t done = 0;

	on(s, NL_CB_VALID, on_dumped);
	while (done < count) {
		dump_once(s, payload, count - done);
		done += s->replies;
	}
	return done;
}

int main(int argc, char **argv)
{
	struct client client = {
		.open = open_connection,
		.cycle = cycle,
		.exchange = exchange,
		.pipeline = pipeline,
		.dump = dump,
	};
	char library[32];

	snprintf(library, sizeof(library), "libnl %d.%d.%d", nl_ver_maj,
		 nl_ver_min, nl_ver_mic);
	client.library = library;
	return serve(argc, argv, &client);
}
