/* SPDX-License-Identifier: (GPL-2.0 OR MIT) */
/*
 * The protocol of the Generic Netlink family "genl_lab".
 *
 * A family to test netlink libraries with: what a real family does seldom, by
 * accident or never, this one does on request.  Generic Netlink itself, with a
 * drawing of a message, is explained in gnl_foobar_xmpl.h.
 *
 * Whatever a request may hold is bounded by a policy of its command, so that a
 * wrong parameter is refused by the kernel with an extended ACK;
 * CTRL_CMD_GETPOLICY lists these policies.  A parameter that is absent is 0
 * unless something else is said.  Of one that comes twice, the first counts.
 *
 * The names of attributes in the comments leave out GENL_LAB_A_.
 */
#ifndef GENL_LAB_H
#define GENL_LAB_H

/* The name under which the family is found. */
#define GENL_LAB_NAME "genl_lab"

/* The version of this protocol, sent in every genlmsghdr. */
#define GENL_LAB_VERSION 1

/*
 * A second, tiny family, which has what few have: a header of its own between
 * the genlmsghdr and the attributes.  Its only command is GENL_LAB_C_ECHO,
 * which returns that header and the attributes.
 */
#define GENL_LAB_HDR_NAME "genl_lab_hdr"
#define GENL_LAB_HDR_LEN 4

/*
 * A third one, which like most of the older families (there is no netnsok)
 * exists in the initial network namespace only: ENOENT in all others, even for
 * who knows its number.  Its only command is GENL_LAB_C_ECHO.
 */
#define GENL_LAB_INIT_NAME "genl_lab_init"

/* The longest request to echo, in bytes from its nlmsghdr on. */
#define GENL_LAB_ECHO_LEN_MAX 262144
/* The longest PAYLOAD; a longer payload is cut into several attributes. */
#define GENL_LAB_PAYLOAD_LEN_MAX 60000
/* The largest SIZE of a reply. */
#define GENL_LAB_REPLY_SIZE_MAX 204800
/* The longest datagram that TOGETHER makes. */
#define GENL_LAB_TOGETHER_LEN_MAX 262144
/* How many bytes a GENL_LAB_C_BURST may send, headers included. */
#define GENL_LAB_BURST_LEN_MAX 67108864
/* How many a GENL_LAB_C_EVENT may send to each socket, a _CHANGE in all. */
#define GENL_LAB_EVENT_LEN_MAX 4194304
/* The largest COUNT of each command. */
#define GENL_LAB_DUMP_COUNT_MAX 1000000
#define GENL_LAB_REPLY_COUNT_MAX 1000
#define GENL_LAB_BURST_COUNT_MAX 100000
#define GENL_LAB_EVENT_COUNT_MAX 1000
#define GENL_LAB_CHANGE_COUNT_MAX 100
/* The largest DELAY of each command, in milliseconds. */
#define GENL_LAB_DUMP_DELAY_MAX 250
#define GENL_LAB_REPLY_DELAY_MAX 10000
/* How many late replies and bursts may be pending, of all senders together. */
#define GENL_LAB_JOB_MAX 64
/* How many sockets may be registered, of all network namespaces together. */
#define GENL_LAB_LISTENER_MAX 64
#define GENL_LAB_ERRNO_MAX 4095
#define GENL_LAB_VALUE_MAX 2147483647
#define GENL_LAB_FLAGS_MAX 65535
#define GENL_LAB_TEXT_LEN_MAX 1000
#define GENL_LAB_COOKIE_LEN_MAX 8
#define GENL_LAB_DEPTH_MAX 64
#define GENL_LAB_TYPE_MAX 16383

/*
 * Multicast groups: "events", "other", then "g2" to "g39".  There are so many
 * that the numbers of some lie above 32, where the groups end that fit into
 * the address of a socket.
 *
 * A family gets the lowest numbers that are free, side by side, and gives them
 * back when its module goes.  So after a reload they are the same as before,
 * unless another family came or went in between; a socket that was a member is
 * none any more, all the same.  (The number of a family does change.)
 */
#define GENL_LAB_GROUP_COUNT 40

/* The commands.  Number 0 is reserved in every family. */
enum genl_lab_command {
	GENL_LAB_C_UNSPEC,
	/*
	 * do: takes attributes of enum genl_lab_value, replies with the same
	 *     ones, in order, byte for byte.
	 */
	GENL_LAB_C_ECHO,
	/*
	 * do: takes PAYLOAD, replies with these bytes in place of attributes,
	 *     whether they make any sense or not.
	 */
	GENL_LAB_C_RAW,
	/*
	 * do: takes attributes of enum genl_lab_value, which it holds to the
	 *     narrow bounds that are written there in brackets, and does
	 *     nothing.  For errors that the kernel's validation reports.
	 */
	GENL_LAB_C_CHECK,
	/*
	 * dump: COUNT messages with INDEX, TOTAL and, if SIZE is not 0, a
	 *       PAYLOAD of SIZE bytes.  As many as fit share a datagram.
	 *       NLMSG_DONE comes from the core, with the sequence number and
	 *       the port ID of the request.
	 *
	 * DELAY  milliseconds to sleep before each datagram but the first.
	 *        The sleep takes place in the recvmsg() that fetches the
	 *        datagram before; a signal ends it.
	 * ERRNO  goes into NLMSG_DONE, negative.
	 * TEXT   goes into the extended ACK of NLMSG_DONE, which then is a
	 *        datagram of its own.
	 * INTR   the index of the message that reports an inconsistent dump
	 *        (NLM_F_DUMP_INTR), 1 or more.  Equal to COUNT it is
	 *        NLMSG_DONE that does.
	 * FLAGS  are added to the flags of the messages and of NLMSG_DONE.
	 *
	 * SEQ, ABSOLUTE, PORTID  as in GENL_LAB_C_REPLY.  Family thermal
	 *        sends 0 and 0: ABSOLUTE, and a PORTID of 0.
	 */
	GENL_LAB_C_DUMP,
	/*
	 * do: refused with ERRNO, or acknowledged if that is 0.  (EINTR has a
	 *     meaning of its own inside the kernel: there is no answer.)
	 *
	 * VALUE      answered with this number in place of an errno.
	 * TEXT       text of the extended ACK; a warning if ERRNO is 0.
	 * COOKIE     cookie of the extended ACK.
	 * BAD_TYPE   the extended ACK points to the first attribute of this
	 *            type that lies DEPTH nests deep.
	 * MISS_TYPE  the extended ACK says that this type is missing DEPTH
	 *            nests deep (since Linux 6.1).
	 * NEST       the nest to go down into, and so on inside it; what
	 *            else it holds is up to the sender.
	 *
	 * ENOENT if there is no such attribute or nest.
	 */
	GENL_LAB_C_FAIL,
	/*
	 * do: COUNT replies (1 if absent) with INDEX, TOTAL and a PAYLOAD of
	 *     SIZE bytes, cut into several if it is longer than
	 *     GENL_LAB_PAYLOAD_LEN_MAX.  It stops with an error, most likely
	 *     EAGAIN, when the receive buffer of the sender is full.
	 *
	 * SEQ       is added to the sequence number of the replies.
	 * ABSOLUTE  SEQ is their sequence number, 0 if absent.
	 * PORTID    the port ID in the header of the replies.
	 * FLAGS     the flags of the replies, NLM_F_MULTI for one.
	 * DONE      an NLMSG_DONE with this code after the replies; header
	 *           as theirs, with NLM_F_MULTI in any case.
	 * BARE      NLMSG_DONE ends behind its header, without a code: so
	 *           does that of the families team and devlink.
	 * UNPADDED  the last attribute of a datagram has no padding.
	 * TOGETHER  all replies share one datagram.
	 * ERRNO     an error after the replies; with TOGETHER an NLMSG_ERROR
	 *           before them, in the same datagram.
	 * VALUE     a number in place of that errno.
	 * TEXT      text of the extended ACK, not with TOGETHER.
	 * DELAY     the replies come after so many milliseconds, whereas ACK
	 *           and error (not with TOGETHER) come at once.  EBUSY if
	 *           GENL_LAB_JOB_MAX jobs are pending already.
	 */
	GENL_LAB_C_REPLY,
	/*
	 * do: sends COUNT notifications (1 if absent) with INDEX, TOTAL and a
	 *     PAYLOAD of SIZE bytes to the group with the index GROUP.  They
	 *     may go on after sendmsg() has returned; the ACK comes when the
	 *     last one has been sent.
	 *
	 * SEQ, PORTID  sequence number and port ID of their headers.
	 *
	 * EMSGSIZE if that would be more than GENL_LAB_BURST_LEN_MAX bytes,
	 * EBUSY if GENL_LAB_JOB_MAX jobs are pending already.
	 */
	GENL_LAB_C_BURST,
	/* Not a request: the command of the notifications and events. */
	GENL_LAB_C_NOTIFY,
	/* do: nothing; CAP_NET_ADMIN in the initial user namespace. */
	GENL_LAB_C_ADMIN,
	/* do: nothing; CAP_NET_ADMIN over the sender's network namespace. */
	GENL_LAB_C_NS_ADMIN,
	/*
	 * do, dump: each PAYLOAD is sent as a datagram of its own, byte for
	 *           byte, whether it makes any sense or not: messages of any
	 *           type, of wrong lengths, many, none.  Only the sequence
	 *           number and the port ID of the sender are added to those in
	 *           the nlmsghdrs, up to and including the first with a length
	 *           that is impossible.  (With 0 and 0 it is an answer.)
	 *
	 * ABSOLUTE      nothing is added.
	 * ERRNO, VALUE  as in GENL_LAB_C_FAIL, after the datagrams.  EINTR is
	 *               of use here: it leaves out the ACK.
	 *
	 * A dump gets no ACK, and no NLMSG_DONE but what the datagrams hold.
	 * Both stop with an error, most likely EAGAIN, when the receive buffer
	 * of the sender is full.
	 */
	GENL_LAB_C_FORGE,
	/*
	 * do: the sender's socket shall get events (see GENL_LAB_C_EVENT),
	 *     until GENL_LAB_C_DEREGISTER, or until it is closed or the module
	 *     goes.  Twice is as once.  EBUSY if GENL_LAB_LISTENER_MAX sockets
	 *     are registered already.
	 */
	GENL_LAB_C_REGISTER,
	/* do: no events any more.  ENOENT if it does not get any. */
	GENL_LAB_C_DEREGISTER,
	/*
	 * do: sends COUNT events (1 if absent) to every registered socket of
	 *     the sender's network namespace, to each alone, as TASKSTATS does:
	 *     GENL_LAB_C_NOTIFY with INDEX, TOTAL and a PAYLOAD of SIZE bytes.
	 *     All are there before the ACK is.  Who has no room for them
	 *     misses the rest, and is told so (ENOBUFS).
	 *
	 * SEQ       is added to the sequence number of this request, which
	 *           gives that of the events.
	 * ABSOLUTE  SEQ is their sequence number, 0 if absent.
	 * PORTID    the port ID in the header of the events.
	 *
	 * EMSGSIZE if that would be more than GENL_LAB_EVENT_LEN_MAX bytes for
	 * each.
	 */
	GENL_LAB_C_EVENT,
	/*
	 * do: as if something had changed by it that a group has to hear of:
	 *     COUNT notifications (1 if absent) as in GENL_LAB_C_BURST, but
	 *     with the sequence number and the port ID of this request, and
	 *     before its ACK.  So do rtnetlink and nftables.
	 *
	 *     With NLM_F_ECHO the sender gets them whether it is a member or
	 *     not, and once.  They then name the group as the source even
	 *     though they were sent to the sender alone.
	 *
	 * EMSGSIZE if that would be more than GENL_LAB_EVENT_LEN_MAX bytes.
	 */
	GENL_LAB_C_CHANGE,

	/* Not a command: one more than the highest number. */
	__GENL_LAB_C_MAX,
};

/* The highest command. */
#define GENL_LAB_C_MAX (__GENL_LAB_C_MAX - 1)

/* The attributes of all commands but those that take enum genl_lab_value. */
enum genl_lab_attribute {
	GENL_LAB_A_UNSPEC,

	/* u32: which message of an answer or a burst this is, from 0 on. */
	GENL_LAB_A_INDEX,
	/* u32: how many there are. */
	GENL_LAB_A_TOTAL,
	/*
	 * Binary.  Byte i of the payload is the lowest byte of INDEX + i; i
	 * goes on from one attribute to the next when there are several.
	 */
	GENL_LAB_A_PAYLOAD,

	/* u32: how many messages. */
	GENL_LAB_A_COUNT,
	/*
	 * u32: bytes of payload in each message, no more than
	 * GENL_LAB_PAYLOAD_LEN_MAX or, in a reply, GENL_LAB_REPLY_SIZE_MAX.
	 */
	GENL_LAB_A_SIZE,
	/* u32: milliseconds. */
	GENL_LAB_A_DELAY,
	/* u32: an errno, positive. */
	GENL_LAB_A_ERRNO,
	/* String with its terminating NUL. */
	GENL_LAB_A_TEXT,
	/* u32: index of a message. */
	GENL_LAB_A_INTR,
	/* Binary of GENL_LAB_COOKIE_LEN_MAX bytes or fewer. */
	GENL_LAB_A_COOKIE,
	/* Nest. */
	GENL_LAB_A_NEST,
	/* u32: how many nests to go down. */
	GENL_LAB_A_DEPTH,
	/* u32: type of an attribute. */
	GENL_LAB_A_BAD_TYPE,
	/* u32: type of an attribute. */
	GENL_LAB_A_MISS_TYPE,
	/* u32. */
	GENL_LAB_A_SEQ,
	/* u32. */
	GENL_LAB_A_PORTID,
	/* Flag. */
	GENL_LAB_A_UNPADDED,
	/* Flag. */
	GENL_LAB_A_TOGETHER,
	/* u32: place of a multicast group in the list of the family, from 0. */
	GENL_LAB_A_GROUP,
	/* Flag. */
	GENL_LAB_A_ABSOLUTE,
	/* u32: flags of an nlmsghdr, GENL_LAB_FLAGS_MAX or less. */
	GENL_LAB_A_FLAGS,
	/*
	 * u32: GENL_LAB_VALUE_MAX or less.  NLMSG_ERROR bears it as it is,
	 * positive, whether an ACK was asked for or not, as when
	 * mac80211_hwsim tells the number of a new radio; with an extended ACK
	 * and the request, as an error has them.  Not with an ERRNO.
	 */
	GENL_LAB_A_VALUE,
	/* s32: an errno, negative, or 0 or any positive number. */
	GENL_LAB_A_DONE,
	/* Flag. */
	GENL_LAB_A_BARE,

	/* Not an attribute: one more than the highest type. */
	__GENL_LAB_A_MAX,
};

/* The highest attribute type. */
#define GENL_LAB_A_MAX (__GENL_LAB_A_MAX - 1)

/*
 * Attributes of every type there is.  Any of them may come several times.
 * In brackets: what GENL_LAB_C_CHECK demands; it refuses those without.
 */
enum genl_lab_value {
	GENL_LAB_V_UNSPEC,

	/* [No more than 10.] */
	GENL_LAB_V_U8,
	/* [No bits outside of the mask 0x0fff.] */
	GENL_LAB_V_U16,
	/* [10 to 20.] */
	GENL_LAB_V_U32,
	/* [2^32 to 2^63.] */
	GENL_LAB_V_U64,
	GENL_LAB_V_S8,
	GENL_LAB_V_S16,
	/* [-10 to 10.] */
	GENL_LAB_V_S32,
	/* [-2^40 to 2^40.] */
	GENL_LAB_V_S64,
	/* An unsigned integer of 4 or 8 bytes. */
	GENL_LAB_V_UINT,
	/* A signed integer of 4 or 8 bytes. */
	GENL_LAB_V_SINT,
	/* Integers in network byte order. */
	GENL_LAB_V_BE16,
	GENL_LAB_V_BE32,
	GENL_LAB_V_BE64,
	/* Value and selector; no value without its selector.  [Bits 0, 1.] */
	GENL_LAB_V_BITFIELD32,
	GENL_LAB_V_FLAG,
	/* String with its terminating NUL.  [No more than 15 bytes and NUL.] */
	GENL_LAB_V_STRING,
	/* String that need not have one; of one byte or more. */
	GENL_LAB_V_UNTERMINATED,
	/* [6 bytes.] */
	GENL_LAB_V_BINARY,
	/*
	 * Nest of attributes of this enum, as deep as the kernel's validation
	 * goes.  [The same.]
	 */
	GENL_LAB_V_NEST,
	/* Array: the types of its elements are numbers, each is a nest. */
	GENL_LAB_V_ARRAY,
	/* Nest of anything, to any depth: its content is not validated. */
	GENL_LAB_V_NEST_ANY,

	/* Not an attribute: one more than the highest type. */
	__GENL_LAB_V_MAX,
};

/* The highest attribute type. */
#define GENL_LAB_V_MAX (__GENL_LAB_V_MAX - 1)

#endif /* GENL_LAB_H */
