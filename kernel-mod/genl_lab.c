// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * genl_lab - a Generic Netlink family to test netlink libraries with
 *
 * What netdevsim is for drivers: it shows a library, on a real kernel, what
 * real families do seldom or by mistake.  The protocol is in genl_lab.h; how a
 * family is built is explained in gnl_foobar_xmpl.c.
 *
 * It belongs on test machines only, and is therefore not loaded when a program
 * asks for its name (there is no MODULE_ALIAS_GENL_FAMILY).  All the same,
 * whoever sends what, nobody else notices:
 *  - A "do" and the first part of a dump run while generic netlink holds a
 *    lock.  Who wants to register a family waits for it, and behind him all
 *    others.  So nothing sleeps there, and what takes long is left to a job.
 *  - All sizes and the number of jobs have a bound, all allocations may fail.
 *  - Nothing is shared between requests but the places for jobs and for
 *    listeners.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "genl_lab.h"

/* Large messages need large blocks: do not log that there is none. */
#define GENL_LAB_GFP (GFP_KERNEL | __GFP_NOWARN)

/* Linux before 6.1 cannot name a missing attribute. */
#ifndef NL_SET_ERR_ATTR_MISS
#define NL_SET_ERR_ATTR_MISS(...) do { } while (0)
#endif

static struct genl_family genl_lab_family;
static struct genl_family genl_lab_hdr_family;
static struct genl_family genl_lab_init_family;

/*
 * The core puts the attributes of a "do" and of a dump into different places,
 * the latter also depending on the version of Linux.  So parameters are looked
 * up in the request itself, which the core has validated by then.
 */
static const struct nlattr *genl_lab_find(const struct nlmsghdr *request,
					  int type)
{
	return nlmsg_find_attr(request, GENL_HDRLEN, type);
}

static u32 genl_lab_get(const struct nlmsghdr *request, int type, u32 absent)
{
	const struct nlattr *attr = genl_lab_find(request, type);

	return attr ? nla_get_u32(attr) : absent;
}

/* The sequence number of what answers @request. */
static u32 genl_lab_seq(const struct nlmsghdr *request)
{
	u32 seq = genl_lab_get(request, GENL_LAB_A_SEQ, 0);

	if (genl_lab_find(request, GENL_LAB_A_ABSOLUTE))
		return seq;

	return request->nlmsg_seq + seq;
}

/*
 * What a "do" is to return.  The core takes a positive number for an error: it
 * puts it into an NLMSG_ERROR, with all that belongs to one.
 */
static int genl_lab_result(const struct nlmsghdr *request)
{
	u32 error = genl_lab_get(request, GENL_LAB_A_ERRNO, 0);

	return error ? -(int)error :
		       (int)genl_lab_get(request, GENL_LAB_A_VALUE, 0);
}

/* Lies in the request, which is there for as long as its extended ACK. */
static const char *genl_lab_text(const struct nlmsghdr *request)
{
	const struct nlattr *attr = genl_lab_find(request, GENL_LAB_A_TEXT);

	return attr ? nla_data(attr) : NULL;
}

/* One message of a dump, a reply, a burst and so on. */
struct genl_lab_msg {
	u32 portid;
	u32 seq;
	u16 flags;
	u8 cmd;
	/* Leave out the padding of the last attribute. */
	bool unpadded;
	u32 index;
	u32 total;
	u32 size;
};

/* How many bytes genl_lab_fill() needs for @size bytes of payload. */
static size_t genl_lab_msg_len(u32 size)
{
	size_t payloads = DIV_ROUND_UP(size, GENL_LAB_PAYLOAD_LEN_MAX);

	return nlmsg_total_size(GENL_HDRLEN + 2 * nla_total_size(sizeof(u32)) +
				payloads * NLA_HDRLEN + NLA_ALIGN(size));
}

static int genl_lab_put_payload(struct sk_buff *skb, u32 index, u32 size)
{
	u32 done, len, i;

	for (done = 0; done < size; done += len) {
		struct nlattr *attr;
		u8 *data;

		len = min_t(u32, size - done, GENL_LAB_PAYLOAD_LEN_MAX);
		attr = nla_reserve(skb, GENL_LAB_A_PAYLOAD, len);
		if (!attr)
			return -EMSGSIZE;

		data = nla_data(attr);
		for (i = 0; i < len; i++)
			data[i] = index + done + i;
	}

	return 0;
}

/*
 * Append one message to @skb.  @cb is that of a dump, else NULL.
 *
 * Return: 0, or -EMSGSIZE with @skb as it was when the message does not fit.
 */
static int genl_lab_fill(struct sk_buff *skb, const struct genl_lab_msg *msg,
			 struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, msg->portid, msg->seq, &genl_lab_family,
			  msg->flags, msg->cmd);
	if (!hdr)
		return -EMSGSIZE;

	if (nla_put_u32(skb, GENL_LAB_A_INDEX, msg->index) ||
	    nla_put_u32(skb, GENL_LAB_A_TOTAL, msg->total) ||
	    genl_lab_put_payload(skb, msg->index, msg->size))
		goto cancel;

	if (msg->unpadded)
		skb_trim(skb, skb->len - (NLA_ALIGN(msg->size) - msg->size));

	if (cb)
		genl_dump_check_consistent(cb, hdr);

	genlmsg_end(skb, hdr);
	return 0;

cancel:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

/* Return: a datagram with nothing but @msg, or NULL if there is no memory. */
static struct sk_buff *genl_lab_new(const struct genl_lab_msg *msg)
{
	struct sk_buff *skb;

	skb = nlmsg_new(genl_lab_msg_len(msg->size), GENL_LAB_GFP);
	if (!skb)
		return NULL;

	if (genl_lab_fill(skb, msg, NULL)) {
		nlmsg_free(skb);
		return NULL;
	}

	return skb;
}

/* Reply with @len bytes at @attrs in place of the attributes. */
static int genl_lab_say(struct genl_info *info,
			const struct genl_family *family,
			const void *attrs, int len)
{
	struct sk_buff *reply;
	void *hdr;

	reply = genlmsg_new(family->hdrsize + len, GENL_LAB_GFP);
	if (!reply)
		return -ENOMEM;

	hdr = genlmsg_put(reply, info->snd_portid, info->snd_seq, family, 0,
			  info->genlhdr->cmd);
	if (!hdr) {
		nlmsg_free(reply);
		return -EMSGSIZE;
	}

	memcpy(hdr, genlmsg_data(info->genlhdr), family->hdrsize);
	skb_put_data(reply, attrs, len);
	genlmsg_end(reply, hdr);

	return genlmsg_reply(reply, info);
}

static int genl_lab_echo(struct genl_info *info,
			 const struct genl_family *family)
{
	const struct nlmsghdr *request = info->nlhdr;
	int hdrlen = GENL_HDRLEN + family->hdrsize;

	if (request->nlmsg_len > GENL_LAB_ECHO_LEN_MAX) {
		GENL_SET_ERR_MSG(info, "the request is too long to echo");
		return -EMSGSIZE;
	}

	return genl_lab_say(info, family, nlmsg_attrdata(request, hdrlen),
			    nlmsg_attrlen(request, hdrlen));
}

static int genl_lab_echo_doit(struct sk_buff *skb, struct genl_info *info)
{
	return genl_lab_echo(info, &genl_lab_family);
}

static int genl_lab_hdr_echo_doit(struct sk_buff *skb, struct genl_info *info)
{
	return genl_lab_echo(info, &genl_lab_hdr_family);
}

static int genl_lab_init_echo_doit(struct sk_buff *skb, struct genl_info *info)
{
	return genl_lab_echo(info, &genl_lab_init_family);
}

static int genl_lab_raw_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *attr = genl_lab_find(info->nlhdr,
						  GENL_LAB_A_PAYLOAD);

	if (!attr) {
		GENL_SET_ERR_MSG(info, "there is nothing to reply with");
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, GENL_LAB_A_PAYLOAD);
		return -EINVAL;
	}

	return genl_lab_say(info, &genl_lab_family, nla_data(attr),
			    nla_len(attr));
}

/* The policy or the permission has spoken already. */
static int genl_lab_nothing_doit(struct sk_buff *skb, struct genl_info *info)
{
	return 0;
}

/* What was asked for, and how far a dump has come. */
struct genl_lab_cursor {
	u32 next;
	u32 portid;
	u32 seq;
	u32 flags;
	u32 count;
	u32 size;
	u32 delay;
	u32 error;
	u32 intr;
};

static int genl_lab_dump_start(struct netlink_callback *cb)
{
	struct genl_lab_cursor *cursor = (void *)cb->ctx;

	BUILD_BUG_ON(sizeof(*cursor) > sizeof(cb->ctx));

	cursor->portid = genl_lab_get(cb->nlh, GENL_LAB_A_PORTID,
				      NETLINK_CB(cb->skb).portid);
	cursor->seq = genl_lab_seq(cb->nlh);
	cursor->flags = genl_lab_get(cb->nlh, GENL_LAB_A_FLAGS, 0);
	cursor->count = genl_lab_get(cb->nlh, GENL_LAB_A_COUNT, 0);
	cursor->size = genl_lab_get(cb->nlh, GENL_LAB_A_SIZE, 0);
	cursor->delay = genl_lab_get(cb->nlh, GENL_LAB_A_DELAY, 0);
	cursor->error = genl_lab_get(cb->nlh, GENL_LAB_A_ERRNO, 0);
	cursor->intr = genl_lab_get(cb->nlh, GENL_LAB_A_INTR, U32_MAX);

	/* One message at least has to fit into every buffer. */
	cb->min_dump_alloc = genl_lab_msg_len(cursor->size);
	/* For NLMSG_DONE. */
	cb->answer_flags = cursor->flags;
	return 0;
}

static int genl_lab_dump_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb)
{
	struct genl_lab_cursor *cursor = (void *)cb->ctx;
	const char *text = genl_lab_text(cb->nlh);
	struct genl_lab_msg msg = {
		.portid = cursor->portid,
		.seq = cursor->seq,
		.flags = NLM_F_MULTI | cursor->flags,
		.cmd = GENL_LAB_C_DUMP,
		.total = cursor->count,
		.size = cursor->size,
	};

	/*
	 * All parts but the first are written inside recvmsg(), under nothing
	 * but a lock of the reader's own socket.  A signal ends the sleep, not
	 * the dump.  The sleep is short, as a second dump request on that very
	 * socket would wait for it inside sendmsg().
	 */
	if (cursor->next && cursor->delay)
		msleep_interruptible(cursor->delay);

	/*
	 * The core compares cb->seq with that of the message before: a family
	 * would use a number that changes whenever its list does.
	 */
	for (; cursor->next < cursor->count; cursor->next++) {
		msg.index = cursor->next;
		cb->seq = cursor->next < cursor->intr ? 1 : 2;
		if (genl_lab_fill(skb, &msg, cb))
			return skb->len ?: -EMSGSIZE;
	}

	/* NLMSG_DONE may need a buffer more, for which a text is not kept. */
	if (text && skb->len)
		return skb->len;

	cb->seq = cursor->count < cursor->intr ? 1 : 2;
	if (text && cb->extack)
		cb->extack->_msg = text;
	return -(int)cursor->error;
}

/* Where the attributes lie that are @depth nests deep. */
struct genl_lab_level {
	const struct nlattr *nest;
	const struct nlattr *attrs;
	int len;
};

static int genl_lab_descend(const struct nlmsghdr *request, u32 depth,
			    struct genl_lab_level *level)
{
	level->nest = NULL;
	level->attrs = nlmsg_attrdata(request, GENL_HDRLEN);
	level->len = nlmsg_attrlen(request, GENL_HDRLEN);

	for (; depth; depth--) {
		level->nest = nla_find(level->attrs, level->len,
				       GENL_LAB_A_NEST);
		if (!level->nest)
			return -ENOENT;
		level->attrs = nla_data(level->nest);
		level->len = nla_len(level->nest);
	}

	return 0;
}

static int genl_lab_fail_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlmsghdr *request = info->nlhdr;
	struct netlink_ext_ack *extack = info->extack;
	const struct nlattr *cookie, *attr;
	struct genl_lab_level level;

	BUILD_BUG_ON(GENL_LAB_COOKIE_LEN_MAX > NETLINK_MAX_COOKIE_LEN);

	if (genl_lab_descend(request,
			     genl_lab_get(request, GENL_LAB_A_DEPTH, 0),
			     &level)) {
		GENL_SET_ERR_MSG(info, "the nests are not that deep");
		return -ENOENT;
	}

	attr = genl_lab_find(request, GENL_LAB_A_BAD_TYPE);
	if (attr) {
		attr = nla_find(level.attrs, level.len, nla_get_u32(attr));
		if (!attr) {
			GENL_SET_ERR_MSG(info, "there is no such attribute");
			return -ENOENT;
		}
		NL_SET_BAD_ATTR(extack, attr);
	}

	attr = genl_lab_find(request, GENL_LAB_A_MISS_TYPE);
	if (attr)
		NL_SET_ERR_ATTR_MISS(extack, level.nest, nla_get_u32(attr));

	cookie = genl_lab_find(request, GENL_LAB_A_COOKIE);
	if (cookie) {
		extack->cookie_len = nla_len(cookie);
		memcpy(extack->cookie, nla_data(cookie), nla_len(cookie));
	}

	extack->_msg = genl_lab_text(request);
	return genl_lab_result(request);
}

/* All that it takes to send the messages of a reply or of a burst. */
struct genl_lab_reply {
	struct nlmsghdr request;
	/* The socket that asked, whatever the messages' headers say. */
	u32 portid;
	struct genl_lab_msg msg;
	/* Of a reply: */
	int result;
	s32 code;
	bool done;
	bool bare;
	bool unpadded;
	bool together;
	/* Of a burst: */
	u32 group;
};

/* How many messages, NLMSG_DONE included, which is the last. */
static u32 genl_lab_reply_total(const struct genl_lab_reply *reply)
{
	return reply->msg.total + reply->done;
}

/* There is room for NLMSG_DONE where there is for any other message. */
static size_t genl_lab_datagram_len(const struct genl_lab_reply *reply)
{
	size_t len = genl_lab_msg_len(reply->msg.size);

	if (!reply->together)
		return len;

	return genl_lab_reply_total(reply) * len +
	       nlmsg_total_size(sizeof(struct nlmsgerr));
}

/* What netlink_ack() writes, with nothing but the header of the request. */
static int genl_lab_fill_error(struct sk_buff *skb,
			       const struct genl_lab_reply *reply, int err)
{
	struct nlmsghdr *nlh;
	struct nlmsgerr *error;

	nlh = nlmsg_put(skb, reply->portid, reply->request.nlmsg_seq,
			NLMSG_ERROR, sizeof(*error), NLM_F_CAPPED);
	if (!nlh)
		return -EMSGSIZE;

	error = nlmsg_data(nlh);
	error->error = err;
	error->msg = reply->request;
	return 0;
}

static int genl_lab_fill_done(struct sk_buff *skb,
			      const struct genl_lab_reply *reply)
{
	int len = reply->bare ? 0 : sizeof(reply->code);
	struct nlmsghdr *nlh;

	nlh = nlmsg_put(skb, reply->msg.portid, reply->msg.seq, NLMSG_DONE,
			len, NLM_F_MULTI | reply->msg.flags);
	if (!nlh)
		return -EMSGSIZE;

	memcpy(nlmsg_data(nlh), &reply->code, len);
	return 0;
}

/* Send @msg and, if they are to be together, all that come after it. */
static int genl_lab_send_datagram(struct net *net,
				  const struct genl_lab_reply *reply,
				  struct genl_lab_msg *msg)
{
	u32 total = genl_lab_reply_total(reply);
	struct sk_buff *skb;
	int err;

	skb = nlmsg_new(genl_lab_datagram_len(reply), GENL_LAB_GFP);
	if (!skb)
		return -ENOMEM;

	if (reply->together && reply->result) {
		err = genl_lab_fill_error(skb, reply, reply->result);
		if (err)
			goto free;
	}

	do {
		bool last = !reply->together || msg->index + 1 == total;

		msg->unpadded = reply->unpadded && last;
		if (msg->index < msg->total)
			err = genl_lab_fill(skb, msg, NULL);
		else
			err = genl_lab_fill_done(skb, reply);
		if (err)
			goto free;
		msg->index++;
	} while (reply->together && msg->index < total);

	return genlmsg_unicast(net, skb, reply->portid);

free:
	nlmsg_free(skb);
	return err;
}

static int genl_lab_send(struct net *net, const struct genl_lab_reply *reply)
{
	u32 total = genl_lab_reply_total(reply);
	struct genl_lab_msg msg = reply->msg;
	int err;

	while (msg.index < total) {
		err = genl_lab_send_datagram(net, reply, &msg);
		if (err)
			return err;
		cond_resched();
	}

	return 0;
}

/*
 * Whether a subscriber misses a message, as its receive buffer is full, is its
 * own affair: netlink tells it so (ENOBUFS).
 */
static int genl_lab_burst(struct net *net, const struct genl_lab_reply *burst)
{
	struct genl_lab_msg msg = burst->msg;
	struct sk_buff *skb;

	if (!genl_has_listeners(&genl_lab_family, net, burst->group))
		return 0;

	for (; msg.index < msg.total; msg.index++) {
		skb = genl_lab_new(&msg);
		if (!skb)
			return -ENOMEM;

		genlmsg_multicast_netns(&genl_lab_family, net, skb, 0,
					burst->group, GFP_KERNEL);
		cond_resched();
	}

	return 0;
}

/* What the core does at the end of a "do", for one that ends later. */
static void genl_lab_ack(struct net *net, const struct genl_lab_reply *reply,
			 int err)
{
	struct sk_buff *skb;

	if (!err && !(reply->request.nlmsg_flags & NLM_F_ACK))
		return;

	skb = nlmsg_new(sizeof(struct nlmsgerr), GFP_KERNEL);
	if (!skb)
		return;

	if (genl_lab_fill_error(skb, reply, err))
		nlmsg_free(skb);
	else
		genlmsg_unicast(net, skb, reply->portid);
}

/* A place for something to do after the request. */
struct genl_lab_job {
	struct delayed_work work;
	struct net *net;
	struct genl_lab_reply reply;
};

static struct genl_lab_job genl_lab_jobs[GENL_LAB_JOB_MAX];
static DECLARE_BITMAP(genl_lab_jobs_taken, GENL_LAB_JOB_MAX);

/* Late replies do not wait for bursts, nor does the work of others. */
static struct workqueue_struct *genl_lab_late;
static struct workqueue_struct *genl_lab_bursts;

/* Return: a place that is the caller's own, or NULL. */
static struct genl_lab_job *genl_lab_job_take(void)
{
	unsigned int i;

	for (i = 0; i < GENL_LAB_JOB_MAX; i++) {
		if (!test_and_set_bit_lock(i, genl_lab_jobs_taken))
			return &genl_lab_jobs[i];
	}

	return NULL;
}

/* @job may belong to somebody else as soon as this returns. */
static void genl_lab_job_release(struct genl_lab_job *job)
{
	put_net(job->net);
	clear_bit_unlock(job - genl_lab_jobs, genl_lab_jobs_taken);
}

/*
 * The socket that asked may be gone by now: then nobody gets the answer, or,
 * with a sequence number unknown to it, a new socket with the same port ID.
 */
static void genl_lab_job_work(struct work_struct *work)
{
	struct genl_lab_job *job = container_of(to_delayed_work(work),
						struct genl_lab_job, work);
	int err;

	if (job->reply.msg.cmd == GENL_LAB_C_NOTIFY) {
		err = genl_lab_burst(job->net, &job->reply);
		genl_lab_ack(job->net, &job->reply, err);
	} else {
		genl_lab_send(job->net, &job->reply);
	}

	genl_lab_job_release(job);
}

static int genl_lab_job_queue(struct workqueue_struct *queue,
			      struct genl_info *info,
			      const struct genl_lab_reply *reply, u32 delay)
{
	struct genl_lab_job *job = genl_lab_job_take();

	if (!job) {
		GENL_SET_ERR_MSG(info, "too many jobs are under way");
		return -EBUSY;
	}

	/* Keeps the network namespace, and in it the socket to send from. */
	job->net = get_net(genl_info_net(info));
	job->reply = *reply;
	queue_delayed_work(queue, &job->work, msecs_to_jiffies(delay));
	return 0;
}

/* No request can come in any more. */
static void genl_lab_jobs_cancel(void)
{
	unsigned int i;

	for (i = 0; i < GENL_LAB_JOB_MAX; i++) {
		if (cancel_delayed_work_sync(&genl_lab_jobs[i].work))
			genl_lab_job_release(&genl_lab_jobs[i]);
	}
}

static int genl_lab_reply_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlmsghdr *request = info->nlhdr;
	u32 delay = genl_lab_get(request, GENL_LAB_A_DELAY, 0);
	const struct nlattr *done = genl_lab_find(request, GENL_LAB_A_DONE);
	struct genl_lab_reply reply = {
		.request = *request,
		.portid = info->snd_portid,
		.msg = {
			.portid = genl_lab_get(request, GENL_LAB_A_PORTID,
					       info->snd_portid),
			.seq = genl_lab_seq(request),
			.flags = genl_lab_get(request, GENL_LAB_A_FLAGS, 0),
			.cmd = GENL_LAB_C_REPLY,
			.total = genl_lab_get(request, GENL_LAB_A_COUNT, 1),
			.size = genl_lab_get(request, GENL_LAB_A_SIZE, 0),
		},
		.result = genl_lab_result(request),
		.code = done ? nla_get_s32(done) : 0,
		.done = done,
		.bare = genl_lab_find(request, GENL_LAB_A_BARE),
		.unpadded = genl_lab_find(request, GENL_LAB_A_UNPADDED),
		.together = genl_lab_find(request, GENL_LAB_A_TOGETHER),
	};
	int err;

	if (reply.together &&
	    genl_lab_datagram_len(&reply) > GENL_LAB_TOGETHER_LEN_MAX) {
		GENL_SET_ERR_MSG(info, "the replies are too long together");
		return -EMSGSIZE;
	}

	if (delay)
		err = genl_lab_job_queue(genl_lab_late, info, &reply, delay);
	else
		err = genl_lab_send(genl_info_net(info), &reply);
	if (err)
		return err;

	/* An error that is together with the replies has been sent. */
	if (reply.together && genl_lab_reply_total(&reply))
		return 0;

	info->extack->_msg = genl_lab_text(request);
	return reply.result;
}

/* Refuse to send more than @max bytes, all messages like @msg together. */
static int genl_lab_bound(struct genl_info *info,
			  const struct genl_lab_msg *msg, u64 max)
{
	u64 len = genl_lab_msg_len(msg->size);

	if (len * msg->total <= max)
		return 0;

	GENL_SET_ERR_MSG(info, "the messages are too long together");
	return -EMSGSIZE;
}

/*
 * A burst may take long, so it is a job.  -EINTR tells the core not to
 * acknowledge the request now, as it does for dumps.
 */
static int genl_lab_burst_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlmsghdr *request = info->nlhdr;
	struct genl_lab_reply burst = {
		.request = *request,
		.portid = info->snd_portid,
		.msg = {
			.portid = genl_lab_get(request, GENL_LAB_A_PORTID, 0),
			.seq = genl_lab_get(request, GENL_LAB_A_SEQ, 0),
			.cmd = GENL_LAB_C_NOTIFY,
			.total = genl_lab_get(request, GENL_LAB_A_COUNT, 1),
			.size = genl_lab_get(request, GENL_LAB_A_SIZE, 0),
		},
		.group = genl_lab_get(request, GENL_LAB_A_GROUP, 0),
	};
	int err;

	err = genl_lab_bound(info, &burst.msg, GENL_LAB_BURST_LEN_MAX);
	if (err)
		return err;

	return genl_lab_job_queue(genl_lab_bursts, info, &burst, 0) ?: -EINTR;
}

/* genl_notify() knows who asked, and whether he wants an echo. */
static int genl_lab_change_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlmsghdr *request = info->nlhdr;
	u32 group = genl_lab_get(request, GENL_LAB_A_GROUP, 0);
	struct genl_lab_msg msg = {
		.portid = info->snd_portid,
		.seq = info->snd_seq,
		.cmd = GENL_LAB_C_NOTIFY,
		.total = genl_lab_get(request, GENL_LAB_A_COUNT, 1),
		.size = genl_lab_get(request, GENL_LAB_A_SIZE, 0),
	};
	struct sk_buff *notification;
	int err;

	err = genl_lab_bound(info, &msg, GENL_LAB_EVENT_LEN_MAX);
	if (err)
		return err;

	for (; msg.index < msg.total; msg.index++) {
		notification = genl_lab_new(&msg);
		if (!notification)
			return -ENOMEM;

		genl_notify(&genl_lab_family, notification, info, group,
			    GFP_KERNEL);
		cond_resched();
	}

	return 0;
}

/*
 * A socket that gets events.  It keeps its network namespace, and takes itself
 * off the list when it is closed: @net is compared, but never followed.
 */
struct genl_lab_listener {
	/* NULL if this place is free. */
	const struct net *net;
	u32 portid;
};

static struct genl_lab_listener genl_lab_listeners[GENL_LAB_LISTENER_MAX];
static DEFINE_SPINLOCK(genl_lab_listeners_lock);

/* Return: its place, or a free one for NULL and 0; NULL if there is none. */
static struct genl_lab_listener *genl_lab_listener_find(const struct net *net,
							u32 portid)
{
	unsigned int i;

	lockdep_assert_held(&genl_lab_listeners_lock);

	for (i = 0; i < GENL_LAB_LISTENER_MAX; i++) {
		if (genl_lab_listeners[i].net == net &&
		    genl_lab_listeners[i].portid == portid)
			return &genl_lab_listeners[i];
	}

	return NULL;
}

static bool genl_lab_listener_add(const struct net *net, u32 portid)
{
	struct genl_lab_listener *listener;

	spin_lock(&genl_lab_listeners_lock);
	listener = genl_lab_listener_find(net, portid) ?:
		   genl_lab_listener_find(NULL, 0);
	if (listener) {
		listener->net = net;
		listener->portid = portid;
	}
	spin_unlock(&genl_lab_listeners_lock);

	return listener;
}

static bool genl_lab_listener_remove(const struct net *net, u32 portid)
{
	struct genl_lab_listener *listener;

	spin_lock(&genl_lab_listeners_lock);
	listener = genl_lab_listener_find(net, portid);
	if (listener) {
		listener->net = NULL;
		listener->portid = 0;
	}
	spin_unlock(&genl_lab_listeners_lock);

	return listener;
}

/*
 * @portids has room for all of them.
 *
 * Return: how many there are in @net.
 */
static unsigned int genl_lab_listeners_of(const struct net *net, u32 *portids)
{
	unsigned int count = 0, i;

	spin_lock(&genl_lab_listeners_lock);
	for (i = 0; i < GENL_LAB_LISTENER_MAX; i++) {
		if (genl_lab_listeners[i].net == net)
			portids[count++] = genl_lab_listeners[i].portid;
	}
	spin_unlock(&genl_lab_listeners_lock);

	return count;
}

/* Runs within the close() of every netlink socket there is. */
static int genl_lab_netlink_event(struct notifier_block *block,
				  unsigned long event, void *data)
{
	const struct netlink_notify *notify = data;

	if (event == NETLINK_URELEASE && notify->protocol == NETLINK_GENERIC)
		genl_lab_listener_remove(notify->net, notify->portid);

	return NOTIFY_DONE;
}

static struct notifier_block genl_lab_netlink_notifier = {
	.notifier_call = genl_lab_netlink_event,
};

/*
 * The socket is open for as long as its owner is in sendmsg(), and so is here:
 * it cannot go off the list before it is on it.
 */
static int genl_lab_register_doit(struct sk_buff *skb, struct genl_info *info)
{
	if (genl_lab_listener_add(genl_info_net(info), info->snd_portid))
		return 0;

	GENL_SET_ERR_MSG(info, "too many sockets are registered");
	return -EBUSY;
}

static int genl_lab_deregister_doit(struct sk_buff *skb,
				    struct genl_info *info)
{
	if (genl_lab_listener_remove(genl_info_net(info), info->snd_portid))
		return 0;

	GENL_SET_ERR_MSG(info, "this socket is not registered");
	return -ENOENT;
}

static int genl_lab_event_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlmsghdr *request = info->nlhdr;
	struct net *net = genl_info_net(info);
	u32 portids[GENL_LAB_LISTENER_MAX];
	struct genl_lab_reply event = {
		.msg = {
			.portid = genl_lab_get(request, GENL_LAB_A_PORTID, 0),
			.seq = genl_lab_seq(request),
			.cmd = GENL_LAB_C_NOTIFY,
			.total = genl_lab_get(request, GENL_LAB_A_COUNT, 1),
			.size = genl_lab_get(request, GENL_LAB_A_SIZE, 0),
		},
	};
	unsigned int count, i;
	int err;

	err = genl_lab_bound(info, &event.msg, GENL_LAB_EVENT_LEN_MAX);
	if (err)
		return err;

	count = genl_lab_listeners_of(net, portids);
	for (i = 0; i < count; i++) {
		event.portid = portids[i];
		err = genl_lab_send(net, &event);
		/* Full or gone: its own affair. */
		if (err && err != -EAGAIN && err != -ECONNREFUSED)
			return err;
	}

	return 0;
}

/* Make answers to @request of what looks like a message in @len bytes. */
static void genl_lab_address(void *data, int len,
			     const struct nlmsghdr *request, u32 portid)
{
	struct nlmsghdr *nlh;

	for (nlh = data; len >= NLMSG_HDRLEN; nlh = nlmsg_next(nlh, &len)) {
		nlh->nlmsg_seq += request->nlmsg_seq;
		nlh->nlmsg_pid += portid;
		if (!nlmsg_ok(nlh, len))
			break;
	}
}

static int genl_lab_forge(struct net *net, const struct nlmsghdr *request,
			  u32 portid)
{
	bool absolute = genl_lab_find(request, GENL_LAB_A_ABSOLUTE);
	const struct nlattr *attr;
	int rem, err;

	nlmsg_for_each_attr(attr, request, GENL_HDRLEN, rem) {
		struct sk_buff *skb;
		void *data;

		if (nla_type(attr) != GENL_LAB_A_PAYLOAD)
			continue;

		skb = nlmsg_new(nla_len(attr), GENL_LAB_GFP);
		if (!skb)
			return -ENOMEM;

		data = skb_put_data(skb, nla_data(attr), nla_len(attr));
		if (!absolute)
			genl_lab_address(data, nla_len(attr), request, portid);

		err = genlmsg_unicast(net, skb, portid);
		if (err)
			return err;
		cond_resched();
	}

	return genl_lab_result(request);
}

static int genl_lab_forge_doit(struct sk_buff *skb, struct genl_info *info)
{
	return genl_lab_forge(genl_info_net(info), info->nlhdr,
			      info->snd_portid);
}

/*
 * A dump that has failed to start gets no NLMSG_DONE from the core, and if it
 * was for -EINTR no NLMSG_ERROR either.
 */
static int genl_lab_forge_start(struct netlink_callback *cb)
{
	return genl_lab_forge(sock_net(cb->skb->sk), cb->nlh,
			      NETLINK_CB(cb->skb).portid) ?: -EINTR;
}

/* Without it there is no dump to start. */
static int genl_lab_forge_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb)
{
	return 0;
}

/* For a validation that Linux has as NLA_UINT and NLA_SINT since 6.7. */
static int genl_lab_validate_int(const struct nlattr *attr,
				 struct netlink_ext_ack *extack)
{
	if (nla_len(attr) == sizeof(u32) || nla_len(attr) == sizeof(u64))
		return 0;

	NL_SET_ERR_MSG_ATTR(extack, attr, "an integer has 4 or 8 bytes");
	return -ERANGE;
}

/* A nest may hold what the message may, so the policy refers to itself. */
static const struct nla_policy genl_lab_echo_policy[GENL_LAB_V_MAX + 1] = {
	[GENL_LAB_V_U8] = { .type = NLA_U8 },
	[GENL_LAB_V_U16] = { .type = NLA_U16 },
	[GENL_LAB_V_U32] = { .type = NLA_U32 },
	[GENL_LAB_V_U64] = { .type = NLA_U64 },
	[GENL_LAB_V_S8] = { .type = NLA_S8 },
	[GENL_LAB_V_S16] = { .type = NLA_S16 },
	[GENL_LAB_V_S32] = { .type = NLA_S32 },
	[GENL_LAB_V_S64] = { .type = NLA_S64 },
	[GENL_LAB_V_UINT] = NLA_POLICY_VALIDATE_FN(NLA_BINARY,
						   genl_lab_validate_int,
						   sizeof(u64)),
	[GENL_LAB_V_SINT] = NLA_POLICY_VALIDATE_FN(NLA_BINARY,
						   genl_lab_validate_int,
						   sizeof(u64)),
	[GENL_LAB_V_BE16] = { .type = NLA_U16 },
	[GENL_LAB_V_BE32] = { .type = NLA_U32 },
	[GENL_LAB_V_BE64] = { .type = NLA_U64 },
	[GENL_LAB_V_BITFIELD32] = NLA_POLICY_BITFIELD32(U32_MAX),
	[GENL_LAB_V_FLAG] = { .type = NLA_FLAG },
	[GENL_LAB_V_STRING] = { .type = NLA_NUL_STRING },
	[GENL_LAB_V_UNTERMINATED] = { .type = NLA_STRING },
	[GENL_LAB_V_BINARY] = { .type = NLA_BINARY },
	[GENL_LAB_V_NEST] = NLA_POLICY_NESTED(genl_lab_echo_policy),
	[GENL_LAB_V_ARRAY] = NLA_POLICY_NESTED_ARRAY(genl_lab_echo_policy),
	[GENL_LAB_V_NEST_ANY] = { .type = NLA_NESTED },
};

/* Ranges are read only, but older versions of Linux do not take a const. */
static struct netlink_range_validation genl_lab_check_u64 __ro_after_init = {
	.min = 1ULL << 32,
	.max = 1ULL << 63,
};

static struct netlink_range_validation_signed genl_lab_check_s64 __ro_after_init = {
	.min = -(1LL << 40),
	.max = 1LL << 40,
};

static const struct nla_policy genl_lab_check_policy[GENL_LAB_V_MAX + 1] = {
	[GENL_LAB_V_U8] = NLA_POLICY_MAX(NLA_U8, 10),
	[GENL_LAB_V_U16] = NLA_POLICY_MASK(NLA_U16, 0x0fff),
	[GENL_LAB_V_U32] = NLA_POLICY_RANGE(NLA_U32, 10, 20),
	[GENL_LAB_V_U64] = NLA_POLICY_FULL_RANGE(NLA_U64, &genl_lab_check_u64),
	[GENL_LAB_V_S32] = NLA_POLICY_RANGE(NLA_S32, -10, 10),
	[GENL_LAB_V_S64] = NLA_POLICY_FULL_RANGE_SIGNED(NLA_S64,
							&genl_lab_check_s64),
	[GENL_LAB_V_BITFIELD32] = NLA_POLICY_BITFIELD32(0x3),
	[GENL_LAB_V_STRING] = { .type = NLA_NUL_STRING, .len = 15 },
	[GENL_LAB_V_BINARY] = NLA_POLICY_EXACT_LEN(6),
	[GENL_LAB_V_NEST] = NLA_POLICY_NESTED(genl_lab_check_policy),
};

static struct netlink_range_validation genl_lab_dump_count __ro_after_init = {
	.max = GENL_LAB_DUMP_COUNT_MAX,
};

static struct netlink_range_validation genl_lab_burst_count __ro_after_init = {
	.max = GENL_LAB_BURST_COUNT_MAX,
};

static struct netlink_range_validation genl_lab_size __ro_after_init = {
	.max = GENL_LAB_PAYLOAD_LEN_MAX,
};

static struct netlink_range_validation genl_lab_reply_size __ro_after_init = {
	.max = GENL_LAB_REPLY_SIZE_MAX,
};

static struct netlink_range_validation genl_lab_intr __ro_after_init = {
	.min = 1,
	.max = GENL_LAB_DUMP_COUNT_MAX,
};

static struct netlink_range_validation genl_lab_value __ro_after_init = {
	.max = GENL_LAB_VALUE_MAX,
};

static struct netlink_range_validation genl_lab_flags __ro_after_init = {
	.max = GENL_LAB_FLAGS_MAX,
};

#define GENL_LAB_POLICY_FLAGS NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_flags)
#define GENL_LAB_POLICY_VALUE NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_value)
#define GENL_LAB_POLICY_ERRNO NLA_POLICY_MAX(NLA_U32, GENL_LAB_ERRNO_MAX)
#define GENL_LAB_POLICY_TEXT \
	{ .type = NLA_NUL_STRING, .len = GENL_LAB_TEXT_LEN_MAX }

/* Each command has a policy of its own, which takes what it knows only. */
static const struct nla_policy genl_lab_dump_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_COUNT] = NLA_POLICY_FULL_RANGE(NLA_U32,
						   &genl_lab_dump_count),
	[GENL_LAB_A_SIZE] = NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_size),
	[GENL_LAB_A_DELAY] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_DUMP_DELAY_MAX),
	[GENL_LAB_A_ERRNO] = GENL_LAB_POLICY_ERRNO,
	[GENL_LAB_A_TEXT] = GENL_LAB_POLICY_TEXT,
	[GENL_LAB_A_INTR] = NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_intr),
	[GENL_LAB_A_SEQ] = { .type = NLA_U32 },
	[GENL_LAB_A_PORTID] = { .type = NLA_U32 },
	[GENL_LAB_A_ABSOLUTE] = { .type = NLA_FLAG },
	[GENL_LAB_A_FLAGS] = GENL_LAB_POLICY_FLAGS,
};

static const struct nla_policy genl_lab_raw_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_PAYLOAD] = { .type = NLA_BINARY },
};

static const struct nla_policy genl_lab_fail_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_ERRNO] = GENL_LAB_POLICY_ERRNO,
	[GENL_LAB_A_TEXT] = GENL_LAB_POLICY_TEXT,
	[GENL_LAB_A_COOKIE] = {
		.type = NLA_BINARY,
		.len = GENL_LAB_COOKIE_LEN_MAX,
	},
	[GENL_LAB_A_NEST] = { .type = NLA_NESTED },
	[GENL_LAB_A_DEPTH] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_DEPTH_MAX),
	[GENL_LAB_A_BAD_TYPE] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_TYPE_MAX),
	[GENL_LAB_A_MISS_TYPE] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_TYPE_MAX),
	[GENL_LAB_A_VALUE] = GENL_LAB_POLICY_VALUE,
};

static const struct nla_policy genl_lab_reply_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_COUNT] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_REPLY_COUNT_MAX),
	[GENL_LAB_A_SIZE] = NLA_POLICY_FULL_RANGE(NLA_U32,
						  &genl_lab_reply_size),
	[GENL_LAB_A_DELAY] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_REPLY_DELAY_MAX),
	[GENL_LAB_A_ERRNO] = GENL_LAB_POLICY_ERRNO,
	[GENL_LAB_A_TEXT] = GENL_LAB_POLICY_TEXT,
	[GENL_LAB_A_SEQ] = { .type = NLA_U32 },
	[GENL_LAB_A_PORTID] = { .type = NLA_U32 },
	[GENL_LAB_A_UNPADDED] = { .type = NLA_FLAG },
	[GENL_LAB_A_TOGETHER] = { .type = NLA_FLAG },
	[GENL_LAB_A_ABSOLUTE] = { .type = NLA_FLAG },
	[GENL_LAB_A_FLAGS] = GENL_LAB_POLICY_FLAGS,
	[GENL_LAB_A_VALUE] = GENL_LAB_POLICY_VALUE,
	[GENL_LAB_A_DONE] = NLA_POLICY_MIN(NLA_S32, -GENL_LAB_ERRNO_MAX),
	[GENL_LAB_A_BARE] = { .type = NLA_FLAG },
};

static const struct nla_policy genl_lab_burst_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_COUNT] = NLA_POLICY_FULL_RANGE(NLA_U32,
						   &genl_lab_burst_count),
	[GENL_LAB_A_SIZE] = NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_size),
	[GENL_LAB_A_SEQ] = { .type = NLA_U32 },
	[GENL_LAB_A_PORTID] = { .type = NLA_U32 },
	[GENL_LAB_A_GROUP] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_GROUP_COUNT - 1),
};

static const struct nla_policy genl_lab_forge_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_PAYLOAD] = { .type = NLA_BINARY },
	[GENL_LAB_A_ERRNO] = GENL_LAB_POLICY_ERRNO,
	[GENL_LAB_A_ABSOLUTE] = { .type = NLA_FLAG },
	[GENL_LAB_A_VALUE] = GENL_LAB_POLICY_VALUE,
};

static const struct nla_policy genl_lab_event_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_COUNT] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_EVENT_COUNT_MAX),
	[GENL_LAB_A_SIZE] = NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_size),
	[GENL_LAB_A_SEQ] = { .type = NLA_U32 },
	[GENL_LAB_A_PORTID] = { .type = NLA_U32 },
	[GENL_LAB_A_ABSOLUTE] = { .type = NLA_FLAG },
};

static const struct nla_policy genl_lab_change_policy[GENL_LAB_A_MAX + 1] = {
	[GENL_LAB_A_COUNT] = NLA_POLICY_MAX(NLA_U32,
					    GENL_LAB_CHANGE_COUNT_MAX),
	[GENL_LAB_A_SIZE] = NLA_POLICY_FULL_RANGE(NLA_U32, &genl_lab_size),
	[GENL_LAB_A_GROUP] = NLA_POLICY_MAX(NLA_U32, GENL_LAB_GROUP_COUNT - 1),
};

/* Allows no attribute. */
static const struct nla_policy genl_lab_nothing_policy[GENL_LAB_A_MAX + 1];

/* Small ops cannot have a policy each, these can. */
static const struct genl_ops genl_lab_ops[] = {
	{
		.cmd = GENL_LAB_C_ECHO,
		.doit = genl_lab_echo_doit,
		.policy = genl_lab_echo_policy,
		.maxattr = ARRAY_SIZE(genl_lab_echo_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_RAW,
		.doit = genl_lab_raw_doit,
		.policy = genl_lab_raw_policy,
		.maxattr = ARRAY_SIZE(genl_lab_raw_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_CHECK,
		.doit = genl_lab_nothing_doit,
		.policy = genl_lab_check_policy,
		.maxattr = ARRAY_SIZE(genl_lab_check_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_DUMP,
		.start = genl_lab_dump_start,
		.dumpit = genl_lab_dump_dumpit,
		.policy = genl_lab_dump_policy,
		.maxattr = ARRAY_SIZE(genl_lab_dump_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_FAIL,
		.doit = genl_lab_fail_doit,
		.policy = genl_lab_fail_policy,
		.maxattr = ARRAY_SIZE(genl_lab_fail_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_REPLY,
		.doit = genl_lab_reply_doit,
		.policy = genl_lab_reply_policy,
		.maxattr = ARRAY_SIZE(genl_lab_reply_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_BURST,
		.doit = genl_lab_burst_doit,
		.policy = genl_lab_burst_policy,
		.maxattr = ARRAY_SIZE(genl_lab_burst_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_ADMIN,
		.flags = GENL_ADMIN_PERM,
		.doit = genl_lab_nothing_doit,
		.policy = genl_lab_nothing_policy,
		.maxattr = ARRAY_SIZE(genl_lab_nothing_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_NS_ADMIN,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = genl_lab_nothing_doit,
		.policy = genl_lab_nothing_policy,
		.maxattr = ARRAY_SIZE(genl_lab_nothing_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_FORGE,
		.doit = genl_lab_forge_doit,
		.start = genl_lab_forge_start,
		.dumpit = genl_lab_forge_dumpit,
		.policy = genl_lab_forge_policy,
		.maxattr = ARRAY_SIZE(genl_lab_forge_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_REGISTER,
		.doit = genl_lab_register_doit,
		.policy = genl_lab_nothing_policy,
		.maxattr = ARRAY_SIZE(genl_lab_nothing_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_DEREGISTER,
		.doit = genl_lab_deregister_doit,
		.policy = genl_lab_nothing_policy,
		.maxattr = ARRAY_SIZE(genl_lab_nothing_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_EVENT,
		.doit = genl_lab_event_doit,
		.policy = genl_lab_event_policy,
		.maxattr = ARRAY_SIZE(genl_lab_event_policy) - 1,
	},
	{
		.cmd = GENL_LAB_C_CHANGE,
		.doit = genl_lab_change_doit,
		.policy = genl_lab_change_policy,
		.maxattr = ARRAY_SIZE(genl_lab_change_policy) - 1,
	},
};

static const struct genl_multicast_group genl_lab_groups[] = {
	{ "events" }, { "other" },
	{ "g2" }, { "g3" }, { "g4" }, { "g5" }, { "g6" }, { "g7" }, { "g8" },
	{ "g9" }, { "g10" }, { "g11" }, { "g12" }, { "g13" }, { "g14" },
	{ "g15" }, { "g16" }, { "g17" }, { "g18" }, { "g19" }, { "g20" },
	{ "g21" }, { "g22" }, { "g23" }, { "g24" }, { "g25" }, { "g26" },
	{ "g27" }, { "g28" }, { "g29" }, { "g30" }, { "g31" }, { "g32" },
	{ "g33" }, { "g34" }, { "g35" }, { "g36" }, { "g37" }, { "g38" },
	{ "g39" },
};

static struct genl_family genl_lab_family __ro_after_init = {
	.name = GENL_LAB_NAME,
	.version = GENL_LAB_VERSION,
	.ops = genl_lab_ops,
	.n_ops = ARRAY_SIZE(genl_lab_ops),
	.mcgrps = genl_lab_groups,
	.n_mcgrps = ARRAY_SIZE(genl_lab_groups),
	.module = THIS_MODULE,
	.netnsok = true,
	.parallel_ops = true,
};

static const struct genl_small_ops genl_lab_hdr_ops[] = {
	{
		.cmd = GENL_LAB_C_ECHO,
		.doit = genl_lab_hdr_echo_doit,
	},
};

static struct genl_family genl_lab_hdr_family __ro_after_init = {
	.name = GENL_LAB_HDR_NAME,
	.version = GENL_LAB_VERSION,
	.hdrsize = GENL_LAB_HDR_LEN,
	.maxattr = GENL_LAB_V_MAX,
	.policy = genl_lab_echo_policy,
	.small_ops = genl_lab_hdr_ops,
	.n_small_ops = ARRAY_SIZE(genl_lab_hdr_ops),
	.module = THIS_MODULE,
	.netnsok = true,
	.parallel_ops = true,
};

static const struct genl_small_ops genl_lab_init_ops[] = {
	{
		.cmd = GENL_LAB_C_ECHO,
		.doit = genl_lab_init_echo_doit,
	},
};

static struct genl_family genl_lab_init_family __ro_after_init = {
	.name = GENL_LAB_INIT_NAME,
	.version = GENL_LAB_VERSION,
	.maxattr = GENL_LAB_V_MAX,
	.policy = genl_lab_echo_policy,
	.small_ops = genl_lab_init_ops,
	.n_small_ops = ARRAY_SIZE(genl_lab_init_ops),
	.module = THIS_MODULE,
	.parallel_ops = true,
};

static int __init genl_lab_init(void)
{
	unsigned int i;
	int err;

	BUILD_BUG_ON(ARRAY_SIZE(genl_lab_groups) != GENL_LAB_GROUP_COUNT);

	for (i = 0; i < GENL_LAB_JOB_MAX; i++)
		INIT_DELAYED_WORK(&genl_lab_jobs[i].work, genl_lab_job_work);

	err = -ENOMEM;
	genl_lab_late = alloc_workqueue("genl_lab_late", WQ_UNBOUND, 0);
	if (!genl_lab_late)
		return err;

	/* Each of them can keep a processor busy. */
	genl_lab_bursts = alloc_workqueue("genl_lab_bursts", WQ_UNBOUND, 2);
	if (!genl_lab_bursts)
		goto destroy_late;

	err = netlink_register_notifier(&genl_lab_netlink_notifier);
	if (err)
		goto destroy_bursts;

	err = genl_register_family(&genl_lab_hdr_family);
	if (err)
		goto unregister_notifier;

	err = genl_register_family(&genl_lab_init_family);
	if (err)
		goto unregister_hdr;

	/* The last family starts jobs: nothing may fail after it. */
	err = genl_register_family(&genl_lab_family);
	if (err)
		goto unregister_init;

	pr_info("families registered, for tests only\n");
	return 0;

unregister_init:
	genl_unregister_family(&genl_lab_init_family);
unregister_hdr:
	genl_unregister_family(&genl_lab_hdr_family);
unregister_notifier:
	netlink_unregister_notifier(&genl_lab_netlink_notifier);
destroy_bursts:
	destroy_workqueue(genl_lab_bursts);
destroy_late:
	destroy_workqueue(genl_lab_late);
	return err;
}

static void __exit genl_lab_exit(void)
{
	genl_unregister_family(&genl_lab_family);
	genl_unregister_family(&genl_lab_init_family);
	genl_unregister_family(&genl_lab_hdr_family);
	netlink_unregister_notifier(&genl_lab_netlink_notifier);
	genl_lab_jobs_cancel();
	destroy_workqueue(genl_lab_bursts);
	destroy_workqueue(genl_lab_late);
}

module_init(genl_lab_init);
module_exit(genl_lab_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("The jgenl authors");
MODULE_DESCRIPTION("Generic Netlink families to test netlink libraries with, not for production machines");
