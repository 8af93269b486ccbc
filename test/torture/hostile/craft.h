/* SPDX-License-Identifier: MIT */
/* Messages that hurt. */
#ifndef HOSTILE_CRAFT_H
#define HOSTILE_CRAFT_H

#include "family.h"
#include "netlink.h"

/* How many of the attributes that a policy has; fewer within a nest. */
enum density { ATTRS_NONE, ATTRS_FEW, ATTRS_MOST, ATTRS_ALL };

/* Any bytes, some of which look like a message to the family. */
void craft_any(struct message *message, const struct family *family);
/* A message that passes the policy. */
void craft_valid(struct message *message, const struct family *family, const struct command *command,
		 bool dump, enum density density);
/* One that passes it but for at most one thing, which is bent. */
void craft_bent(struct message *message, const struct family *family, const struct command *command,
		bool dump);

#endif
