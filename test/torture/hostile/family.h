/* SPDX-License-Identifier: MIT */
/* What the controller tells about a family: its commands, and the policies of these. */
#ifndef HOSTILE_FAMILY_H
#define HOSTILE_FAMILY_H

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stdint.h>

#define COMMANDS_MAX 32
#define POLICIES_MAX 48
#define RULES_MAX 64

/* What a policy says about one attribute. */
struct rule {
	/* Of enum netlink_attribute_type; NL_ATTR_TYPE_INVALID: there is no such attribute. */
	uint32_t type;
	/* Of an integer; those of a signed one are sign-extended. */
	uint64_t min, max;
	/* Which bits may be set, of an integer or a bitfield. */
	uint64_t mask;
	uint32_t min_len, max_len;
	/* What lies in the nest, or -1: anything. */
	int policy;
};

struct policy {
	struct rule rules[RULES_MAX];
};

struct command {
	uint8_t number;
	bool has_do, has_dump;
	/* Indexes of policies, or -1: none. */
	int do_policy, dump_policy;
};

struct family {
	char name[GENL_NAMSIZ];
	uint16_t id;
	uint32_t header_len;
	/* The numbers of its groups lie side by side. */
	uint32_t first_group, group_count;
	unsigned int command_count;
	struct command commands[COMMANDS_MAX];
	struct policy policies[POLICIES_MAX];
};

/* Fills in all that the controller tells. Returns 0 or -errno. */
int family_load(struct family *family, const char *name);
/* Only the numbers, which change when its module is loaded anew. Returns 0 or -errno. */
int family_resolve(struct family *family);

#endif
