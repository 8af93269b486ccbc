/* SPDX-License-Identifier: MIT */
/*
 * A Generic Netlink socket that moves whole datagrams.
 *
 * This layer knows sockets and libnl, no message format: what the bytes mean
 * is decided in Java.  Every function that can fail returns a negative errno.
 * A socket may be used by one thread at a time, except for jgenl_socket_wake(),
 * which any thread may call until jgenl_socket_free() is called.
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
	unsigned int count;
	/* The size of a slot in bytes. */
	size_t stride;
};

/*
 * Opens a socket with a port ID that the kernel assigns, asks for extended
 * ACKs, hands it to libnl and stores it in *out.  A socket that is kernel_only
 * is connect(2)ed to port 0: the kernel then refuses a unicast from any other
 * process.  Its buffers have the size that is the system's default.
 */
int jgenl_socket_open(struct jgenl_socket **out, int kernel_only);

/* Closes and frees.  No other call may be under way or follow. */
void jgenl_socket_free(struct jgenl_socket *s);

/* The port ID that the socket is bound to. */
uint32_t jgenl_socket_port(const struct jgenl_socket *s);

/*
 * Asks for buffers of these sizes in bytes; 0 leaves one as it is.  The kernel
 * clamps them to net.core.rmem_max and wmem_max.  Returns the size of the
 * receive buffer in force.
 */
int jgenl_socket_set_buffers(struct jgenl_socket *s, int receive, int send);

/*
 * Resolves a family by genl_ctrl_resolve(3) and stores the controller's whole
 * answer, an nlmsghdr and what follows, in reply.  Returns its length;
 * -ENOENT if no such family is registered, -EMSGSIZE if the answer is longer
 * than size.
 */
int jgenl_socket_resolve(struct jgenl_socket *s, const char *family,
			 void *reply, size_t size);

/*
 * Resolves a multicast group by genl_ctrl_resolve_grp(3).  Returns its number;
 * -ENOENT if there is no such family or group.  On a socket that is already a
 * member of a group a notification could be taken for the answer: resolve all
 * groups before the first is joined.
 */
int jgenl_socket_resolve_group(struct jgenl_socket *s, const char *family,
			       const char *group);

/* Joins or leaves a multicast group.  Returns 0. */
int jgenl_socket_join(struct jgenl_socket *s, int group);
int jgenl_socket_leave(struct jgenl_socket *s, int group);

/* Sends one datagram to the kernel.  Returns 0. */
int jgenl_socket_send(struct jgenl_socket *s, const void *datagram,
		      size_t length);

/*
 * Sends one datagram, then takes what answers are there at once.  Returns how
 * many, perhaps 0.  A negative errno is one of sending; one of receiving is
 * kept and returned by the next jgenl_socket_receive().
 */
int jgenl_socket_exchange(struct jgenl_socket *s, const void *datagram,
			  size_t length, const struct jgenl_slots *slots);

/*
 * Receives what is there, or else waits for it for at most timeout_ns
 * nanoseconds (0: does not wait; negative: for ever).  Returns how many
 * datagrams; 0 if time ran out or jgenl_socket_wake() was called; -ENOBUFS if
 * the kernel dropped datagrams for want of room.
 */
int jgenl_socket_receive(struct jgenl_socket *s, const struct jgenl_slots *slots,
			 int64_t timeout_ns);

/*
 * Makes wakeable the waits that follow: costs a descriptor, so a socket that
 * never waits never pays for it.  Returns 0.
 */
int jgenl_socket_make_wakeable(struct jgenl_socket *s);

/*
 * Ends a wait that is under way, or else the next one, at once.  May be called
 * from any thread; does nothing on a socket that is not wakeable.
 */
void jgenl_socket_wake(struct jgenl_socket *s);

#endif /* JGENL_SOCKET_H */
