/* SPDX-License-Identifier: MIT */
/* What the tests in C have in common. */
#ifndef JGENL_CHECK_H
#define JGENL_CHECK_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int passed;
static int failed;

static inline void check(int ok, const char *what)
{
	printf("%s: %s\n", ok ? "ok" : "FAILED", what);
	if (ok)
		passed++;
	else
		failed++;
}

static inline void skip(const char *what)
{
	printf("skipped: %s\n", what);
}

static inline int report(void)
{
	printf("%d passed, %d failed\n", passed, failed);
	return failed ? 1 : 0;
}

/* The number that the next descriptor will have: the lowest that is free. */
static inline int next_descriptor(void)
{
	int fd = dup(0);

	close(fd);
	return fd;
}

static inline int count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int n = 0;

	if (!folder)
		abort();
	while (readdir(folder))
		n++;
	closedir(folder);
	return n;
}

/* Returns what the function returns in a process of its own, or -1. */
static inline int in_child(int (*function)(void))
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child) {
		status = function();
		fflush(stdout);
		_exit(status);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif /* JGENL_CHECK_H */
