// SPDX-License-Identifier: MIT
#define _GNU_SOURCE

#include <err.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "route.h"

/* Unless it checks strictly, the kernel looks for exceptions of each route. */
void conn_open_route(struct conn *c, enum where where)
{
	const int on = 1;

	conn_open(c, where, NETLINK_ROUTE);
	if (setsockopt(c->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on,
		       sizeof(on)) < 0)
		err(1, "NETLINK_GET_STRICT_CHK");
}

static void check_link(const struct dump *d, struct view payload)
{
	struct view name = find_attr(payload, sizeof(struct ifinfomsg),
				     IFLA_IFNAME);

	(void)d;
	if (name.len < 2)
		errx(1, "a link has no name");
}

/* All routes lead into 10.0.0.0/8. */
static void check_route(const struct dump *d, struct view payload)
{
	struct view dst = find_attr(payload, sizeof(struct rtmsg), RTA_DST);

	(void)d;
	if (dst.len != 4 || dst.data[0] != 10)
		errx(1, "a route has another destination");
}

void list_links(struct dump *d, struct conn *c, uint64_t total)
{
	struct {
		struct nlmsghdr nl;
		struct ifinfomsg header;
	} request = {
		.nl = {
			.nlmsg_len = sizeof(request),
			.nlmsg_type = RTM_GETLINK,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
			.nlmsg_seq = ++c->seq,
			.nlmsg_pid = c->port,
		},
	};

	*d = (struct dump){
		.conn = c,
		.type = RTM_NEWLINK,
		.check = check_link,
		.total = total,
	};
	send_all(c, &request, sizeof(request));
}

void list_routes(struct dump *d, struct conn *c, uint64_t total)
{
	struct {
		struct nlmsghdr nl;
		struct rtmsg header;
	} request = {
		.nl = {
			.nlmsg_len = sizeof(request),
			.nlmsg_type = RTM_GETROUTE,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
			.nlmsg_seq = ++c->seq,
			.nlmsg_pid = c->port,
		},
		.header = { .rtm_family = AF_INET },
	};

	*d = (struct dump){
		.conn = c,
		.type = RTM_NEWROUTE,
		.check = check_route,
		.total = total,
	};
	send_all(c, &request, sizeof(request));
}
