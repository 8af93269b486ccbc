// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* recvmmsg */

#include "kernel.h"

#include "input.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <netlink/socket.h>
#include <string.h>
#include <sys/socket.h>

#define DATAGRAMS_MAX 32

/* In the header of an answer, what is not as it ought to be. */
enum bend {
	BENT_SEQUENCE = 1,
	BENT_PORT = 2,
	BENT_SENDER = 4,
	BENT_TYPE = 8,
	BENT_LENGTH = 16,
	REFUSAL = 32,
};

static uint32_t sequence, port;
static uint32_t lengths[DATAGRAMS_MAX];

void kernel_answers(uint32_t to_sequence, uint32_t to_port)
{
	sequence = to_sequence;
	port = to_port;
}

uint32_t kernel_sent(int i)
{
	return lengths[i];
}

/* An errno, or 0: a byte of the input decides, and its end is that of all datagrams. */
static int refuses(void)
{
	static const int errors[] = { EINTR, ENOBUFS, ENOMEM, ECONNREFUSED };
	uint8_t how = input_byte();

	if (!input_left())
		return EAGAIN;
	if (how < 192)
		return 0;
	return how < 224 ? EAGAIN : errors[how % 4];
}

/* Fills the room; returns the length that was sent, which may be more. */
static size_t make_datagram(unsigned char *room, size_t size, struct sockaddr_nl *from)
{
	uint8_t bent = input_byte();
	const uint8_t *bytes;
	size_t n = input_bytes(&bytes, 4096), length = NLMSG_HDRLEN + n;
	struct nlmsghdr header = {
		.nlmsg_len = (uint32_t)(bent & BENT_LENGTH ? (uint32_t)input_int() : length),
		.nlmsg_type = bent & BENT_TYPE ? (uint16_t)input_int() : GENL_ID_CTRL,
		.nlmsg_flags = input_byte(),
		.nlmsg_seq = sequence + (bent & BENT_SEQUENCE ? 1 : 0),
		.nlmsg_pid = port + (bent & BENT_PORT ? 1 : 0),
	};

	if (bent & REFUSAL)
		header.nlmsg_type = NLMSG_ERROR;
	if (from)
		*from = (struct sockaddr_nl){
			.nl_family = AF_NETLINK,
			.nl_pid = bent & BENT_SENDER ? 4711 : 0,
		};
	/* Each byte of it is touched. */
	memset(room, 0, size);
	memcpy(room, &header, size < sizeof(header) ? size : sizeof(header));
	if (size > NLMSG_HDRLEN && n)
		memcpy(room + NLMSG_HDRLEN, bytes, n < size - NLMSG_HDRLEN ? n : size - NLMSG_HDRLEN);
	return length;
}

ssize_t __wrap_recvfrom(int fd, void *room, size_t size, int flags, struct sockaddr *from,
			socklen_t *from_length);
int __wrap_recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags,
		    struct timespec *timeout);
int __wrap_nl_sendto(struct nl_sock *nl, void *datagram, size_t size);

ssize_t __wrap_recvfrom(int fd, void *room, size_t size, int flags, struct sockaddr *from,
			socklen_t *from_length)
{
	(void)fd;
	(void)flags;
	(void)from_length;
	errno = refuses();
	if (errno)
		return -1;
	lengths[0] = (uint32_t)make_datagram(room, size, (struct sockaddr_nl *)from);
	return (ssize_t)lengths[0];
}

/* What NETLINK_PKTINFO tells, or as much as there is room for. */
static void tell_group(struct msghdr *message)
{
	struct nl_pktinfo info = { .group = (uint32_t)input_int() };
	struct cmsghdr *c = CMSG_FIRSTHDR(message);

	if (!c)
		return;
	memset(message->msg_control, 0, message->msg_controllen);
	*c = (struct cmsghdr){
		.cmsg_len = input_byte() % 2 ? CMSG_LEN(sizeof(info)) : CMSG_LEN(1),
		.cmsg_level = SOL_NETLINK,
		.cmsg_type = NETLINK_PKTINFO,
	};
	memcpy(CMSG_DATA(c), &info, sizeof(info));
	if (input_byte() % 4 == 0)
		message->msg_controllen = 0;
}

int __wrap_recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags,
		    struct timespec *timeout)
{
	unsigned int n = 1 + input_byte() % count;

	(void)fd;
	(void)flags;
	(void)timeout;
	errno = refuses();
	if (errno)
		return -1;
	for (unsigned int i = 0; i < n; i++) {
		struct msghdr *m = &messages[i].msg_hdr;

		lengths[i] = (uint32_t)make_datagram(m->msg_iov->iov_base, m->msg_iov->iov_len,
						     m->msg_name);
		messages[i].msg_len = lengths[i];
		tell_group(m);
	}
	return (int)n;
}

int __wrap_nl_sendto(struct nl_sock *nl, void *datagram, size_t size)
{
	static volatile unsigned char sum;
	const unsigned char *bytes = datagram;

	(void)nl;
	for (size_t i = 0; i < size; i++)
		sum = (unsigned char)(sum + bytes[i]);
	errno = refuses();
	return errno ? -1 : (int)size;
}
