// SPDX-License-Identifier: MIT
/*
 * A program that is at fault on purpose, to see that the tool it runs under tells.
 *
 * usage: canary overflow | freed | uninitialised | leak | arithmetic | race
 */
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 16

static int shared;

static volatile unsigned char *allocate(void)
{
	volatile unsigned char *memory = malloc(SIZE);

	if (!memory)
		abort();
	return memory;
}

static void overflow(size_t index)
{
	volatile unsigned char *memory = allocate();

	memory[index + SIZE] = 1;
	free((void *)memory);
}

static int freed(size_t index)
{
	volatile unsigned char *memory = allocate();

	free((void *)memory);
	return memory[index];
}

static int uninitialised(size_t index)
{
	volatile unsigned char *memory = allocate();
	int odd = memory[index] & 1;

	if (odd)
		puts("odd");
	free((void *)memory);
	return odd;
}

static void leak(size_t index)
{
	allocate()[index] = 1;
}

static void *count(void *arg)
{
	for (int i = 0; i < 1000; i++)
		shared++;
	return arg;
}

static void race(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, count, NULL))
		abort();
	count(NULL);
	pthread_join(thread, NULL);
}

int main(int argc, char **argv)
{
	const char *fault = argc == 2 ? argv[1] : "";
	/* The compiler cannot know it. */
	size_t zero = (size_t)argc - 2;

	if (!strcmp(fault, "overflow"))
		overflow(zero);
	else if (!strcmp(fault, "freed"))
		return freed(zero) == 1;
	else if (!strcmp(fault, "uninitialised"))
		return uninitialised(zero);
	else if (!strcmp(fault, "leak"))
		leak(zero);
	else if (!strcmp(fault, "arithmetic"))
		return INT_MAX - 1 + argc == 0;
	else if (!strcmp(fault, "race"))
		race();
	else
		return 2;
	return 0;
}
