/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* recvmmsg, ppoll */

#include "jgenl_socket.h"

#include <errno.h>
#include <limits.h>
#include <linux/netlink.h>
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
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000

struct jgenl_socket {
	struct nl_sock *nl;
	int fd;
	/* The eventfd that ends a wait, or -1. */
	_Atomic int wake_fd;
	/* An errno of receiving that the next receive reports, or 0. */
	int pending_error;
};

/*
 * libnl folds errno into fewer codes of its own; this is the way back for
 * those calls that leave no errno of the kernel behind.
 */
static int errno_of_nle(int nle)
{
	switch (-nle) {
	case NLE_OBJ_NOTFOUND:
		return ENOENT;
	case NLE_AGAIN:
		return EAGAIN;
	case NLE_NOMEM:
		return ENOMEM;
	case NLE_PERM:
		return EPERM;
	case NLE_MSG_TRUNC:
		return EMSGSIZE;
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

/*
 * Opening through genl_connect(3) would take ten system calls instead of seven
 * (docs/adr/0005): it sets both buffers to 32 KiB, too little for an attribute
 * of 64 KiB, and draws a port ID by itself, where the kernel gives one to
 * whoever binds to 0.  Returns a descriptor.
 */
static int open_descriptor(int kernel_only)
{
	static const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	static const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	static const int on = 1;
	int fd, err;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&any, sizeof(any)) ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on)) ||
	    (kernel_only &&
	     connect(fd, (const struct sockaddr *)&kernel, sizeof(kernel)))) {
		err = -errno;
		close(fd);
		return err;
	}
	return fd;
}

int jgenl_socket_open(struct jgenl_socket **out, int kernel_only)
{
	struct jgenl_socket *s;
	int err;

	s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	atomic_init(&s->wake_fd, -1);

	s->nl = nl_socket_alloc();
	if (!s->nl) {
		err = -ENOMEM;
		goto free_socket;
	}
	/* Of what libnl asks by itself, an ACK and a look ahead for the
	 * length are system calls that resolving does not need.
	 */
	nl_socket_disable_auto_ack(s->nl);
	nl_socket_disable_msg_peek(s->nl);

	err = open_descriptor(kernel_only);
	if (err < 0)
		goto free_nl;
	s->fd = err;

	errno = 0;
	err = exact(nl_socket_set_fd(s->nl, NETLINK_GENERIC, s->fd));
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

void jgenl_socket_free(struct jgenl_socket *s)
{
	int wake_fd = atomic_load(&s->wake_fd);

	if (wake_fd >= 0)
		close(wake_fd);
	nl_socket_free(s->nl);
	free(s);
}

uint32_t jgenl_socket_port(const struct jgenl_socket *s)
{
	return nl_socket_get_local_port(s->nl);
}

int jgenl_socket_set_buffers(struct jgenl_socket *s, int receive, int send)
{
	int size;
	socklen_t length = sizeof(size);

	/* nl_socket_set_buffer_size() takes 0 for a default of its own. */
	if (receive && setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &receive,
				  sizeof(receive)))
		return -errno;
	if (send && setsockopt(s->fd, SOL_SOCKET, SO_SNDBUF, &send,
			       sizeof(send)))
		return -errno;
	if (getsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &size, &length))
		return -errno;
	return size;
}

/* What the callbacks of one resolution saw. */
struct resolution {
	void *reply;
	size_t size;
	size_t length;
	int error;
};

static int keep_reply(struct nl_msg *msg, void *arg)
{
	const struct nlmsghdr *header = nlmsg_hdr(msg);
	struct resolution *r = arg;

	/* An ACK or an error is no answer; those have their own callback. */
	if (header->nlmsg_type == GENL_ID_CTRL) {
		if (header->nlmsg_len <= r->size)
			memcpy(r->reply, header, header->nlmsg_len);
		r->length = header->nlmsg_len;
	}
	return NL_OK;
}

static int keep_error(struct sockaddr_nl *sender, struct nlmsgerr *err,
		      void *arg)
{
	struct resolution *r = arg;

	(void)sender;
	r->error = -err->error;
	return NL_STOP;
}

int jgenl_socket_resolve(struct jgenl_socket *s, const char *family,
			 void *reply, size_t size)
{
	struct resolution r = { .reply = reply, .size = size };
	int id;

	errno = 0;
	nl_socket_modify_cb(s->nl, NL_CB_MSG_IN, NL_CB_CUSTOM, keep_reply, &r);
	nl_socket_modify_err_cb(s->nl, NL_CB_CUSTOM, keep_error, &r);
	id = genl_ctrl_resolve(s->nl, family);
	/* r ends with this frame: leave nothing that points to it. */
	nl_socket_modify_cb(s->nl, NL_CB_MSG_IN, NL_CB_DEFAULT, NULL, NULL);
	nl_socket_modify_err_cb(s->nl, NL_CB_DEFAULT, NULL, NULL);

	/* libnl says "not found" for every failure: only the kernel's answer
	 * tells that one from others.
	 */
	if (id < 0)
		return r.error ? -r.error : errno ? -errno : -EPROTO;
	if (r.length > size || r.length > INT_MAX)
		return -EMSGSIZE;
	return (int)r.length;
}

int jgenl_socket_resolve_group(struct jgenl_socket *s, const char *family,
			       const char *group)
{
	int id;

	errno = 0;
	id = genl_ctrl_resolve_grp(s->nl, family, group);
	return id < 0 ? exact(id) : id;
}

int jgenl_socket_join(struct jgenl_socket *s, int group)
{
	errno = 0;
	return exact(nl_socket_add_membership(s->nl, group));
}

int jgenl_socket_leave(struct jgenl_socket *s, int group)
{
	errno = 0;
	return exact(nl_socket_drop_membership(s->nl, group));
}

int jgenl_socket_send(struct jgenl_socket *s, const void *datagram,
		      size_t length)
{
	/* nl_sendto() is sendto(2) and leaves its errno untouched; its
	 * parameter lacks the const only.
	 */
	while (nl_sendto(s->nl, (void *)datagram, length) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return 0;
}

static struct jgenl_datagram *table(const struct jgenl_slots *slots)
{
	return slots->memory;
}

static unsigned char *slot(const struct jgenl_slots *slots, unsigned int i)
{
	return (unsigned char *)slots->memory + JGENL_TABLE_SIZE +
	       i * slots->stride;
}

/*
 * One datagram: recvfrom(2) does with less work than recvmmsg(2).  MSG_TRUNC
 * makes it return the length that was sent.
 */
static int receive_one(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	struct sockaddr_nl from = { 0 };
	socklen_t from_length = sizeof(from);
	ssize_t n;

	n = recvfrom(s->fd, slot(slots, 0), slots->stride,
		     MSG_DONTWAIT | MSG_TRUNC, (struct sockaddr *)&from,
		     &from_length);
	if (n < 0)
		return -errno;
	table(slots)[0] = (struct jgenl_datagram){
		.length = (uint32_t)n,
		.sender = from.nl_pid,
	};
	return 1;
}

static int receive_many(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	struct mmsghdr messages[JGENL_SLOTS_MAX];
	struct iovec vectors[JGENL_SLOTS_MAX];
	struct sockaddr_nl from[JGENL_SLOTS_MAX];
	int n;

	for (unsigned int i = 0; i < slots->count; i++) {
		vectors[i] = (struct iovec){
			.iov_base = slot(slots, i),
			.iov_len = slots->stride,
		};
		messages[i].msg_hdr = (struct msghdr){
			.msg_name = &from[i],
			.msg_namelen = sizeof(from[i]),
			.msg_iov = &vectors[i],
			.msg_iovlen = 1,
		};
	}
	n = recvmmsg(s->fd, messages, slots->count, MSG_DONTWAIT | MSG_TRUNC,
		     NULL);
	if (n < 0)
		return -errno;
	for (int i = 0; i < n; i++)
		table(slots)[i] = (struct jgenl_datagram){
			.length = messages[i].msg_len,
			.sender = from[i].nl_pid,
		};
	return n;
}

/* Returns 0 if nothing is there. */
static int receive_now(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	int n;

	do {
		n = slots->count == 1 ? receive_one(s, slots) :
					receive_many(s, slots);
	} while (n == -EINTR);
	return n == -EAGAIN ? 0 : n;
}

int jgenl_socket_exchange(struct jgenl_socket *s, const void *datagram,
			  size_t length, const struct jgenl_slots *slots)
{
	int err, n;

	err = jgenl_socket_send(s, datagram, length);
	if (err)
		return err;
	n = receive_now(s, slots);
	if (n < 0) {
		s->pending_error = -n;
		return 0;
	}
	return n;
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* Returns 1 if there may be something to receive, 0 on time-out or wake. */
static int wait_readable(struct jgenl_socket *s, int64_t timeout_ns)
{
	int64_t deadline = timeout_ns < 0 ? 0 : now_ns() + timeout_ns;
	struct pollfd fds[] = {
		{ .fd = s->fd, .events = POLLIN },
		/* A negative descriptor is ignored by poll(2). */
		{ .fd = atomic_load(&s->wake_fd), .events = POLLIN },
	};
	int64_t left = timeout_ns;
	uint64_t wakes;
	int n;

	for (;;) {
		struct timespec t = {
			.tv_sec = (time_t)(left / NS_PER_S),
			.tv_nsec = (long)(left % NS_PER_S),
		};

		n = ppoll(fds, 2, timeout_ns < 0 ? NULL : &t, NULL);
		if (n >= 0)
			break;
		if (errno != EINTR)
			return -errno;
		if (timeout_ns >= 0) {
			left = deadline - now_ns();
			if (left <= 0)
				return 0;
		}
	}
	if (fds[1].revents) {
		/* It does not block; there is nothing to do about an error. */
		if (read(fds[1].fd, &wakes, sizeof(wakes)) < 0)
			return -errno;
		return 0;
	}
	return n > 0;
}

int jgenl_socket_receive(struct jgenl_socket *s, const struct jgenl_slots *slots,
			 int64_t timeout_ns)
{
	int n = -s->pending_error;

	s->pending_error = 0;
	if (n)
		return n;
	n = receive_now(s, slots);
	if (n || !timeout_ns)
		return n;
	n = wait_readable(s, timeout_ns);
	if (n <= 0)
		return n;
	return receive_now(s, slots);
}

int jgenl_socket_make_wakeable(struct jgenl_socket *s)
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

void jgenl_socket_wake(struct jgenl_socket *s)
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
