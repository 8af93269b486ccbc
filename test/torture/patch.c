// SPDX-License-Identifier: MIT
/*
 * Patches code while another processor runs it, as a JVM and the kernel do: an aligned word at a time, and
 * whoever has seen the number of a version must run that version or a later one. Real processors hold to
 * that; an emulation need not.
 *
 * usage: patch SECONDS
 * Prints how many versions there were, how many calls, and how many of these went wrong.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <cpuid.h>
#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

static _Atomic uint64_t *code;
static _Atomic uint32_t version; /* its low half: it may be reached again, though not while a call lasts */
static atomic_bool over;
static uint64_t versions, calls, stale, torn, illegal;
static sigjmp_buf before_call;

/* A function that returns the number, in one of two forms: cut together they return another, or nothing. */
static uint64_t function(uint32_t number)
{
	const uint64_t mov = 0xb8, ret = 0xc3, nop = 0x90;
	uint64_t value = number;

	if (number % 2)
		return mov | value << 8 | ret << 40 | nop << 48 | nop << 56;
	return nop | mov << 8 | value << 16 | ret << 48 | nop << 56;
}

static void *patch(void *unused)
{
	(void)unused;
	while (!atomic_load(&over)) {
		uint32_t number = (uint32_t)++versions;

		atomic_store(code, function(number));
		atomic_store(&version, number);
	}
	return NULL;
}

static void on_illegal(int number)
{
	(void)number;
	siglongjmp(before_call, 1);
}

static void call(void)
{
	uint32_t (*run)(void) = (uint32_t (*)(void))(void *)code;
	unsigned int a, b, c, d;
	uint32_t seen, returned;

	if (sigsetjmp(before_call, 1)) {
		illegal++;
		return;
	}
	seen = atomic_load(&version);
	__cpuid(0, a, b, c, d); /* this processor starts anew */
	returned = run();
	calls++;
	stale += (int32_t)(returned - seen) < 0;
	/* The next one may be there already, though its number is not. */
	torn += (int32_t)(returned - atomic_load(&version)) > 1;
}

int main(int argc, char **argv)
{
	const struct sigaction action = { .sa_handler = on_illegal };
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 1);
	pthread_t patcher;

	code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (code == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	atomic_store(code, function(0));
	sigaction(SIGILL, &action, NULL);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGTRAP, &action, NULL);
	if (pthread_create(&patcher, NULL, patch, NULL)) {
		perror("pthread_create");
		return 1;
	}
	while (time(NULL) < end)
		call();
	atomic_store(&over, true);
	pthread_join(patcher, NULL);
	printf("versions %" PRIu64 ", calls %" PRIu64 ", stale %" PRIu64 ", torn %" PRIu64 ", illegal %" PRIu64 "\n",
	       versions, calls, stale, torn, illegal);
	return 0;
}
