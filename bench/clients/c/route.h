/* SPDX-License-Identifier: MIT */
/* Dumps of links and of IPv4 routes. */
#ifndef ROUTE_H
#define ROUTE_H

#include "wire.h"

/* Opens a socket that only the kernel can write to. */
void conn_open_route(struct conn *c, enum where where);

/* Requests a dump, of which dump_read() expects @total messages. */
typedef void list(struct dump *d, struct conn *c, uint64_t total);
list list_links, list_routes;

#endif /* ROUTE_H */
