/* SPDX-License-Identifier: MIT */
/*
 * The side of a client that faces the benchmark, as bench/README.md has it:
 * reads lines, runs operations in threads, takes the time, writes answers.
 */
#ifndef SERVE_H
#define SERVE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The longest payload of an exchange and of a message of a dump; that of links
 * and routes is how many there are, which may be more.
 */
#define PAYLOAD_MAX 4096

enum where { HOST, VM };

/*
 * Does an operation @count times on a connection that no other thread uses.
 * Returns how many times it was done, which may be more.  Does not return if
 * anything goes wrong, but ends the program with a message.
 */
typedef uint64_t operation(void *connection, size_t payload, uint64_t count);

struct client {
	/* The library that it is made of, NULL if there is none. */
	const char *library;
	/* Opens a connection for the life of the program. */
	void *(*open)(enum where where);
	/* NULL: unsupported. */
	operation *cycle;
	operation *exchange;
	operation *pipeline;
	operation *dump;
	operation *links;
	operation *routes;
	operation *linkinfo_get;
	operation *features_get;
	operation *getlink;
	operation *get_device;
};

/* What the fields of the objects came to that an operation asked for last. */
extern uint64_t fields_sum;

/* Serves standard input until it ends; returns the exit status. */
int serve(int argc, char **argv, const struct client *client);

#endif /* SERVE_H */
