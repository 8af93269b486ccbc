// SPDX-License-Identifier: MIT
#define _GNU_SOURCE

#include <err.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "genl_lab.h"
#include "gnl_foobar_xmpl.h"
#include "wire.h"

#define CTRL_VERSION 2

_Static_assert(offsetof(struct request, text) == 24, "no gaps in a message");
_Static_assert(PAYLOAD_MAX <= GNL_FOOBAR_XMPL_MSG_LEN_MAX, "may be sent");

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

/*
 * Takes a message that answers request number @seq off the front of @rest.
 * Returns its header and points @payload to the rest of it.
 */
static struct nlmsghdr take_message(const struct conn *c, uint32_t seq,
				    struct view *rest, struct view *payload)
{
	struct nlmsghdr nl;
	int error;

	if (rest->len < sizeof(nl))
		errx(1, "a message is cut short");
	memcpy(&nl, rest->data, sizeof(nl));
	if (nl.nlmsg_len < sizeof(nl) || nl.nlmsg_len > rest->len)
		errx(1, "a message is cut short");
	if (nl.nlmsg_seq != seq || nl.nlmsg_pid != c->port)
		errx(1, "a message answers another request");
	if (nl.nlmsg_flags & NLM_F_DUMP_INTR)
		errx(1, "a dump is inconsistent");
	payload->data = rest->data + sizeof(nl);
	payload->len = nl.nlmsg_len - sizeof(nl);
	skip(rest, padded(nl.nlmsg_len));

	if (nl.nlmsg_type == NLMSG_ERROR || nl.nlmsg_type == NLMSG_DONE) {
		if (payload->len < sizeof(error))
			errx(1, "a message is cut short");
		memcpy(&error, payload->data, sizeof(error));
		if (error)
			errx(1, "the kernel refused: %s", strerror(-error));
	}
	return nl;
}

struct view find_attr(struct view rest, size_t header_len, uint16_t type)
{
	struct nlattr attr;

	if (rest.len < header_len)
		errx(1, "a message is cut short");
	skip(&rest, header_len);
	while (rest.len >= sizeof(attr)) {
		memcpy(&attr, rest.data, sizeof(attr));
		if (attr.nla_len < sizeof(attr) || attr.nla_len > rest.len)
			errx(1, "an attribute is cut short");
		if ((attr.nla_type & NLA_TYPE_MASK) == type)
			return (struct view){
				rest.data + sizeof(attr),
				attr.nla_len - sizeof(attr),
			};
		skip(&rest, padded(attr.nla_len));
	}
	errx(1, "a message lacks attribute %u", type);
}

/* Finds an attribute of a message of a family. */
static struct view find_genl_attr(struct view message, uint8_t cmd,
				  uint16_t type)
{
	struct genlmsghdr genl;

	if (message.len < sizeof(genl))
		errx(1, "a message is cut short");
	memcpy(&genl, message.data, sizeof(genl));
	if (genl.cmd != cmd)
		errx(1, "a message has command %u instead of %u", genl.cmd,
		     cmd);
	return find_attr(message, sizeof(genl), type);
}

/* The payload of the reply that a datagram consists of. */
static struct view read_reply(const struct conn *c, uint16_t family,
			      uint32_t seq, struct view datagram)
{
	struct view payload;
	struct nlmsghdr nl = take_message(c, seq, &datagram, &payload);

	if (nl.nlmsg_type != family)
		errx(1, "a message has type %u instead of %u", nl.nlmsg_type,
		     family);
	if (datagram.len)
		errx(1, "a reply is not alone");
	return payload;
}

void send_all(const struct conn *c, const void *data, size_t len)
{
	ssize_t sent = send(c->fd, data, len, 0);

	if (sent < 0)
		err(1, "send");
	if ((size_t)sent != len)
		errx(1, "sent %zd of %zu bytes", sent, len);
}

size_t receive(const struct conn *c, unsigned char *buf, size_t size)
{
	ssize_t len = recv(c->fd, buf, size, MSG_TRUNC);

	if (len < 0)
		err(1, "recv");
	if ((size_t)len > size)
		errx(1, "a datagram has %zd bytes", len);
	return (size_t)len;
}

void conn_open(struct conn *c, enum where where, int protocol)
{
	const struct sockaddr_nl zero = { .nl_family = AF_NETLINK };
	struct sockaddr_nl self;
	socklen_t len = sizeof(self);

	*c = (struct conn){ .where = where };
	c->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	if (c->fd < 0 ||
	    bind(c->fd, (const struct sockaddr *)&zero, sizeof(zero)) < 0 ||
	    getsockname(c->fd, (struct sockaddr *)&self, &len) < 0 ||
	    connect(c->fd, (const struct sockaddr *)&zero, sizeof(zero)) < 0)
		err(1, "cannot open a socket");
	c->port = self.nl_pid;
}

void conn_close(struct conn *c)
{
	if (close(c->fd) < 0)
		err(1, "close");
}

static void request_init(struct request *r, const struct conn *c,
			 uint16_t family, uint8_t cmd, uint8_t version,
			 uint16_t attr, size_t len)
{
	size_t total = offsetof(struct request, text) + padded(len + 1);

	r->nl = (struct nlmsghdr){
		.nlmsg_len = (uint32_t)total,
		.nlmsg_type = family,
		.nlmsg_flags = NLM_F_REQUEST,
		.nlmsg_pid = c->port,
	};
	r->genl = (struct genlmsghdr){ .cmd = cmd, .version = version };
	r->attr = (struct nlattr){
		.nla_len = (uint16_t)(sizeof(r->attr) + len + 1),
		.nla_type = attr,
	};
	/* The NUL and the padding. */
	memset(r->text + len, 0, padded(len + 1) - len);
}

/* Asks the controller, whose number is fixed, about a family. */
static void question_about_family(struct question *q, const struct conn *c,
				  const char *name)
{
	request_init(&q->request, c, GENL_ID_CTRL, CTRL_CMD_GETFAMILY,
		     CTRL_VERSION, CTRL_ATTR_FAMILY_NAME, strlen(name));
	memcpy(q->request.text, name, strlen(name));
	q->reply_cmd = CTRL_CMD_NEWFAMILY;
	q->reply_attr = CTRL_ATTR_FAMILY_ID;
}

void question_init(struct question *q, const struct conn *c, size_t payload)
{
	static const uint16_t ctrl_id = GENL_ID_CTRL;

	if (c->where == HOST) {
		question_about_family(q, c, "nlctrl");
		q->request.nl.nlmsg_type = c->family;
		q->right = &ctrl_id;
		q->right_len = sizeof(ctrl_id);
		return;
	}
	request_init(&q->request, c, c->family, GNL_FOOBAR_XMPL_C_ECHO_MSG,
		     GNL_FOOBAR_XMPL_VERSION, GNL_FOOBAR_XMPL_A_MSG, payload);
	memset(q->request.text, 'x', payload);
	q->reply_cmd = GNL_FOOBAR_XMPL_C_ECHO_MSG;
	q->reply_attr = GNL_FOOBAR_XMPL_A_MSG;
	q->right = q->request.text;
	q->right_len = payload + 1;
}

static uint16_t resolve(struct conn *c, const char *name)
{
	unsigned char buf[16384];
	struct view reply = { .data = buf };
	struct question q;
	struct view id;
	uint16_t family;

	question_about_family(&q, c, name);
	q.request.nl.nlmsg_seq = ++c->seq;
	send_all(c, &q.request, q.request.nl.nlmsg_len);
	reply.len = receive(c, buf, sizeof(buf));
	id = find_genl_attr(read_reply(c, GENL_ID_CTRL, c->seq, reply), q.reply_cmd,
			    q.reply_attr);
	if (id.len != sizeof(family))
		errx(1, "the number of family %s has %zu bytes", name, id.len);
	memcpy(&family, id.data, sizeof(family));
	return family;
}

void conn_resolve(struct conn *c)
{
	c->family = resolve(c, c->where == HOST ? "nlctrl" :
						  GNL_FOOBAR_XMPL_NAME);
}

void conn_resolve_dump(struct conn *c)
{
	c->dump_family = resolve(c, c->where == HOST ? "nlctrl" :
						       GENL_LAB_NAME);
}

void check_reply(const struct conn *c, const struct question *q, uint32_t seq,
		 const unsigned char *datagram, size_t len)
{
	struct view payload = read_reply(c, c->family, seq,
					 (struct view){ datagram, len });
	struct view value = find_genl_attr(payload, q->reply_cmd, q->reply_attr);

	if (value.len != q->right_len ||
	    memcmp(value.data, q->right, q->right_len))
		errx(1, "a reply is wrong");
}

static void check_dumped(const struct dump *d, struct view payload)
{
	struct view value;
	uint32_t index;

	if (d->conn->where == HOST) {
		find_genl_attr(payload, CTRL_CMD_NEWFAMILY,
			       CTRL_ATTR_FAMILY_NAME);
		return;
	}
	value = find_genl_attr(payload, GENL_LAB_C_DUMP, GENL_LAB_A_INDEX);
	if (value.len != sizeof(index))
		errx(1, "an index has %zu bytes", value.len);
	memcpy(&index, value.data, sizeof(index));
	if (index != d->count)
		errx(1, "message %u of a dump instead of %ju", index,
		     (uintmax_t)d->count);
}

/* Requests about @count messages, exactly so many in the VM if it can. */
static void dump_start(struct dump *d, struct conn *c, size_t payload,
		       uint64_t count)
{
	struct {
		struct nlmsghdr nl;
		struct genlmsghdr genl;
		struct {
			struct nlattr attr;
			uint32_t value;
		} count, size;
	} request = {
		.nl = {
			.nlmsg_len = sizeof(request),
			.nlmsg_type = c->dump_family,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
			.nlmsg_seq = ++c->seq,
			.nlmsg_pid = c->port,
		},
	};

	*d = (struct dump){
		.conn = c,
		.type = c->dump_family,
		.check = check_dumped,
	};
	if (c->where == HOST) {
		request.genl.cmd = CTRL_CMD_GETFAMILY;
		request.genl.version = CTRL_VERSION;
		/* No attributes. */
		request.nl.nlmsg_len -= (uint32_t)(sizeof(request.count) +
						   sizeof(request.size));
	} else {
		d->total = count < GENL_LAB_DUMP_COUNT_MAX ?
			   count : GENL_LAB_DUMP_COUNT_MAX;
		request.genl.cmd = GENL_LAB_C_DUMP;
		request.genl.version = GENL_LAB_VERSION;
		request.count.attr.nla_len = sizeof(request.count);
		request.count.attr.nla_type = GENL_LAB_A_COUNT;
		request.count.value = (uint32_t)d->total;
		request.size.attr.nla_len = sizeof(request.size);
		request.size.attr.nla_type = GENL_LAB_A_SIZE;
		request.size.value = (uint32_t)payload;
	}
	send_all(c, &request, request.nl.nlmsg_len);
}

bool dump_read(struct dump *d, struct view rest)
{
	const struct conn *c = d->conn;

	do {
		struct view payload;
		struct nlmsghdr nl = take_message(c, c->seq, &rest, &payload);

		if (nl.nlmsg_type == NLMSG_DONE) {
			if (rest.len)
				errx(1, "a dump goes on after its end");
			if (d->total ? d->count != d->total : d->count == 0)
				errx(1, "a dump has %ju messages",
				     (uintmax_t)d->count);
			return true;
		}
		if (nl.nlmsg_type != d->type)
			errx(1, "a message has type %u instead of %u",
			     nl.nlmsg_type, d->type);
		d->check(d, payload);
		d->count++;
	} while (rest.len);
	return false;
}

uint64_t dump(struct conn *c, unsigned char *buf, size_t payload,
	      uint64_t count)
{
	struct view datagram = { .data = buf };
	uint64_t done = 0;

	while (done < count) {
		struct dump d;

		dump_start(&d, c, payload, count - done);
		do
			datagram.len = receive(c, buf, RECEIVE_SIZE);
		while (!dump_read(&d, datagram));
		done += d.count;
	}
	return done;
}
