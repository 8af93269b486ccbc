// SPDX-License-Identifier: MIT
/*
 * c-libynl: the kernel's library for its specs, with the code that the kernel
 * generates for the families.  bench/libynl.sh builds it.
 */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <ynl.h>

#include "ethtool-user.h"
#include "rt-link-user.h"
#include "serve.h"
#include "wireguard-user.h"

static const char link_name[] = "veth0";
static const char device_name[] = "wg0";

struct conn {
	struct ynl_sock *ethtool, *route, *wireguard;
};

static struct ynl_sock *open_family(const struct ynl_family *family)
{
	struct ynl_error error;
	struct ynl_sock *sock = ynl_sock_create(family, &error);

	if (!sock)
		errx(1, "%s", error.msg);
	return sock;
}

static void *open_connection(enum where where)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (!c)
		err(1, "calloc");
	if (where == HOST) {
		c->ethtool = open_family(&ynl_ethtool_family);
		c->route = open_family(&ynl_rt_link_family);
	} else {
		c->wireguard = open_family(&ynl_wireguard_family);
	}
	return c;
}

static uint64_t linkinfo(struct ynl_sock *sock)
{
	struct ethtool_linkinfo_get_req *request =
		ethtool_linkinfo_get_req_alloc();
	struct ethtool_linkinfo_get_rsp *info;
	uint64_t sum;

	ethtool_linkinfo_get_req_set_header_dev_name(request, link_name);
	info = ethtool_linkinfo_get(sock, request);
	if (!info)
		errx(1, "%s", sock->err.msg);
	sum = info->header.dev_index + strlen(info->header.dev_name) +
	      info->port + info->phyaddr + info->tp_mdix + info->tp_mdix_ctrl +
	      info->transceiver;
	ethtool_linkinfo_get_rsp_free(info);
	ethtool_linkinfo_get_req_free(request);
	return sum;
}

static uint64_t linkinfo_get(void *connection, size_t payload, uint64_t count)
{
	struct conn *c = connection;

	(void)payload;
	for (uint64_t i = 0; i < count; i++)
		fields_sum = linkinfo(c->ethtool);
	return count;
}

static uint64_t bits(const struct ethtool_bitset *set)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < set->bits._count.bit; i++) {
		const struct ethtool_bitset_bit *bit = &set->bits.bit[i];

		sum += bit->index + strlen(bit->name) + bit->_present.value;
	}
	return sum;
}

static uint64_t features(struct ynl_sock *sock)
{
	struct ethtool_features_get_req *request =
		ethtool_features_get_req_alloc();
	struct ethtool_features_get_rsp *all;
	uint64_t sum;

	ethtool_features_get_req_set_header_dev_name(request, link_name);
	all = ethtool_features_get(sock, request);
	if (!all)
		errx(1, "%s", sock->err.msg);
	sum = bits(&all->hw) + bits(&all->wanted) + bits(&all->active) +
	      bits(&all->nochange);
	ethtool_features_get_rsp_free(all);
	ethtool_features_get_req_free(request);
	return sum;
}

static uint64_t features_get(void *connection, size_t payload, uint64_t count)
{
	struct conn *c = connection;

	(void)payload;
	for (uint64_t i = 0; i < count; i++)
		fields_sum = features(c->ethtool);
	return count;
}

static uint64_t last(const void *bytes, size_t len)
{
	return ((const unsigned char *)bytes)[len - 1];
}

/* Ends the program unless a list has the right length. */
static void check_total(size_t listed, size_t total)
{
	if (listed != total)
		errx(1, "%zu objects instead of %zu", listed, total);
}

static uint64_t link_fields(const struct rt_link_getlink_rsp *link)
{
	return (uint64_t)link->_hdr.ifi_index + strlen(link->ifname) +
	       link->mtu + link->txqlen + link->group + link->num_tx_queues +
	       last(link->address, link->_len.address) +
	       link->stats64->rx_errors +
	       (link->linkinfo.kind && !strcmp(link->linkinfo.kind, "veth"));
}

static void links(struct ynl_sock *sock, size_t total)
{
	struct rt_link_getlink_req_dump *request =
		rt_link_getlink_req_dump_alloc();
	struct rt_link_getlink_list *list = rt_link_getlink_dump(sock, request);
	size_t listed = 0;

	if (!list)
		errx(1, "%s", sock->err.msg);
	fields_sum = 0;
	ynl_dump_foreach(list, link) {
		fields_sum += link_fields(link);
		listed++;
	}
	rt_link_getlink_list_free(list);
	rt_link_getlink_req_dump_free(request);
	check_total(listed, total);
}

static uint64_t getlink(void *connection, size_t total, uint64_t count)
{
	struct conn *c = connection;
	uint64_t done;

	for (done = 0; done < count; done += total)
		links(c->route, total);
	return done;
}

static uint64_t peer_fields(const struct wireguard_wgpeer *peer)
{
	const struct sockaddr_in *endpoint = peer->endpoint;

	return ((const unsigned char *)peer->public_key)[0] +
	       last(&endpoint->sin_port, sizeof(endpoint->sin_port)) +
	       last(&endpoint->sin_addr, sizeof(endpoint->sin_addr)) +
	       peer->persistent_keepalive_interval +
	       (uint64_t)peer->last_handshake_time->tv_sec + peer->rx_bytes +
	       peer->tx_bytes + peer->protocol_version;
}

static void peers(struct ynl_sock *sock, size_t total)
{
	struct wireguard_get_device_req *request =
		wireguard_get_device_req_alloc();
	struct wireguard_get_device_list *list;
	size_t listed = 0;

	wireguard_get_device_req_set_ifname(request, device_name);
	list = wireguard_get_device_dump(sock, request);
	if (!list)
		errx(1, "%s", sock->err.msg);
	fields_sum = 0;
	ynl_dump_foreach(list, device) {
		for (unsigned int i = 0; i < device->_count.peers; i++) {
			const struct wireguard_wgpeer *peer = &device->peers[i];

			/* One that began in the message before has none. */
			if (peer->endpoint) {
				fields_sum += peer_fields(peer);
				listed++;
			}
			for (unsigned int j = 0; j < peer->_count.allowedips;
			     j++) {
				const struct wireguard_wgallowedip *allowed =
					&peer->allowedips[j];

				fields_sum += last(allowed->ipaddr,
						   allowed->_len.ipaddr) +
					      allowed->cidr_mask;
			}
		}
	}
	wireguard_get_device_list_free(list);
	wireguard_get_device_req_free(request);
	check_total(listed, total);
}

static uint64_t get_device(void *connection, size_t total, uint64_t count)
{
	struct conn *c = connection;
	uint64_t done;

	for (done = 0; done < count; done += total)
		peers(c->wireguard, total);
	return done;
}

int main(int argc, char **argv)
{
	struct client client = {
		.library = "libynl of Linux 7.3",
		.open = open_connection,
		.linkinfo_get = linkinfo_get,
		.features_get = features_get,
		.getlink = getlink,
		.get_device = get_device,
	};

	return serve(argc, argv, &client);
}
