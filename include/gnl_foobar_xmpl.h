/* SPDX-License-Identifier: (GPL-2.0 OR MIT) */
/*
 * The protocol of the Generic Netlink family "gnl_foobar_xmpl".
 *
 * The kernel module, the C programs and the JNI shim all include this one
 * file, so it uses nothing but the preprocessor and plain enums.
 *
 * Generic Netlink in five sentences.  A kernel module registers a *family*
 * under a name; the kernel gives it a number, which changes from boot to boot
 * and from load to load, so that a program first asks the controller family
 * "nlctrl" which number belongs to the name.  A family understands *commands*,
 * the verbs, numbered in one byte.  A command carries *attributes*, the nouns:
 * each is a length, a type and a payload, padded to four bytes.  A command is
 * either a *do* (one request, at most one answer) or a *dump* (NLM_F_DUMP in
 * the request, any number of answers, then NLMSG_DONE).  A refusal is an
 * NLMSG_ERROR that holds a negative errno and, for those who set the socket
 * option NETLINK_EXT_ACK, a text and the place of the offending attribute.
 *
 *  0               4       6       8              12              16
 * +---------------+-------+-------+---------------+---------------+
 * | length        | type =| flags | sequence      | port ID       | nlmsghdr
 * |               | family|       |               |               |
 * +---+---+-------+-------+-------+---------------+---------------+
 * |cmd|ver|   0   |                                                 genlmsghdr
 * +---+---+-------+
 * | len   | type  | payload ... NUL, 0 to 3 bytes of padding        nlattr
 * +-------+-------+
 */
#ifndef GNL_FOOBAR_XMPL_H
#define GNL_FOOBAR_XMPL_H

/* The name under which the family is found; at most 15 bytes and a NUL. */
#define GNL_FOOBAR_XMPL_NAME "gnl_foobar_xmpl"
#define FAMILY_NAME GNL_FOOBAR_XMPL_NAME

/* The version of this protocol, sent in every genlmsghdr. */
#define GNL_FOOBAR_XMPL_VERSION 1

/*
 * The longest message, in bytes and without its terminating NUL.  The kernel
 * refuses a longer one.
 */
#define GNL_FOOBAR_XMPL_MSG_LEN_MAX 4096

/* How many messages a dump of GNL_FOOBAR_XMPL_C_ECHO_MSG consists of. */
#define GNL_FOOBAR_XMPL_DUMP_COUNT 3

/* The attributes.  Type 0 is reserved in every family. */
enum GNL_FOOBAR_XMPL_ATTRIBUTE {
	GNL_FOOBAR_XMPL_A_UNSPEC,
	/* A string with its terminating NUL. */
	GNL_FOOBAR_XMPL_A_MSG,

	/* Not an attribute: one more than the highest type. */
	__GNL_FOOBAR_XMPL_A_MAX,
};

/* The length of a table that is indexed by attribute type. */
#define GNL_FOOBAR_XMPL_ATTRIBUTE_ENUM_LEN (__GNL_FOOBAR_XMPL_A_MAX)
/* How many attributes can be used: GNL_FOOBAR_XMPL_A_UNSPEC cannot. */
#define GNL_FOOBAR_XMPL_ATTRIBUTE_COUNT (GNL_FOOBAR_XMPL_ATTRIBUTE_ENUM_LEN - 1)
/* The highest attribute type. */
#define GNL_FOOBAR_XMPL_A_MAX (__GNL_FOOBAR_XMPL_A_MAX - 1)

/* The commands.  Number 0 is reserved in every family. */
enum GNL_FOOBAR_XMPL_COMMAND {
	GNL_FOOBAR_XMPL_C_UNSPEC,
	/*
	 * do:   takes GNL_FOOBAR_XMPL_A_MSG, replies with the same command and
	 *       the same bytes.
	 * dump: replies with GNL_FOOBAR_XMPL_DUMP_COUNT messages, each of which
	 *       holds GNL_FOOBAR_XMPL_A_MSG.  The request may hold one too; it
	 *       is not looked at.
	 */
	GNL_FOOBAR_XMPL_C_ECHO_MSG,
	/*
	 * do:   always refused with EINVAL and an extended ACK; may take
	 *       GNL_FOOBAR_XMPL_A_MSG, which the extended ACK then points to.
	 */
	GNL_FOOBAR_XMPL_C_REPLY_WITH_NLMSG_ERR,

	/* Not a command: one more than the highest number. */
	__GNL_FOOBAR_XMPL_C_MAX,
};

/* The length of a table that is indexed by command. */
#define GNL_FOOBAR_XMPL_COMMAND_ENUM_LEN (__GNL_FOOBAR_XMPL_C_MAX)
/* How many commands can be used: GNL_FOOBAR_XMPL_C_UNSPEC cannot. */
#define GNL_FOOBAR_XMPL_COMMAND_COUNT (GNL_FOOBAR_XMPL_COMMAND_ENUM_LEN - 1)
/* The highest command. */
#define GNL_FOOBAR_XMPL_C_MAX (__GNL_FOOBAR_XMPL_C_MAX - 1)

#endif /* GNL_FOOBAR_XMPL_H */
