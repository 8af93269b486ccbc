// SPDX-License-Identifier: MIT
#include "family.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netlink.h"

static uint64_t number(struct bytes payload)
{
	uint16_t u16;
	uint32_t u32;
	uint64_t u64;

	switch (payload.len) {
	case sizeof(u16):
		memcpy(&u16, payload.data, sizeof(u16));
		return u16;
	case sizeof(u32):
		memcpy(&u32, payload.data, sizeof(u32));
		return u32;
	case sizeof(u64):
		memcpy(&u64, payload.data, sizeof(u64));
		return u64;
	default:
		return 0;
	}
}

static void rule_read(struct rule *rule, struct bytes attrs)
{
	struct bytes payload;
	uint16_t type;

	*rule = (struct rule){ .mask = UINT64_MAX, .max_len = UINT32_MAX, .policy = -1 };
	while (attr_next(&attrs, &type, &payload)) {
		uint64_t value = number(payload);

		switch (type) {
		case NL_POLICY_TYPE_ATTR_TYPE:
			rule->type = (uint32_t)value;
			break;
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_S:
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
			rule->min = value;
			break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_S:
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
			rule->max = value;
			break;
		case NL_POLICY_TYPE_ATTR_MIN_LENGTH:
			rule->min_len = (uint32_t)value;
			break;
		case NL_POLICY_TYPE_ATTR_MAX_LENGTH:
			rule->max_len = (uint32_t)value;
			break;
		case NL_POLICY_TYPE_ATTR_POLICY_IDX:
			rule->policy = value < POLICIES_MAX ? (int)value : -1;
			break;
		case NL_POLICY_TYPE_ATTR_BITFIELD32_MASK:
		case NL_POLICY_TYPE_ATTR_MASK:
			rule->mask = value;
			break;
		default:
			break;
		}
	}
}

/* CTRL_ATTR_POLICY: policies by index, in each its rules by type. */
static void policies_read(struct family *family, struct bytes attrs)
{
	struct bytes rules, rule;
	uint16_t index, type;

	while (attr_next(&attrs, &index, &rules)) {
		while (attr_next(&rules, &type, &rule)) {
			if (index < POLICIES_MAX && type < RULES_MAX)
				rule_read(&family->policies[index].rules[type], rule);
		}
	}
}

/* CTRL_ATTR_OP_POLICY: by command, which policies it has. */
static void command_policies_read(struct family *family, struct bytes attrs)
{
	struct bytes indexes, payload;
	uint16_t command, type;

	while (attr_next(&attrs, &command, &indexes)) {
		while (attr_next(&indexes, &type, &payload)) {
			int index = (int)number(payload);

			for (unsigned int i = 0; i < family->command_count; i++) {
				struct command *known = &family->commands[i];

				if (known->number != command || index >= POLICIES_MAX)
					continue;
				if (type == CTRL_ATTR_POLICY_DO)
					known->do_policy = index;
				else if (type == CTRL_ATTR_POLICY_DUMP)
					known->dump_policy = index;
			}
		}
	}
}

static void commands_read(struct family *family, struct bytes attrs)
{
	struct bytes command, payload;
	uint16_t index, type;

	while (family->command_count < COMMANDS_MAX && attr_next(&attrs, &index, &command)) {
		struct command *known = &family->commands[family->command_count++];

		*known = (struct command){ .do_policy = -1, .dump_policy = -1 };
		while (attr_next(&command, &type, &payload)) {
			if (type == CTRL_ATTR_OP_ID) {
				known->number = (uint8_t)number(payload);
			} else if (type == CTRL_ATTR_OP_FLAGS) {
				known->has_do = number(payload) & GENL_CMD_CAP_DO;
				known->has_dump = number(payload) & GENL_CMD_CAP_DUMP;
			}
		}
	}
}

static void groups_read(struct family *family, struct bytes attrs)
{
	struct bytes group, payload;
	uint16_t index, type;

	while (attr_next(&attrs, &index, &group)) {
		while (attr_next(&group, &type, &payload)) {
			if (type != CTRL_ATTR_MCAST_GRP_ID)
				continue;
			if (!family->group_count++)
				family->first_group = (uint32_t)number(payload);
		}
	}
}

/* One message of the controller, of whichever command. */
static void family_read(struct family *family, struct bytes attrs)
{
	struct bytes payload;
	uint16_t type;

	while (attr_next(&attrs, &type, &payload)) {
		switch (type) {
		case CTRL_ATTR_FAMILY_ID:
			family->id = (uint16_t)number(payload);
			break;
		case CTRL_ATTR_HDRSIZE:
			family->header_len = (uint32_t)number(payload);
			break;
		case CTRL_ATTR_OPS:
			commands_read(family, payload);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			groups_read(family, payload);
			break;
		case CTRL_ATTR_POLICY:
			policies_read(family, payload);
			break;
		case CTRL_ATTR_OP_POLICY:
			command_policies_read(family, payload);
			break;
		default:
			break;
		}
	}
}

/* Asks the controller about the family by its name, and reads what it tells. */
static int controller(struct family *family, uint8_t command, uint16_t flags)
{
	static unsigned char data[1 << 16];
	static struct message request;
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int fd = netlink_open(), result = -EPROTO;
	struct nlmsghdr header;
	ssize_t len;

	message_begin(&request, GENL_ID_CTRL, NLM_F_REQUEST | flags, command);
	attr_put(&request, CTRL_ATTR_FAMILY_NAME, family->name, strlen(family->name) + 1);
	((struct nlmsghdr *)request.data)->nlmsg_len = (uint32_t)request.len;
	if (sendto(fd, request.data, request.len, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		result = -errno;

	while ((len = recv(fd, data, sizeof(data), 0)) > 0) {
		struct bytes messages = { data, (size_t)len }, payload;

		while (message_next(&messages, &header, &payload)) {
			if (message_is_end(&header, payload, &result))
				continue;
			result = 0;
			bytes_skip(&payload, GENL_HDRLEN);
			family_read(family, payload);
		}
	}
	close(fd);
	return result;
}

int family_resolve(struct family *family)
{
	static struct family now;
	int result;

	memset(&now, 0, sizeof(now));
	memcpy(now.name, family->name, sizeof(now.name));
	result = controller(&now, CTRL_CMD_GETFAMILY, 0);
	if (!result) {
		family->id = now.id;
		family->first_group = now.first_group;
	}
	return result;
}

int family_load(struct family *family, const char *name)
{
	int result;

	memset(family, 0, sizeof(*family));
	strncpy(family->name, name, sizeof(family->name) - 1);
	result = controller(family, CTRL_CMD_GETFAMILY, 0);
	return result ? result : controller(family, CTRL_CMD_GETPOLICY, NLM_F_DUMP);
}
