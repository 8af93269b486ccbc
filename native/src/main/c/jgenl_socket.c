/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* recvmmsg, ppoll */

#include "jgenl_socket.h"

#include "jgenl_namespace.h"

#include <errno.h>
#include <limits.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

#define NS_PER_S 1000000000

/* No errno of the kernel is larger. */
#define ERRNO_MAX 4095

/*
 * Datagrams up to this size fit beside their explanation into a buffer of the
 * system's default size, so only larger ones pay for NETLINK_CAP_ACK.
 */
#define CAP_ACK_BEYOND (16 * 1024)

/* Memory that is freed with the socket. */
struct block {
	struct block *next;
	_Alignas(max_align_t) unsigned char memory[];
};

struct jgenl_socket {
	struct nl_sock *nl;
	int fd;
	int protocol;
	/* Connected to the kernel, so that no other process can send to it. */
	int kernel_only;
	/* An errno of receiving that the next receive reports, or 0. */
	int pending_error;
	/* NETLINK_CAP_ACK has been asked for. */
	int caps_acks;
	/* NETLINK_PKTINFO is on: it costs 6 % of an exchange. */
	int tells_groups;
	/* The eventfd that ends a wait, or -1 before the first. */
	_Atomic int wake_fd;
	/* What the eventfd is to say: it comes to be later than they may. */
	_Atomic int woken;
	_Atomic int ended;
	struct block *blocks;
};

/*
 * libnl folds errno into fewer codes of its own; this is the way back for
 * those calls that leave no errno of the kernel behind.
 */
static int errno_of_nle(int nle)
{
	switch (-nle) {
	case NLE_NOMEM:
		return ENOMEM;
	case NLE_BAD_SOCK:
		return EBADF;
	case NLE_INVAL:
		return EINVAL;
	default:
		return EPROTO;
	}
}

/*
 * The result of a libnl call: where a system call failed, its errno is exact.
 * The caller set errno to 0 before.
 */
static int exact(int nle)
{
	if (nle >= 0)
		return 0;
	return errno ? -errno : -errno_of_nle(nle);
}

static int set_netlink_option(int fd, int option, int value)
{
	if (setsockopt(fd, SOL_NETLINK, option, &value, sizeof(value)))
		return -errno;
	return 0;
}

/* An option that older kernels do not have, and without which all works. */
static int set_if_known(int fd, int option)
{
	int err = set_netlink_option(fd, option, 1);

	return err == -ENOPROTOOPT ? 0 : err;
}

/* What a descriptor is opened for, and the descriptor. */
struct opening {
	int protocol;
	int kernel_only;
	int fd;
};

/*
 * Opening through genl_connect(3) would take ten system calls instead of seven
 * (docs/adr/0005): it sets both buffers to 32 KiB, too little for an attribute
 * of 64 KiB, and draws a port ID by itself, where the kernel gives one to
 * whoever binds to 0.
 */
static int open_descriptor(void *arg)
{
	static const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	static const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct opening *o = arg;
	int fd, err;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, o->protocol);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&any, sizeof(any))) {
		err = -errno;
		goto close_fd;
	}
	err = set_if_known(fd, NETLINK_EXT_ACK);
	if (!err && o->protocol == NETLINK_ROUTE)
		err = set_if_known(fd, NETLINK_GET_STRICT_CHK);
	if (err)
		goto close_fd;
	if (o->kernel_only &&
	    connect(fd, (const struct sockaddr *)&kernel, sizeof(kernel))) {
		err = -errno;
		goto close_fd;
	}
	o->fd = fd;
	return 0;

close_fd:
	close(fd);
	return err;
}

static int send_request(struct nl_sock *nl, struct nl_msg *msg);
static int receive_answer(struct nl_sock *nl, struct sockaddr_nl *from,
			  unsigned char **message, struct ucred **creds);

static struct nl_sock *make_nl_sock(void)
{
	struct nl_sock *nl = nl_socket_alloc();
	struct nl_cb *cb;

	if (!nl)
		return NULL;
	/* An ACK is a system call that resolving does not need. */
	nl_socket_disable_auto_ack(nl);
	cb = nl_socket_get_cb(nl);
	nl_cb_overwrite_send(cb, send_request);
	nl_cb_overwrite_recv(cb, receive_answer);
	nl_cb_put(cb);
	return nl;
}

/* Opens in a namespace, or if that is negative in the thread's own. */
static int open_socket(int ns, struct jgenl_socket **out, struct opening *o)
{
	struct jgenl_socket *s;
	int err;

	s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	atomic_init(&s->wake_fd, -1);
	s->protocol = o->protocol;
	s->kernel_only = o->kernel_only;

	s->nl = make_nl_sock();
	if (!s->nl) {
		err = -ENOMEM;
		goto free_socket;
	}
	err = ns < 0 ? open_descriptor(o) :
		       jgenl_namespace_call(ns, open_descriptor, o);
	if (err)
		goto free_nl;
	s->fd = o->fd;

	errno = 0;
	err = exact(nl_socket_set_fd(s->nl, s->protocol, s->fd));
	if (err) {
		close(s->fd);
		goto free_nl;
	}
	*out = s;
	return 0;

free_nl:
	nl_socket_free(s->nl);
free_socket:
	free(s);
	return err;
}

int jgenl_socket_open(struct jgenl_socket **out, int protocol, int kernel_only)
{
	struct opening o = {
		.protocol = protocol,
		.kernel_only = kernel_only,
	};

	return open_socket(-1, out, &o);
}

int jgenl_socket_open_in(int ns, struct jgenl_socket **out, int protocol,
			 int kernel_only)
{
	struct opening o = {
		.protocol = protocol,
		.kernel_only = kernel_only,
	};

	return ns < 0 ? -EBADF : open_socket(ns, out, &o);
}

void jgenl_socket_free(struct jgenl_socket *s)
{
	int wake_fd;

	if (!s)
		return;
	wake_fd = atomic_load(&s->wake_fd);
	if (wake_fd >= 0)
		close(wake_fd);
	/* Closes the descriptor. */
	nl_socket_free(s->nl);
	while (s->blocks)
		jgenl_socket_unallocate(s);
	free(s);
}

uint32_t jgenl_socket_port(const struct jgenl_socket *s)
{
	return s ? nl_socket_get_local_port(s->nl) : 0;
}

static int cookie_of(int fd, uint64_t *cookie)
{
	socklen_t length = sizeof(*cookie);

	if (getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, cookie, &length))
		return -errno;
	return 0;
}

int jgenl_socket_cookie(const struct jgenl_socket *s, uint64_t *cookie)
{
	return s ? cookie_of(s->fd, cookie) : -EBADF;
}

int jgenl_socket_namespace(const struct jgenl_socket *s)
{
	int fd;

	if (!s)
		return -EBADF;
	fd = ioctl(s->fd, SIOCGSKNS);
	return fd < 0 ? -errno : fd;
}

/* A socket to ask how the kernel does something. */
static int open_scratch(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);

	return fd < 0 ? -errno : fd;
}

int jgenl_has_cookies(void)
{
	int fd = open_scratch();
	uint64_t cookie;
	int err;

	if (fd < 0)
		return 0;
	err = cookie_of(fd, &cookie);
	close(fd);
	return !err;
}

void *jgenl_socket_allocate(struct jgenl_socket *s, size_t size)
{
	struct block *block;

	if (!s || size > PTRDIFF_MAX - sizeof(*block))
		return NULL;
	block = malloc(sizeof(*block) + size);
	if (!block)
		return NULL;
	block->next = s->blocks;
	s->blocks = block;
	return block->memory;
}

void jgenl_socket_unallocate(struct jgenl_socket *s)
{
	struct block *block = s->blocks;

	s->blocks = block->next;
	free(block);
}

/* One of the two buffers of a socket. */
struct buffer {
	int option;
	/* The same beyond the system's limit, for the privileged. */
	int forced;
	/* The size that the limit comes to, or 0 before it was needed. */
	_Atomic int limit;
};

static struct buffer receive_buffer = { SO_RCVBUF, SO_RCVBUFFORCE, 0 };
static struct buffer send_buffer = { SO_SNDBUF, SO_SNDBUFFORCE, 0 };

static int size_of(const struct buffer *b, int fd)
{
	int size;
	socklen_t length = sizeof(size);

	if (getsockopt(fd, SOL_SOCKET, b->option, &size, &length))
		return -errno;
	return size;
}

/* The most that the kernel gives without privilege, found by asking for it. */
static int limit_of(struct buffer *b)
{
	static const int most = INT_MAX / 2;
	int limit = atomic_load(&b->limit);
	int fd;

	if (limit)
		return limit;
	fd = open_scratch();
	if (fd < 0)
		return fd;
	if (setsockopt(fd, SOL_SOCKET, b->option, &most, sizeof(most)))
		limit = -errno;
	else
		limit = size_of(b, fd);
	close(fd);
	if (limit > 0)
		atomic_store(&b->limit, limit);
	return limit;
}

/*
 * A default can be larger than twice the limit, and to ask for more would then
 * lower the buffer to it.
 */
static int raise_buffer(struct buffer *b, int fd, int bytes)
{
	int limit, size = size_of(b, fd);

	if (size < 0)
		return size;
	/* The kernel stores twice what it is asked for. */
	if (size / 2 >= bytes)
		return 0;
	if (!setsockopt(fd, SOL_SOCKET, b->forced, &bytes, sizeof(bytes)))
		return 0;
	if (errno != EPERM)
		return -errno;
	limit = limit_of(b);
	if (limit < 0)
		return limit;
	if (size < limit && setsockopt(fd, SOL_SOCKET, b->option, &bytes,
				       sizeof(bytes)))
		return -errno;
	return 0;
}

int jgenl_socket_set_buffers(struct jgenl_socket *s, int receive, int send)
{
	int err = 0;

	if (!s)
		return -EBADF;
	if (receive < 0 || send < 0)
		return -EINVAL;
	if (receive)
		err = raise_buffer(&receive_buffer, s->fd, receive);
	if (!err && send)
		err = raise_buffer(&send_buffer, s->fd, send);
	return err ? err : size_of(&receive_buffer, s->fd);
}

/*
 * The resolution that this thread is making, and what came of it: libnl's hooks
 * get no argument.
 */
struct resolving {
	const struct jgenl_resolution *resolution;
	int result;
};

static _Thread_local struct resolving *resolving;

/* In place of nl_send(3), whose sequence numbers start at the time of day. */
static int send_request(struct nl_sock *nl, struct nl_msg *msg)
{
	struct resolving *r = resolving;
	struct nlmsghdr *request = nlmsg_hdr(msg);

	if (r->resolution->sent)
		return (int)request->nlmsg_len;
	request->nlmsg_seq = r->resolution->sequence;
	while (nl_sendto(nl, request, request->nlmsg_len) < 0) {
		if (errno == EINTR)
			continue;
		r->result = -errno;
		return -NLE_FAILURE;
	}
	return (int)request->nlmsg_len;
}

/*
 * Returns the length of an answer to this request, its negative errno, or 0 if
 * this is something else: a leftover, a stranger's, an ACK.
 */
static int judge(struct nl_sock *nl, const struct sockaddr_nl *from, size_t n)
{
	const struct jgenl_resolution *resolution = resolving->resolution;
	const struct nlmsghdr *header = resolution->reply;
	size_t size = (size_t)resolution->size;
	const struct nlmsgerr *refusal;

	if (from->nl_pid || n < NLMSG_HDRLEN ||
	    header->nlmsg_seq != resolution->sequence ||
	    header->nlmsg_pid != nl_socket_get_local_port(nl))
		return 0;
	if (header->nlmsg_type == NLMSG_ERROR) {
		refusal = NLMSG_DATA(header);
		if (n < NLMSG_LENGTH(sizeof(*refusal)) ||
		    size < NLMSG_LENGTH(sizeof(*refusal)))
			return -EPROTO;
		return refusal->error > 0 || refusal->error < -ERRNO_MAX ?
			       -EPROTO :
			       refusal->error;
	}
	if (header->nlmsg_type != GENL_ID_CTRL)
		return 0;
	return n > size || n > INT_MAX ? -EMSGSIZE : (int)n;
}

/* Receives until there is an answer or nothing more; 0 is the latter. */
static int find_answer(struct nl_sock *nl, struct sockaddr_nl *from)
{
	const struct jgenl_resolution *resolution = resolving->resolution;
	int fd = nl_socket_get_fd(nl);
	int verdict = 0;

	while (!verdict) {
		socklen_t length = sizeof(*from);
		ssize_t n = recvfrom(fd, resolution->reply,
				     (size_t)resolution->size,
				     MSG_DONTWAIT | MSG_TRUNC,
				     (struct sockaddr *)from, &length);

		if (n >= 0)
			verdict = judge(nl, from, (size_t)n);
		else if (errno == EAGAIN)
			return 0;
		else if (errno != EINTR)
			verdict = -errno;
	}
	return verdict;
}

/*
 * In place of nl_recv(3), which takes whatever comes, and no more of it than
 * its buffer holds.  libnl frees the message; for 0 it stops reading.
 */
static int receive_answer(struct nl_sock *nl, struct sockaddr_nl *from,
			  unsigned char **message, struct ucred **creds)
{
	struct resolving *r = resolving;

	(void)creds;
	r->result = find_answer(nl, from);
	if (r->result <= 0)
		return 0;
	*message = malloc((size_t)r->result);
	if (!*message) {
		r->result = -ENOMEM;
		return 0;
	}
	memcpy(*message, r->resolution->reply, (size_t)r->result);
	return r->result;
}

static int check_resolution(const struct jgenl_socket *s,
			    const struct jgenl_resolution *resolution)
{
	if (!s)
		return -EBADF;
	/* The controller's number is a type of other protocols, too. */
	if (s->protocol != NETLINK_GENERIC)
		return -EOPNOTSUPP;
	if (!resolution->family || !resolution->reply ||
	    resolution->size < NLMSG_HDRLEN)
		return -EINVAL;
	return strlen(resolution->family) < GENL_NAMSIZ ? 0 : -ENAMETOOLONG;
}

int jgenl_socket_resolve(struct jgenl_socket *s,
			 const struct jgenl_resolution *resolution)
{
	/* What libnl does before it calls a hook fails for want of memory. */
	struct resolving r = { .resolution = resolution, .result = -ENOMEM };
	int err = check_resolution(s, resolution);
	int id;

	if (err)
		return err;
	resolving = &r;
	errno = 0;
	id = genl_ctrl_resolve(s->nl, resolution->family);
	resolving = NULL;
	/* libnl says "not found" for every failure, so what the hooks saw is
	 * the result, unless libnl has no memory to read what they took for an
	 * answer, or cannot read it.
	 */
	if (r.result > 0 && id < 0)
		return errno == ENOMEM ? -ENOMEM : -EPROTO;
	return r.result;
}

static int tell_groups(struct jgenl_socket *s, int on)
{
	int err;

	if (s->tells_groups == on)
		return 0;
	err = set_netlink_option(s->fd, NETLINK_PKTINFO, on);
	if (!err)
		s->tells_groups = on;
	return err;
}

/*
 * The kernel knows best: a family that goes takes its memberships with it.
 * What this array cannot hold counts as a membership.
 */
static int is_member(const struct jgenl_socket *s)
{
	uint32_t groups[1024] = { 0 };
	socklen_t length = sizeof(groups);

	if (getsockopt(s->fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, groups,
		       &length) ||
	    length > sizeof(groups))
		return 1;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (groups[i])
			return 1;
	}
	return 0;
}

/* Groups are told for nothing if there is none. */
static void tell_groups_if_member(struct jgenl_socket *s)
{
	if (!is_member(s))
		tell_groups(s, 0);
}

int jgenl_socket_join(struct jgenl_socket *s, int group)
{
	int err;

	if (!s)
		return -EBADF;
	if (group < 1)
		return -EINVAL;
	/* From its first notification on. */
	err = tell_groups(s, 1);
	if (err)
		return err;
	errno = 0;
	err = exact(nl_socket_add_membership(s->nl, group));
	if (err)
		tell_groups_if_member(s);
	return err;
}

int jgenl_socket_leave(struct jgenl_socket *s, int group)
{
	int err;

	if (!s)
		return -EBADF;
	if (group < 1)
		return -EINVAL;
	errno = 0;
	err = exact(nl_socket_drop_membership(s->nl, group));
	if (!err)
		tell_groups_if_member(s);
	return err;
}

static int send_datagram(struct jgenl_socket *s, const void *datagram,
			 size_t length)
{
	int err;

	if (length > CAP_ACK_BEYOND && !s->caps_acks) {
		err = set_if_known(s->fd, NETLINK_CAP_ACK);
		if (err)
			return err;
		s->caps_acks = 1;
	}
	/* nl_sendto() is sendto(2) and leaves its errno untouched; its
	 * parameter lacks the const only.
	 */
	while (nl_sendto(s->nl, (void *)datagram, length) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return 0;
}

int jgenl_socket_send(struct jgenl_socket *s, const void *datagram, int length)
{
	if (!s)
		return -EBADF;
	if (!datagram || length < 1)
		return -EINVAL;
	return send_datagram(s, datagram, (size_t)length);
}

static int are_valid(const struct jgenl_slots *slots)
{
	return slots->memory && slots->count >= 1 &&
	       slots->count <= JGENL_SLOTS_MAX && slots->stride >= 1;
}

static struct jgenl_datagram *table(const struct jgenl_slots *slots)
{
	return slots->memory;
}

static struct iovec slot(const struct jgenl_slots *slots, int i)
{
	size_t stride = (size_t)slots->stride;

	return (struct iovec){
		.iov_base = (unsigned char *)slots->memory + JGENL_TABLE_SIZE +
			    (size_t)i * stride,
		.iov_len = stride,
	};
}

/*
 * Only the kernel can send to a connected socket that is no member of a group.
 * An address costs 2 % of an exchange.
 */
static int hears_only_kernel(const struct jgenl_socket *s)
{
	return s->kernel_only && !s->tells_groups;
}

/*
 * One datagram: recvfrom(2) does with less work than recvmmsg(2).  MSG_TRUNC
 * makes it return the length that was sent.
 */
static int receive_one(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	struct iovec room = slot(slots, 0);
	struct sockaddr_nl from = { 0 };
	socklen_t from_length = sizeof(from);
	ssize_t n;

	n = recvfrom(s->fd, room.iov_base, room.iov_len,
		     MSG_DONTWAIT | MSG_TRUNC,
		     hears_only_kernel(s) ? NULL : (struct sockaddr *)&from,
		     &from_length);
	if (n < 0)
		return -errno;
	table(slots)[0] = (struct jgenl_datagram){
		.length = (uint32_t)n,
		.sender = from.nl_pid,
	};
	return 1;
}

/* Room for what NETLINK_PKTINFO tells. */
union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(struct nl_pktinfo))];
};

static uint32_t group_of(struct msghdr *message)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(message);
	struct nl_pktinfo info;

	if (!c || c->cmsg_level != SOL_NETLINK ||
	    c->cmsg_type != NETLINK_PKTINFO ||
	    c->cmsg_len < CMSG_LEN(sizeof(info)))
		return 0;
	memcpy(&info, CMSG_DATA(c), sizeof(info));
	return info.group;
}

static int receive_many(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	struct mmsghdr messages[JGENL_SLOTS_MAX];
	struct iovec vectors[JGENL_SLOTS_MAX];
	struct sockaddr_nl from[JGENL_SLOTS_MAX];
	union control controls[JGENL_SLOTS_MAX];
	int n;

	for (int i = 0; i < slots->count; i++) {
		vectors[i] = slot(slots, i);
		messages[i].msg_hdr = (struct msghdr){
			.msg_iov = &vectors[i],
			.msg_iovlen = 1,
		};
		from[i].nl_pid = 0;
		if (!hears_only_kernel(s)) {
			messages[i].msg_hdr.msg_name = &from[i];
			messages[i].msg_hdr.msg_namelen = sizeof(from[i]);
		}
		if (s->tells_groups) {
			messages[i].msg_hdr.msg_control = &controls[i];
			messages[i].msg_hdr.msg_controllen = sizeof(controls[i]);
		}
	}
	n = recvmmsg(s->fd, messages, (unsigned int)slots->count,
		     MSG_DONTWAIT | MSG_TRUNC, NULL);
	if (n < 0)
		return -errno;
	for (int i = 0; i < n; i++)
		table(slots)[i] = (struct jgenl_datagram){
			.length = messages[i].msg_len,
			.sender = from[i].nl_pid,
			.group = group_of(&messages[i].msg_hdr),
		};
	return n;
}

/* Returns 0 if nothing is there. */
static int receive_now(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	int n;

	do {
		n = slots->count == 1 && !s->tells_groups ?
			    receive_one(s, slots) :
			    receive_many(s, slots);
	} while (n == -EINTR);
	return n == -EAGAIN ? 0 : n;
}

int jgenl_socket_exchange(struct jgenl_socket *s, const void *datagram,
			  int length, const struct jgenl_slots *slots)
{
	int n;

	if (s && !are_valid(slots))
		return -EINVAL;
	n = jgenl_socket_send(s, datagram, length);
	if (n)
		return n;
	n = receive_now(s, slots);
	if (n < 0) {
		s->pending_error = -n;
		return 0;
	}
	return n;
}

int jgenl_socket_receive(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	int err;

	if (!s)
		return -EBADF;
	if (!are_valid(slots))
		return -EINVAL;
	err = s->pending_error;
	s->pending_error = 0;
	return err ? -err : receive_now(s, slots);
}

static int make_wakeable(struct jgenl_socket *s)
{
	int fd;

	if (atomic_load(&s->wake_fd) >= 0)
		return 0;
	fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		return -errno;
	atomic_store(&s->wake_fd, fd);
	return 0;
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* A number of seconds that no time_t is too small for is for ever. */
static int poll_for(struct pollfd fds[2], int64_t timeout_ns)
{
	struct timespec t = { .tv_nsec = (long)(timeout_ns % NS_PER_S) };
	int64_t seconds = timeout_ns / NS_PER_S;
	int n;

	if (seconds < INT_MAX)
		t.tv_sec = (time_t)seconds;
	n = ppoll(fds, 2, seconds < INT_MAX ? &t : NULL, NULL);
	return n < 0 ? -errno : n;
}

/* One turn of a wait; -EINTR: another is needed. */
static int wait_once(struct jgenl_socket *s, int64_t timeout_ns)
{
	struct pollfd fds[] = {
		{ .fd = s->fd, .events = POLLIN },
		{ .fd = atomic_load(&s->wake_fd), .events = POLLIN },
	};
	uint64_t wakes;
	int n;

	/* Whoever sets one of these looks for the eventfd afterwards. */
	if (atomic_exchange(&s->woken, 0))
		return JGENL_WOKEN;
	if (timeout_ns > 0 && atomic_load(&s->ended))
		return JGENL_ENDED;
	n = poll_for(fds, timeout_ns);
	if (n <= 0)
		return n;
	if (!fds[1].revents)
		return JGENL_READABLE;
	/* What it was written for may be over; it does not block. */
	if (read(fds[1].fd, &wakes, sizeof(wakes)) < 0 && errno != EAGAIN)
		return -errno;
	return -EINTR;
}

int jgenl_socket_wait(struct jgenl_socket *s, int64_t timeout_ns)
{
	int64_t timeout = timeout_ns > 0 ? timeout_ns : 0;
	int64_t start = now_ns(), left = timeout;
	int n;

	if (!s)
		return -EBADF;
	n = make_wakeable(s);
	if (n)
		return n;
	do {
		n = wait_once(s, left > 0 ? left : 0);
		left = timeout - (now_ns() - start);
	} while (n == -EINTR);
	return n;
}

static void poke(struct jgenl_socket *s)
{
	static const uint64_t one = 1;
	int fd = atomic_load(&s->wake_fd);
	ssize_t n;

	if (fd < 0)
		return;
	/* A full counter already wakes: the result does not matter. */
	n = write(fd, &one, sizeof(one));
	(void)n;
}

void jgenl_socket_wake(struct jgenl_socket *s)
{
	if (!s)
		return;
	atomic_store(&s->woken, 1);
	poke(s);
}

void jgenl_socket_end_waits(struct jgenl_socket *s)
{
	if (!s)
		return;
	atomic_store(&s->ended, 1);
	poke(s);
}
