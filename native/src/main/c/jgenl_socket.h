/* SPDX-License-Identifier: MIT */
/*
 * A netlink socket that moves whole datagrams.
 *
 * This layer knows sockets and libnl; what the bytes mean is decided in Java.
 * Every function that can fail returns a negative errno, -EBADF for a socket
 * that is NULL and -EINVAL for what makes no sense, and never crashes for it.
 * A socket may be used by one thread at a time, except for jgenl_socket_wake()
 * and jgenl_socket_end_waits(), which any thread may call until
 * jgenl_socket_free() is called.
 */
#ifndef JGENL_SOCKET_H
#define JGENL_SOCKET_H

#include <stddef.h>
#include <stdint.h>

struct jgenl_socket;

/* What the kernel told about one received datagram, besides its bytes. */
struct jgenl_datagram {
	/* The length that was sent; more than the slot's size if truncated. */
	uint32_t length;
	/* The port ID of the sender: 0 is the kernel. */
	uint32_t sender;
	/*
	 * The multicast group that it was sent to; 0: to this socket alone, or
	 * the socket is a member of no group.
	 */
	uint32_t group;
};

/*
 * The room for received datagrams, in memory of the caller:
 *
 *   memory                       memory + JGENL_TABLE_SIZE
 *   | datagram[0] datagram[1] .. | slot 0: stride bytes | slot 1 | ..
 */
#define JGENL_SLOTS_MAX 32
#define JGENL_TABLE_SIZE (JGENL_SLOTS_MAX * sizeof(struct jgenl_datagram))

struct jgenl_slots {
	void *memory;
	/* How many datagrams may be received at once, 1 to JGENL_SLOTS_MAX. */
	int count;
	/* The size of a slot in bytes, 1 or more. */
	int stride;
};

/*
 * Opens a socket with a port ID that the kernel assigns, asks for extended
 * ACKs and, of NETLINK_ROUTE, for strict checks of what is to be dumped, if the
 * kernel has them, hands it to libnl and stores it in *out.  A socket that is
 * kernel_only is connect(2)ed to port 0: the kernel then refuses a unicast from
 * any other process.  Its buffers have the size that is the system's default.
 */
int jgenl_socket_open(struct jgenl_socket **out, int protocol, int kernel_only);

/* The same in another network namespace, see jgenl_namespace_call(). */
int jgenl_socket_open_in(int ns, struct jgenl_socket **out, int protocol,
			 int kernel_only);

/*
 * Closes, and frees the socket and its memory.  No other call may be under way
 * or follow.
 */
void jgenl_socket_free(struct jgenl_socket *s);

/* The port ID that the socket is bound to. */
uint32_t jgenl_socket_port(const struct jgenl_socket *s);

/*
 * Tells the number of the network namespace of this socket, which is never
 * given twice.  Any thread may ask.  -ENOPROTOOPT on kernels before 5.14.
 */
int jgenl_socket_cookie(const struct jgenl_socket *s, uint64_t *cookie);

/*
 * Opens the network namespace of this socket.  Any thread may ask.  Returns a
 * descriptor; -EPERM without CAP_NET_ADMIN.
 */
int jgenl_socket_namespace(const struct jgenl_socket *s);

/* Returns whether the kernel gives cookies: 1 or 0. */
int jgenl_has_cookies(void);

/*
 * Allocates memory that is freed with the socket, or by
 * jgenl_socket_unallocate(), which frees what was allocated last.  NULL if
 * there is none.
 */
void *jgenl_socket_allocate(struct jgenl_socket *s, size_t size);
void jgenl_socket_unallocate(struct jgenl_socket *s);

/*
 * Raises the buffers to what these sizes in bytes, which the kernel doubles,
 * come to; 0 leaves one as it is, and none is ever lowered.  Without
 * CAP_NET_ADMIN the kernel clamps them to net.core.rmem_max and wmem_max.
 * Returns the size of the receive buffer in force.
 */
int jgenl_socket_set_buffers(struct jgenl_socket *s, int receive, int send);

/* One resolution of a family, see jgenl_socket_resolve(). */
struct jgenl_resolution {
	/* The name: 1 to 15 bytes and a NUL. */
	const char *family;
	/* The sequence number of the request. */
	uint32_t sequence;
	/* The request has been sent: only its answer is missing. */
	int sent;
	/* The room for the answer, an nlmsghdr and what follows. */
	void *reply;
	int size;
};

/*
 * Resolves a family by genl_ctrl_resolve(3) and stores the controller's whole
 * answer.  Does not wait: 0 means that the answer is not there yet; call again
 * with sent set once jgenl_socket_wait() has returned JGENL_READABLE.  What is
 * no answer to this request is dropped.  Returns the answer's length; -ENOENT
 * if no such family is registered, -EMSGSIZE if the answer is longer than size.
 */
int jgenl_socket_resolve(struct jgenl_socket *s,
			 const struct jgenl_resolution *resolution);

/*
 * Joins or leaves a multicast group, by its number.  While the socket is a
 * member of any, received datagrams tell their group.  Returns 0.
 */
int jgenl_socket_join(struct jgenl_socket *s, int group);
int jgenl_socket_leave(struct jgenl_socket *s, int group);

/*
 * Sends one datagram to the kernel.  From the first on that is larger than
 * 16 KiB, the socket asks that errors repeat the header of a request only
 * (NLM_F_CAPPED): the whole would not fit beside its explanation.  Returns 0.
 */
int jgenl_socket_send(struct jgenl_socket *s, const void *datagram, int length);

/*
 * Sends one datagram, then takes what answers are there at once.  Returns how
 * many, perhaps 0.  A negative errno is one of sending; one of receiving is
 * kept and returned by the next jgenl_socket_receive().
 */
int jgenl_socket_exchange(struct jgenl_socket *s, const void *datagram,
			  int length, const struct jgenl_slots *slots);

/*
 * Receives what is there and does not wait.  Returns how many datagrams;
 * -ENOBUFS if the kernel dropped some for want of room.
 */
int jgenl_socket_receive(struct jgenl_socket *s, const struct jgenl_slots *slots);

/* How a wait ends. */
enum jgenl_wait {
	/* Time ran out. */
	JGENL_TIMEOUT,
	/* There is something to receive, be it an error. */
	JGENL_READABLE,
	/* jgenl_socket_wake() was called, perhaps before the wait. */
	JGENL_WOKEN,
	/* jgenl_socket_end_waits() was called: look again by and by. */
	JGENL_ENDED,
};

/*
 * Waits for at most timeout_ns nanoseconds; 0 or less: does not wait;
 * INT64_MAX: for ever.  The first wait costs a descriptor, so a socket that
 * never waits never pays for it.  Returns one of enum jgenl_wait.
 */
int jgenl_socket_wait(struct jgenl_socket *s, int64_t timeout_ns);

/* Ends a wait that is under way, or else the next one, at once. */
void jgenl_socket_wake(struct jgenl_socket *s);

/*
 * Ends a wait that is under way, and each that follows and has a timeout, at
 * once: a process that ends shall not find a thread in here.
 */
void jgenl_socket_end_waits(struct jgenl_socket *s);

#endif /* JGENL_SOCKET_H */
