// SPDX-License-Identifier: MIT
/*
 * ip: runs the command ip of iproute2 and reads its text.  A dump is a process,
 * a message is a line.
 */
#define _GNU_SOURCE

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve.h"

extern char **environ;

static char *const version_command[] = { "ip", "-V", NULL };
static char *const links_command[] = { "ip", "-o", "link", NULL };
static char *const routes_command[] = { "ip", "-4", "route", NULL };

/* Starts @command and returns where its output comes from. */
static int start(char *const *command, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		err(1, "pipe2");
	errno = posix_spawn_file_actions_init(&actions);
	if (!errno)
		errno = posix_spawn_file_actions_adddup2(&actions, ends[1],
							 STDOUT_FILENO);
	if (!errno)
		errno = posix_spawnp(pid, command[0], &actions, NULL, command,
				     environ);
	if (errno)
		err(1, "cannot run %s", command[0]);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	return ends[0];
}

static size_t read_some(int fd, char *buf, size_t size)
{
	ssize_t len = read(fd, buf, size);

	if (len < 0)
		err(1, "read");
	return (size_t)len;
}

static void end(int fd, pid_t pid)
{
	int status;

	close(fd);
	if (waitpid(pid, &status, 0) < 0)
		err(1, "waitpid");
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		errx(1, "ip failed");
}

/*
 * Counts the lines, each of which begins with a digit: of the number of a link,
 * or of a destination.
 */
static uint64_t list(char *const *command)
{
	bool at_start = true;
	uint64_t lines = 0;
	char buf[65536];
	size_t len;
	pid_t pid;
	int fd = start(command, &pid);

	while ((len = read_some(fd, buf, sizeof(buf)))) {
		const char *p = buf, *stop = buf + len;

		while (p < stop) {
			const char *newline;

			if (at_start && !isdigit((unsigned char)*p))
				errx(1, "a line is not of a link or a route");
			newline = memchr(p, '\n', (size_t)(stop - p));
			at_start = newline;
			lines += at_start;
			p = newline ? newline + 1 : stop;
		}
	}
	end(fd, pid);
	return lines;
}

static uint64_t lists(char *const *command, size_t total, uint64_t count)
{
	uint64_t done = 0;

	while (done < count) {
		uint64_t lines = list(command);

		if (lines != total)
			errx(1, "ip wrote %ju lines", (uintmax_t)lines);
		done += lines;
	}
	return done;
}

static uint64_t links(void *connection, size_t total, uint64_t count)
{
	(void)connection;
	return lists(links_command, total, count);
}

static uint64_t routes(void *connection, size_t total, uint64_t count)
{
	(void)connection;
	return lists(routes_command, total, count);
}

/* Nothing stays open. */
static void *open_connection(enum where where)
{
	(void)where;
	return NULL;
}

/* "ip utility, iproute2-6.1.0, libbpf 1.1.2": what follows the first comma. */
static const char *version(char *text, size_t size)
{
	pid_t pid;
	int fd = start(version_command, &pid);
	char *comma;

	text[read_some(fd, text, size - 1)] = '\0';
	end(fd, pid);
	text[strcspn(text, "\n")] = '\0';
	comma = strstr(text, ", ");
	return comma ? comma + 2 : text;
}

int main(int argc, char **argv)
{
	struct client client = {
		.open = open_connection,
		.links = links,
		.routes = routes,
	};
	char text[128];

	client.library = version(text, sizeof(text));
	return serve(argc, argv, &client);
}
