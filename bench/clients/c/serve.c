// SPDX-License-Identifier: MIT
#define _GNU_SOURCE

#include <err.h>
#include <errno.h>
#include <gnu/libc-version.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "serve.h"

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

#define THREADS_MAX 1024

struct work {
	operation *run;
	void *connection;
	size_t payload;
	uint64_t count, done;
	int64_t start, end;	/* nanoseconds */
	pthread_barrier_t *all_started;
	pthread_t thread;
};

uint64_t fields_sum;

/* A thread keeps its connection from one line to the next. */
static void *connections[THREADS_MAX];

static int64_t now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) < 0)
		err(1, "clock_gettime");
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void work(struct work *w)
{
	w->start = now();
	w->done = w->run(w->connection, w->payload, w->count);
	w->end = now();
}

static void *thread(void *arg)
{
	struct work *w = arg;

	pthread_barrier_wait(w->all_started);
	work(w);
	return NULL;
}

static void work_in_threads(struct work *works, unsigned int threads)
{
	pthread_barrier_t all_started;

	errno = pthread_barrier_init(&all_started, NULL, threads);
	if (errno)
		err(1, "pthread_barrier_init");
	for (unsigned int i = 0; i < threads; i++) {
		works[i].all_started = &all_started;
		errno = pthread_create(&works[i].thread, NULL, thread,
				       &works[i]);
		if (errno)
			err(1, "pthread_create");
	}
	for (unsigned int i = 0; i < threads; i++) {
		errno = pthread_join(works[i].thread, NULL);
		if (errno)
			err(1, "pthread_join");
	}
	pthread_barrier_destroy(&all_started);
}

static operation *find(const struct client *client, const char *name)
{
	if (!strcmp(name, "cycle"))
		return client->cycle;
	if (!strcmp(name, "exchange"))
		return client->exchange;
	if (!strcmp(name, "pipeline"))
		return client->pipeline;
	if (!strcmp(name, "dump"))
		return client->dump;
	if (!strcmp(name, "links"))
		return client->links;
	if (!strcmp(name, "routes"))
		return client->routes;
	if (!strcmp(name, "linkinfo-get"))
		return client->linkinfo_get;
	if (!strcmp(name, "features-get"))
		return client->features_get;
	if (!strcmp(name, "getlink"))
		return client->getlink;
	if (!strcmp(name, "get-device"))
		return client->get_device;
	errx(1, "no such operation: %s", name);
}

static size_t payload_max(const char *name)
{
	return !strcmp(name, "links") || !strcmp(name, "routes") ||
			       !strcmp(name, "getlink") ||
			       !strcmp(name, "get-device") ?
		       UINT32_MAX :
		       PAYLOAD_MAX;
}

/* @count is what all threads do together. */
static void answer(const struct client *client, enum where where,
		   operation *run, size_t payload, unsigned int threads,
		   uint64_t count)
{
	struct work *works = calloc(threads, sizeof(*works));
	int64_t start, end;
	uint64_t done = 0;

	if (!works)
		err(1, "calloc");
	for (unsigned int i = 0; i < threads; i++) {
		if (!connections[i])
			connections[i] = client->open(where);
		works[i] = (struct work){
			.run = run,
			.connection = connections[i],
			.payload = payload,
			.count = count / threads + (count % threads > i),
		};
	}

	/* The only thread is this one: there is none to be waited for. */
	if (threads == 1)
		work(works);
	else
		work_in_threads(works, threads);

	start = works[0].start;
	end = works[0].end;
	for (unsigned int i = 0; i < threads; i++) {
		start = works[i].start < start ? works[i].start : start;
		end = works[i].end > end ? works[i].end : end;
		done += works[i].done;
	}
	printf("%" PRId64 " %" PRIu64, end - start, done);
	if (fields_sum)
		printf(" %" PRIu64, fields_sum);
	putchar('\n');
	free(works);
}

int serve(int argc, char **argv, const struct client *client)
{
	enum where where;
	size_t size = 0;
	char *line = NULL;

	if (argc == 2 && !strcmp(argv[1], "host"))
		where = HOST;
	else if (argc == 2 && !strcmp(argv[1], "vm"))
		where = VM;
	else
		errx(2, "usage: %s host|vm", program_invocation_short_name);

	if (client->library)
		printf("%s, " COMPILER "\n", client->library);
	else
		printf("glibc %s, " COMPILER "\n", gnu_get_libc_version());
	/* Now, so that no line has to: traces are read from line to line. */
	connections[0] = client->open(where);

	while (fflush(stdout) == 0 && getline(&line, &size, stdin) >= 0) {
		unsigned int threads;
		uint64_t count;
		size_t payload;
		operation *run;
		char name[16], rest;

		if (sscanf(line, "%15s %zu %u %" SCNu64 " %c", name, &payload,
			   &threads, &count, &rest) != 4 ||
		    payload > payload_max(name) || threads == 0 ||
		    threads > THREADS_MAX || count == 0)
			errx(1, "not understood: %s", line);
		run = find(client, name);
		if (run)
			answer(client, where, run, payload, threads, count);
		else
			puts("unsupported");
	}
	free(line);
	if (ferror(stdin) || ferror(stdout))
		err(1, "standard input or output");
	return 0;
}
