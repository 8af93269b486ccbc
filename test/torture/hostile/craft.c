// SPDX-License-Identifier: MIT
#include "craft.h"

#include <string.h>

#include "random.h"

/* The kernel follows nests ten deep. */
#define DEPTH_MAX 12
/* Names that linux/netlink.h has got since. */
#define ATTR_TYPE_SINT 16
#define ATTR_TYPE_UINT 17

enum bend {
	BEND_NOTHING,
	/* Of one attribute: */
	BEND_BOUND,
	BEND_LENGTH,
	BEND_NEST,
	BEND_DUPLICATE,
	/* Of the message: */
	BEND_ORDER,
	BEND_UNKNOWN,
	BEND_FLAGS,
	BEND_HEADER,
	BEND_END,
};

/* How often each, of 32: what stays within the policy is more than half. */
static const unsigned char bends[32] = {
	BEND_NOTHING, BEND_NOTHING, BEND_NOTHING, BEND_NOTHING, BEND_NOTHING, BEND_NOTHING,
	BEND_BOUND, BEND_BOUND, BEND_BOUND, BEND_BOUND, BEND_BOUND, BEND_BOUND,
	BEND_DUPLICATE, BEND_DUPLICATE, BEND_DUPLICATE, BEND_DUPLICATE,
	BEND_ORDER, BEND_ORDER, BEND_ORDER, BEND_ORDER,
	BEND_FLAGS, BEND_FLAGS, BEND_FLAGS, BEND_FLAGS,
	BEND_LENGTH, BEND_LENGTH, BEND_NEST, BEND_NEST,
	BEND_HEADER, BEND_HEADER, BEND_UNKNOWN, BEND_END,
};

/* A message in the making: what is bent, and how many attributes come before the one that is. */
struct craft {
	struct message *message;
	const struct family *family;
	enum bend bend;
	unsigned int before;
	enum density density;
};

static bool is_signed(const struct rule *rule)
{
	return (rule->type >= NL_ATTR_TYPE_S8 && rule->type <= NL_ATTR_TYPE_S64) || rule->type == ATTR_TYPE_SINT;
}

static size_t integer_len(const struct rule *rule)
{
	switch (rule->type) {
	case NL_ATTR_TYPE_U8:
	case NL_ATTR_TYPE_S8:
		return 1;
	case NL_ATTR_TYPE_U16:
	case NL_ATTR_TYPE_S16:
		return 2;
	case NL_ATTR_TYPE_U32:
	case NL_ATTR_TYPE_S32:
	case ATTR_TYPE_SINT:
	case ATTR_TYPE_UINT:
		return 4;
	case NL_ATTR_TYPE_U64:
	case NL_ATTR_TYPE_S64:
		return 8;
	default:
		return 0;
	}
}

/* Small ones are likelier: a large count of large messages takes its time. */
static uint64_t integer_within(const struct rule *rule)
{
	uint64_t span = rule->max - rule->min, small = span < 8 ? span : 8;

	switch (random_below(48)) {
	case 0:
		return rule->max;
	case 1:
		return rule->max - (span > 0);
	case 2:
		return span == UINT64_MAX ? random_bits() : rule->min + random_below(span + 1);
	default:
		/* Of a signed one these are around 0, if it may be. */
		if (is_signed(rule) && (int64_t)rule->min <= 0 && (int64_t)rule->max >= 8)
			return random_below(9);
		return rule->min + random_below(small + 1);
	}
}

static uint64_t integer_bent(const struct rule *rule)
{
	switch (random_below(6)) {
	case 0:
		return rule->min;
	case 1:
		return rule->max;
	case 2:
		return rule->min + 1;
	case 3:
		return rule->min - 1;
	case 4:
		return rule->max + 1;
	default:
		return rule->mask == UINT64_MAX ? rule->max - 1 : rule->mask + 1;
	}
}

static void put_integer(struct message *message, uint16_t type, const struct rule *rule, enum bend bend)
{
	uint64_t value;

	if (bend == BEND_BOUND)
		value = integer_bent(rule);
	else
		value = integer_within(rule) & rule->mask;
	/* Little end first, as on all machines that this runs on. */
	attr_put(message, type, &value, integer_len(rule));
}

/* Around the bounds, in the middle, or somewhere small. */
static size_t length_within(size_t min, size_t max)
{
	size_t span = max - min;

	switch (random_below(span <= 64 ? 8 : 64)) {
	case 0:
	case 1:
		return max;
	case 2:
	case 3:
		return min + span / 2;
	default:
		return min + random_below((span < 64 ? span : 64) + 1);
	}
}

static size_t length_bent(size_t min, size_t max)
{
	switch (random_below(4)) {
	case 0:
		return min;
	case 1:
		return max;
	case 2:
		return min ? min - 1 : 0;
	default:
		return max + 1;
	}
}

static void put_bytes(struct message *message, uint16_t type, const struct rule *rule, enum bend bend)
{
	static unsigned char bytes[UINT16_MAX];
	const size_t most = 60000;
	bool text = rule->type == NL_ATTR_TYPE_STRING || rule->type == NL_ATTR_TYPE_NUL_STRING;
	size_t max = rule->max_len < most ? rule->max_len : most;
	size_t min = rule->type == NL_ATTR_TYPE_STRING && !rule->min_len ? 1 : rule->min_len;
	size_t len = bend == BEND_BOUND ? length_bent(min, max) : length_within(min, max);

	random_fill(bytes, len);
	if (text) {
		for (size_t i = 0; i < len; i++)
			bytes[i] = bytes[i] ? bytes[i] : '\n';
		if (rule->type == NL_ATTR_TYPE_NUL_STRING)
			bytes[len++] = 0;
	} else if (len >= NLMSG_HDRLEN && random_chance(1, 2)) {
		/* It may be taken for a message. */
		uint32_t inner = (uint32_t)(len + random_below(8) - random_below(8));

		memcpy(bytes, &inner, sizeof(inner));
	}
	attr_put(message, type, bytes, len);
}

static void put_bitfield(struct message *message, uint16_t type, const struct rule *rule, enum bend bend)
{
	struct nla_bitfield32 bits = { .selector = (uint32_t)(random_bits() & rule->mask) };

	bits.value = (uint32_t)random_bits() & bits.selector;
	if (bend == BEND_BOUND) {
		if (random_chance(1, 2))
			bits.value = ~bits.selector;
		else
			bits.selector = (uint32_t)rule->mask + 1;
	}
	attr_put(message, type, &bits, sizeof(bits));
}

static void put_attrs(struct craft *craft, int policy, unsigned int depth);

/* Attributes of any type, to any depth: nobody has looked at them when the handler does. */
static void put_anything(struct craft *craft, unsigned int depth)
{
	while (random_chance(1, 2)) {
		uint16_t type = (uint16_t)random_below(32);

		if (depth < DEPTH_MAX && random_chance(1, 2)) {
			size_t begin = attr_begin(craft->message, type);

			put_anything(craft, depth + 1);
			attr_end(craft->message, begin);
		} else {
			uint64_t bits = random_bits();

			attr_put(craft->message, type, &bits, random_below(sizeof(bits) + 1));
		}
	}
}

static void put_nest(struct craft *craft, uint16_t type, const struct rule *rule, unsigned int depth,
		     enum bend bend)
{
	uint16_t flags = NLA_F_NESTED;
	size_t begin;

	if (bend == BEND_NEST)
		flags = random_chance(1, 2) ? 0 : NLA_F_NESTED | NLA_F_NET_BYTEORDER;
	begin = attr_begin(craft->message, type | flags);
	if (rule->policy < 0) {
		put_anything(craft, depth + 1);
	} else if (rule->type == NL_ATTR_TYPE_NESTED_ARRAY) {
		for (uint16_t i = 0; i < 8 && random_chance(2, 3); i++) {
			size_t element = attr_begin(craft->message, (uint16_t)(i + 1) | NLA_F_NESTED);

			put_attrs(craft, rule->policy, depth + 2);
			attr_end(craft->message, element);
		}
	} else {
		put_attrs(craft, rule->policy, depth + 1);
	}
	attr_end(craft->message, begin);
}

/* A nest within a nest and so on, where a policy refers to itself. */
static void put_deep(struct message *message, uint16_t type)
{
	size_t begins[2 * DEPTH_MAX];
	size_t depth = 1 + random_below(2 * DEPTH_MAX);

	for (size_t i = 0; i < depth; i++)
		begins[i] = attr_begin(message, type | NLA_F_NESTED);
	while (depth)
		attr_end(message, begins[--depth]);
}

static void put_payload(struct craft *craft, uint16_t type, const struct rule *rule, unsigned int depth,
			enum bend bend)
{
	switch (rule->type) {
	case NL_ATTR_TYPE_FLAG:
		attr_put(craft->message, type, "", bend == BEND_BOUND);
		break;
	case NL_ATTR_TYPE_NESTED:
	case NL_ATTR_TYPE_NESTED_ARRAY:
		if (bend == BEND_BOUND)
			put_deep(craft->message, type);
		else
			put_nest(craft, type, rule, depth, bend);
		break;
	case NL_ATTR_TYPE_BITFIELD32:
		put_bitfield(craft->message, type, rule, bend);
		break;
	default:
		if (integer_len(rule))
			put_integer(craft->message, type, rule, bend);
		else
			put_bytes(craft->message, type, rule, bend);
	}
}

/* A length that is not that of what follows. */
static void bend_length(struct message *message, size_t begin)
{
	static const int wrong[] = { -4, -1, 1, 4, 0x7fff };
	uint16_t len;

	if (begin == message->len) /* it did not fit */
		return;
	memcpy(&len, message->data + begin, sizeof(len));
	len = random_chance(1, 4) ? (uint16_t)random_below(sizeof(struct nlattr)) :
				    (uint16_t)(len + wrong[random_below(sizeof(wrong) / sizeof(*wrong))]);
	memcpy(message->data + begin, &len, sizeof(len));
}

static void put_attr(struct craft *craft, uint16_t type, const struct rule *rule, unsigned int depth)
{
	enum bend bend = craft->before-- ? BEND_NOTHING : craft->bend;
	size_t begin = craft->message->len;
	size_t copies = 0;

	put_payload(craft, type, rule, depth, bend);
	if (bend == BEND_LENGTH)
		bend_length(craft->message, begin);
	if (bend == BEND_NEST && rule->type < NL_ATTR_TYPE_NESTED && begin < craft->message->len)
		craft->message->data[begin + 3] |= NLA_F_NESTED >> 8;
	if (bend == BEND_DUPLICATE)
		copies = random_chance(1, 16) ? random_below(500) : 1;
	while (copies--)
		put_payload(craft, type, rule, depth, BEND_NOTHING);
}

static bool wants_attr(const struct craft *craft, unsigned int depth)
{
	if (depth == 0 && craft->density == ATTRS_ALL)
		return true;
	if (depth == 0 && craft->density == ATTRS_MOST)
		return random_chance(3, 4);
	return random_chance(1, 3 + depth);
}

static void put_attrs(struct craft *craft, int policy, unsigned int depth)
{
	unsigned int start = craft->bend == BEND_ORDER ? (unsigned int)random_below(RULES_MAX) : 0;
	unsigned int step = craft->bend == BEND_ORDER && random_chance(1, 2) ? RULES_MAX - 1 : 1;

	if (policy < 0 || depth >= DEPTH_MAX || craft->density == ATTRS_NONE)
		return;
	for (unsigned int i = 0; i < RULES_MAX; i++) {
		unsigned int type = (start + i * step) % RULES_MAX;
		const struct rule *rule = &craft->family->policies[policy].rules[type];

		if (rule->type == NL_ATTR_TYPE_INVALID)
			continue;
		if (wants_attr(craft, depth))
			put_attr(craft, (uint16_t)type, rule, depth);
	}
}

static void bend_header(struct message *message)
{
	struct nlmsghdr *header = (struct nlmsghdr *)message->data;
	struct genlmsghdr *generic = (struct genlmsghdr *)(message->data + NLMSG_HDRLEN);

	switch (random_below(5)) {
	case 0:
		generic->version = (uint8_t)random_bits();
		break;
	case 1:
		generic->reserved = (uint16_t)random_bits();
		break;
	case 2:
		header->nlmsg_pid = (uint32_t)random_bits();
		break;
	case 3:
		header->nlmsg_seq = 0;
		break;
	default:
		header->nlmsg_len = (uint32_t)(message->len + random_below(16) - 8);
	}
}

/* Bytes behind the message, whether its length counts them or not. */
static void bend_end(struct message *message)
{
	struct nlmsghdr *header = (struct nlmsghdr *)message->data;
	unsigned char rest[64];

	if (random_chance(1, 2))
		header->nlmsg_len = (uint32_t)message->len;
	random_fill(rest, sizeof(rest));
	message_put(message, rest, random_below(sizeof(rest) + 1));
}

static void bend_message(struct craft *craft)
{
	struct message *message = craft->message;
	struct nlmsghdr *header = (struct nlmsghdr *)message->data;
	uint32_t bits = (uint32_t)random_bits();

	switch (craft->bend) {
	case BEND_UNKNOWN:
		attr_put(message, (uint16_t)bits, &bits, sizeof(bits));
		break;
	case BEND_FLAGS:
		/* A dump stays one, and what is none seldom becomes one. */
		header->nlmsg_flags ^= random_chance(1, 4) ? (uint16_t)bits : NLM_F_ACK | NLM_F_ECHO | NLM_F_CREATE;
		break;
	case BEND_HEADER:
		bend_header(message);
		break;
	case BEND_END:
		bend_end(message);
		break;
	default:
		break;
	}
}

static void craft_message(struct craft *craft, const struct command *command, bool dump)
{
	uint16_t flags = NLM_F_REQUEST | (dump ? NLM_F_DUMP : NLM_F_ACK);
	unsigned char header[64];

	message_begin(craft->message, craft->family->id, flags, command->number);
	random_fill(header, sizeof(header));
	message_put(craft->message, header, craft->family->header_len % sizeof(header));
	put_attrs(craft, dump ? command->dump_policy : command->do_policy, 0);
	bend_message(craft);
}

void craft_valid(struct message *message, const struct family *family, const struct command *command,
		 bool dump, enum density density)
{
	struct craft craft = { .message = message, .family = family, .density = density };

	craft_message(&craft, command, dump);
}

void craft_bent(struct message *message, const struct family *family, const struct command *command,
		bool dump)
{
	struct craft craft = {
		.message = message,
		.family = family,
		.bend = bends[random_below(sizeof(bends))],
		.before = (unsigned int)random_below(4),
		.density = ATTRS_FEW,
	};

	craft_message(&craft, command, dump);
}

void craft_any(struct message *message, const struct family *family)
{
	static unsigned char bytes[4096];
	const struct command *command = &family->commands[random_below(family->command_count)];
	size_t len = random_chance(1, 16) ? random_below(sizeof(bytes) + 1) : random_below(128);

	random_fill(bytes, len);
	switch (random_below(4)) {
	case 0: /* nothing but bytes */
		message->len = 0;
		message_put(message, bytes, len);
		break;
	case 1: /* a header of netlink */
		message_begin(message, family->id, NLM_F_REQUEST | (uint16_t)random_bits(), (uint8_t)random_bits());
		message->len = NLMSG_HDRLEN;
		message_put(message, bytes, len);
		break;
	case 2: /* that of a command, too */
		message_begin(message, family->id, NLM_F_REQUEST | NLM_F_ACK, command->number);
		message_put(message, bytes, len);
		break;
	default: /* attributes, too */
		message_begin(message, family->id, NLM_F_REQUEST | NLM_F_ACK | (random_chance(1, 4) ? NLM_F_DUMP : 0),
			      command->number);
		for (size_t done = 0; done < len; done += 8)
			attr_put(message, (uint16_t)random_below(32), bytes + done, random_below(9));
	}
}
