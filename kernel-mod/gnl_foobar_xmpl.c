// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * gnl_foobar_xmpl - a Generic Netlink family to learn from
 *
 * A user space program sends a request over an AF_NETLINK socket, the kernel
 * finds the family, then the operation, checks the attributes against the
 * policy and calls one of the functions below.  The protocol, with a drawing
 * of a message, is in gnl_foobar_xmpl.h.
 *
 * Best read from the end: the family points to the operations and the policy,
 * the operations point to the handlers, and the handlers share one function
 * that writes a message.
 *
 * What the core already does for us, so that no handler has to:
 *  - a message that is cut short, an unknown command or attribute, a value
 *    that the policy forbids: refused before a handler is called, with a text
 *    that says why;
 *  - a handler that returns a negative errno: answered with NLMSG_ERROR;
 *  - a handler that returns 0: answered with an ACK if the request asked for
 *    one (NLM_F_ACK).
 *
 * Every process may send requests here, whatever its privileges.  Therefore
 * nothing is kept between requests, all sizes have a bound, and the log stays
 * silent unless an administrator switches it on:
 *
 *   echo 'module gnl_foobar_xmpl +p' > /proc/dynamic_debug/control
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <net/genetlink.h>

#include "gnl_foobar_xmpl.h"

/* No more than this many bytes of a message reach the log. */
#define GNL_FOOBAR_XMPL_LOG_LEN 64

/* Linux before 6.1 cannot name a missing attribute: the text has to do. */
#ifndef NL_SET_ERR_ATTR_MISS
#define NL_SET_ERR_ATTR_MISS(...) do { } while (0)
#endif

static struct genl_family gnl_foobar_xmpl_family;

/*
 * Append one message to @skb: the two headers, then the attribute.
 *
 * @portid is the address of the socket that asked, @seq the number that it
 * gave to its request; it recognises the answer by both.
 *
 * Return: 0, or -EMSGSIZE with @skb as it was when the message does not fit.
 */
static int gnl_foobar_xmpl_fill(struct sk_buff *skb, u32 portid, u32 seq,
				int flags, const void *msg, int len)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &gnl_foobar_xmpl_family, flags,
			  GNL_FOOBAR_XMPL_C_ECHO_MSG);
	if (!hdr)
		return -EMSGSIZE;

	if (nla_put(skb, GNL_FOOBAR_XMPL_A_MSG, len, msg))
		goto cancel;

	/* Only now is the length known that belongs into the header. */
	genlmsg_end(skb, hdr);
	return 0;

cancel:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

/*
 * A "do" handler: one request, one answer.
 *
 * @info->attrs is indexed by attribute type.  An entry is NULL if the request
 * does not hold that attribute: a policy says how an attribute has to look,
 * not that it has to be there.
 */
static int gnl_foobar_xmpl_echo_doit(struct sk_buff *skb,
				     struct genl_info *info)
{
	const struct nlattr *msg = info->attrs[GNL_FOOBAR_XMPL_A_MSG];
	struct sk_buff *reply;
	int err;

	/*
	 * EINVAL alone would leave the programmer guessing.  The extended ACK
	 * carries a text and, for programs, the type of what is missing.
	 */
	if (!msg) {
		GENL_SET_ERR_MSG(info, "there is no message to echo");
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, GNL_FOOBAR_XMPL_A_MSG);
		return -EINVAL;
	}

	/* %pE escapes control characters: nobody shall forge lines of a log. */
	pr_debug_ratelimited("echo %d bytes to port %u: \"%*pE\"\n",
			     nla_len(msg), info->snd_portid,
			     min(nla_len(msg) - 1, GNL_FOOBAR_XMPL_LOG_LEN),
			     nla_data(msg));

	reply = genlmsg_new(nla_total_size(nla_len(msg)), GFP_KERNEL);
	if (!reply)
		return -ENOMEM;

	err = gnl_foobar_xmpl_fill(reply, info->snd_portid, info->snd_seq, 0,
				   nla_data(msg), nla_len(msg));
	if (err)
		goto free;

	/*
	 * Goes to the network namespace of the sender, as port numbers mean
	 * nothing in another one.  The reply is no longer ours after this,
	 * whether it arrives or not.
	 */
	return genlmsg_reply(reply, info);

free:
	nlmsg_free(reply);
	return err;
}

/* How far a dump has come.  Lies in the room that a dump has for such notes. */
struct gnl_foobar_xmpl_cursor {
	unsigned int next;
};

/*
 * A "dump" handler: one request (with NLM_F_DUMP), a list for an answer.
 *
 * The list may be longer than a buffer.  So the core calls this function with
 * one buffer after the other, each time that the program has made room by
 * reading, and sends NLMSG_DONE in the end.  The program may well pause
 * between two reads, or never come back: a lock must not be held meanwhile,
 * and the place to go on from lies in @cb->ctx, which starts as zeroes.
 *
 * NLM_F_MULTI tells the reader that more messages belong to the answer.
 *
 * Return: how much was written if there is more to come, 0 at the end,
 * -EMSGSIZE when a message does not even fit into an empty buffer.
 */
static int gnl_foobar_xmpl_echo_dumpit(struct sk_buff *skb,
				       struct netlink_callback *cb)
{
	struct gnl_foobar_xmpl_cursor *cursor = (void *)cb->ctx;
	u32 portid = NETLINK_CB(cb->skb).portid;
	char msg[64];
	int len;

	BUILD_BUG_ON(sizeof(*cursor) > sizeof(cb->ctx));

	pr_debug_ratelimited("dump to port %u from message %u\n", portid,
			     cursor->next + 1);

	for (; cursor->next < GNL_FOOBAR_XMPL_DUMP_COUNT; cursor->next++) {
		len = scnprintf(msg, sizeof(msg),
				"Message %u of %u of a dump by the kernel",
				cursor->next + 1, GNL_FOOBAR_XMPL_DUMP_COUNT);

		if (gnl_foobar_xmpl_fill(skb, portid, cb->nlh->nlmsg_seq,
					 NLM_F_MULTI, msg, len + 1))
			return skb->len ?: -EMSGSIZE;
	}

	return 0;
}

/*
 * Shows a refusal.  The extended ACK points to the offending attribute by its
 * offset in the request; without an attribute there is only the text.
 */
static int gnl_foobar_xmpl_refuse_doit(struct sk_buff *skb,
				       struct genl_info *info)
{
	pr_debug_ratelimited("refuse a request of port %u\n",
			     info->snd_portid);

	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[GNL_FOOBAR_XMPL_A_MSG],
			    "this command is always refused, as an example");
	return -EINVAL;
}

/*
 * What a valid attribute looks like, indexed by type.  Types without an entry
 * are refused, and so are types beyond .maxattr of the family.
 */
static const struct nla_policy
gnl_foobar_xmpl_policy[GNL_FOOBAR_XMPL_A_MAX + 1] = {
	/* There must be a NUL, after no more than .len bytes. */
	[GNL_FOOBAR_XMPL_A_MSG] = {
		.type = NLA_NUL_STRING,
		.len = GNL_FOOBAR_XMPL_MSG_LEN_MAX,
	},
};

/*
 * Which function serves which command.  A command may have a doit, a dumpit,
 * or both; the flag NLM_F_DUMP of the request selects.  GENL_ADMIN_PERM in
 * .flags would demand CAP_NET_ADMIN of the sender.
 */
static const struct genl_small_ops gnl_foobar_xmpl_ops[] = {
	{
		.cmd = GNL_FOOBAR_XMPL_C_ECHO_MSG,
		.doit = gnl_foobar_xmpl_echo_doit,
		.dumpit = gnl_foobar_xmpl_echo_dumpit,
	},
	{
		.cmd = GNL_FOOBAR_XMPL_C_REPLY_WITH_NLMSG_ERR,
		.doit = gnl_foobar_xmpl_refuse_doit,
	},
};

/*
 * The family.  Registration adds the number by which messages address it, so
 * this cannot be const; nothing writes to it later.
 */
static struct genl_family gnl_foobar_xmpl_family __ro_after_init = {
	.name = GNL_FOOBAR_XMPL_NAME,
	.version = GNL_FOOBAR_XMPL_VERSION,
	.maxattr = GNL_FOOBAR_XMPL_A_MAX,
	.policy = gnl_foobar_xmpl_policy,
	.small_ops = gnl_foobar_xmpl_ops,
	.n_small_ops = ARRAY_SIZE(gnl_foobar_xmpl_ops),
	/* Open dumps keep the module from being unloaded. */
	.module = THIS_MODULE,
	/* Containers, each with a network namespace of its own, see it too. */
	.netnsok = true,
	/* The handlers share nothing, so they need not wait for each other. */
	.parallel_ops = true,
};

static int __init gnl_foobar_xmpl_init(void)
{
	int err;

	err = genl_register_family(&gnl_foobar_xmpl_family);
	if (err)
		return err;

	pr_info("family registered\n");
	return 0;
}

/* Unregistering waits until the last handler has returned. */
static void __exit gnl_foobar_xmpl_exit(void)
{
	genl_unregister_family(&gnl_foobar_xmpl_family);
	pr_info("family unregistered\n");
}

module_init(gnl_foobar_xmpl_init);
module_exit(gnl_foobar_xmpl_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("The jgenl authors");
MODULE_DESCRIPTION("Generic Netlink example family that echoes messages");
/* Lets the kernel load the installed module when a program asks for the name. */
MODULE_ALIAS_GENL_FAMILY(GNL_FOOBAR_XMPL_NAME);
