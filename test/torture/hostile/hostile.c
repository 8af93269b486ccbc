// SPDX-License-Identifier: MIT
/*
 * Sends hostile messages to Generic Netlink families, and makes allocations of the kernel fail.
 *
 * What it finds, the kernel tells: run it under one with sanitizers, and look at its log.
 */
#define _GNU_SOURCE /* syscall */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "counters.h"
#include "craft.h"
#include "random.h"

#define FAMILIES_MAX 8
#define SOCKETS 4
/* So many messages to one command in a row: the counters are read in between. */
#define BATCH 200
/* More allocations than any command makes, or the loading of a module. */
#define FAULTS_MAX 20000

static const char usage[] =
	"usage: hostile MODE [OPTION...] FAMILY... | MODULE.ko\n"
	"\n"
	"  any      sends any bytes, some of which look like messages\n"
	"  guided   reads the policies of the families, sends messages that pass them, most of which have one\n"
	"           thing that is bent; prints a line a command: family, command, messages sent, handled,\n"
	"           microseconds that each took\n"
	"  faults   has the 1st, 2nd, 3rd... allocation fail that a valid message to each command makes;\n"
	"           prints a line a command: family, command, faults, and fails if there were none\n"
	"  stay     sends the command of --command to FAMILY, says so, and keeps its socket open\n"
	"  load     the same while MODULE.ko is loaded, until it is; prints: module, faults, refusals\n"
	"\n"
	"  --count N    so many messages [10000]\n"
	"  --seed N     of the random numbers [1]\n"
	"  --counters   guided: the kernel's function profiler counts what is handled\n"
	"  --reloads    the families come and go\n"
	"  --variants N faults: so many messages to each command: without attributes, with all, with most [3]\n"
	"  --command N  stay: its number\n"
	"  --step N     load: only every N-th allocation [1]\n"
	"\n"
	"Progress is told on stderr.\n";

static struct family families[FAMILIES_MAX];
static size_t family_count;
static int sockets[SOCKETS];
static struct message message;
static uint64_t count = 10000, variants = 3, step = 1, chosen_command;
static bool with_counters, with_reloads;

__attribute__((noreturn, format(printf, 1, 2))) static void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("hostile: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	exit(1);
}

static void progress(const char *what, uint64_t done, uint64_t total)
{
	static time_t began, last;
	time_t now = time(NULL);

	if (!began)
		began = last = now;
	if (now - last < 10)
		return;
	last = now;
	fprintf(stderr, "%s: %" PRIu64 " of %" PRIu64 ", %" PRIu64 "/s\n", what, done, total,
		done / (uint64_t)(now - began));
}

static void socket_renew(int *fd)
{
	const struct family *family = &families[random_below(family_count)];

	close(*fd);
	*fd = netlink_open();
	/* Then notifications are sent, and with so little room some are lost. */
	if (family->group_count && random_chance(1, 2)) {
		int group = (int)(family->first_group + random_below(family->group_count));
		int room = random_chance(1, 4) ? 4096 : 65536;

		setsockopt(*fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
		setsockopt(*fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	}
}

/* Waits for a family that is gone at the moment. */
static void resolve_again(struct family *family)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	for (int i = 0; i < 60000; i++) {
		if (!family_resolve(family))
			return;
		nanosleep(&pause, NULL);
	}
	die("family %s does not come back", family->name);
}

static void send_hostile(struct family *family)
{
	int *fd = &sockets[random_below(SOCKETS)];
	struct answer answer = netlink_exchange(*fd, &message);

	if (answer.unfinished || random_chance(1, 64))
		socket_renew(fd);
	if (with_reloads && answer.ended && answer.code == -ENOENT)
		resolve_again(family);
}

static void send_any(void)
{
	for (uint64_t i = 0; i < count; i++) {
		struct family *family = &families[random_below(family_count)];

		craft_any(&message, family);
		send_hostile(family);
		progress("any bytes", i, count);
	}
}

static bool wants_dump(const struct command *command)
{
	return command->has_dump && (!command->has_do || random_chance(1, 2));
}

/* How many of each command, how many of these reached its handler, how long they took together. */
static uint64_t sent[FAMILIES_MAX][COMMANDS_MAX], handled[FAMILIES_MAX][COMMANDS_MAX];
static uint64_t microseconds[FAMILIES_MAX][COMMANDS_MAX];

static uint64_t clock_read(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void send_batch(size_t number, unsigned int index, uint64_t size)
{
	struct family *family = &families[number];
	const struct command *command = &family->commands[index];
	uint64_t before = with_counters ? counters_read() : 0, since = clock_read();

	for (uint64_t i = 0; i < size; i++) {
		craft_bent(&message, family, command, wants_dump(command));
		send_hostile(family);
	}
	microseconds[number][index] += clock_read() - since;
	sent[number][index] += size;
	if (with_counters)
		handled[number][index] += counters_read() - before;
}

static void send_guided(void)
{
	uint64_t done = 0;

	while (done < count) {
		for (size_t number = 0; number < family_count; number++) {
			for (unsigned int i = 0; i < families[number].command_count; i++) {
				uint64_t size = count - done < BATCH ? count - done : BATCH;

				send_batch(number, i, size);
				done += size;
				progress("guided", done, count);
			}
		}
	}
	for (size_t number = 0; number < family_count; number++) {
		const struct family *family = &families[number];

		for (unsigned int i = 0; i < family->command_count; i++)
			printf("%s\t%u\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n", family->name,
			       family->commands[i].number, sent[number][i], handled[number][i],
			       sent[number][i] ? microseconds[number][i] / sent[number][i] : 0);
	}
}

/* The file that has the n-th allocation of this thread fail, see Documentation/fault-injection. */
static int fail_nth_open(void)
{
	int fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die("/proc/thread-self/fail-nth: %s", strerror(errno));
	return fd;
}

static void fail_nth(int fd, unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(fd, text, (size_t)len, 0) != len)
		die("fail-nth: %s", strerror(errno));
}

/* Ends it. Returns whether an allocation has failed: what was left has come to 0. */
static bool fail_nth_end(int fd)
{
	char text[16] = "";

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		die("fail-nth: %s", strerror(errno));
	fail_nth(fd, 0);
	return atoi(text) == 0;
}

static unsigned int fault_message(int nth, const struct family *family, const struct command *command,
				  bool dump)
{
	for (unsigned int n = 1; n <= FAULTS_MAX; n++) {
		int fd = netlink_open();
		bool failed;

		fail_nth(nth, n);
		netlink_exchange(fd, &message);
		failed = fail_nth_end(nth);
		close(fd);
		if (!failed)
			return n - 1;
	}
	die("%s, command %u%s: there is no end of allocations", family->name, command->number,
	    dump ? ", dump" : "");
}

static void fault_command(int nth, const struct family *family, const struct command *command)
{
	/* What is chosen at random may be what a handler refuses before it allocates. */
	static const enum density densities[] = { ATTRS_NONE, ATTRS_ALL };
	uint64_t faults = 0;

	for (uint64_t i = 0; i < variants; i++) {
		for (int dump = 0; dump < 2; dump++) {
			if (!(dump ? command->has_dump : command->has_do))
				continue;
			craft_valid(&message, family, command, dump, i < 2 ? densities[i] : ATTRS_MOST);
			faults += fault_message(nth, family, command, dump);
		}
	}
	printf("%s\t%u\t%" PRIu64 "\n", family->name, command->number, faults);
	fflush(stdout);
}

static void make_faults(void)
{
	static struct family again;
	int nth = fail_nth_open();

	for (size_t number = 0; number < family_count; number++) {
		const struct family *family = &families[number];

		for (unsigned int i = 0; i < family->command_count; i++) {
			fault_command(nth, family, &family->commands[i]);
			progress("faults: commands", i, family->command_count);
		}
		/* After all that it is as it was. */
		if (family_load(&again, family->name) || again.id != family->id)
			die("family %s is not what it was", family->name);
	}
	close(nth);
}

/* Whatever the command makes of its socket lasts until this process is ended. */
static void stay(void)
{
	struct answer answer;

	message_begin(&message, families[0].id, NLM_F_REQUEST | NLM_F_ACK, (uint8_t)chosen_command);
	answer = netlink_exchange(sockets[0], &message);
	if (!answer.ended || answer.code)
		die("%s refuses the command %" PRIu64, families[0].name, chosen_command);
	puts("there");
	fflush(stdout);
	pause();
}

/* Loads a module while its n-th allocation fails, until none does; then it stays. */
static void load(const char *path)
{
	int nth = fail_nth_open(), module = open(path, O_RDONLY | O_CLOEXEC);
	const char *file = strrchr(path, '/');
	unsigned int faults = 0, refused = 0;
	char name[64] = "";

	if (module < 0)
		die("%s: %s", path, strerror(errno));
	sscanf(file ? file + 1 : path, "%63[^.]", name);
	for (uint64_t n = 1; n <= FAULTS_MAX; n += step) {
		bool failed;
		long result;

		fail_nth(nth, (unsigned int)n);
		result = syscall(SYS_finit_module, module, "", 0);
		failed = fail_nth_end(nth);
		if (!failed) {
			if (result)
				die("%s cannot be loaded after %u faults: %s", path, faults, strerror(errno));
			printf("%s\t%u\t%u\n", name, faults, refused);
			return;
		}
		faults++;
		if (result)
			refused++;
		else if (syscall(SYS_delete_module, name, O_NONBLOCK))
			die("%s cannot be unloaded: %s", name, strerror(errno));
		progress("faults of a module", n, n);
	}
	die("%s: there is no end of allocations", path);
}

/* It ends the sleep of a handler, and nothing else. */
static void on_alarm(int number)
{
	(void)number;
}

static void interrupt_often(void)
{
	const struct sigaction action = { .sa_handler = on_alarm, .sa_flags = SA_RESTART };
	const struct itimerval timer = { .it_interval.tv_usec = 20000, .it_value.tv_usec = 20000 };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

static void open_all(char **names)
{
	for (; *names; names++) {
		int error;

		if (family_count == FAMILIES_MAX)
			die("too many families");
		error = family_load(&families[family_count], *names);
		if (error)
			die("family %s: %s", *names, strerror(-error));
		family_count++;
	}
	if (!family_count)
		die("name a family, see --help");
	for (int i = 0; i < SOCKETS; i++)
		sockets[i] = netlink_open();
}

static uint64_t parse_number(const char *text)
{
	char *end;
	uint64_t value;

	errno = 0;
	value = strtoull(text, &end, 10);
	if (errno || end == text || *end)
		die("'%s' is no number", text);
	return value;
}

static void parse_options(int argc, char **argv)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'c' },
		{ "seed", required_argument, NULL, 's' },
		{ "variants", required_argument, NULL, 'v' },
		{ "step", required_argument, NULL, 'S' },
		{ "command", required_argument, NULL, 'n' },
		{ "counters", no_argument, NULL, 'C' },
		{ "reloads", no_argument, NULL, 'R' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			count = parse_number(optarg);
			break;
		case 's':
			random_seed(parse_number(optarg));
			break;
		case 'v':
			variants = parse_number(optarg);
			break;
		case 'S':
			step = parse_number(optarg);
			if (!step)
				die("a step of 0 leads nowhere");
			break;
		case 'n':
			chosen_command = parse_number(optarg);
			break;
		case 'C':
			with_counters = true;
			break;
		case 'R':
			with_reloads = true;
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default:
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	const char *mode;

	parse_options(argc, argv);
	mode = argv[optind] ? argv[optind++] : "";
	if (!strcmp(mode, "load")) {
		if (!argv[optind])
			die("name a module, see --help");
		load(argv[optind]);
		return 0;
	}
	open_all(argv + optind);
	if (!strcmp(mode, "stay")) {
		stay();
		return 0;
	}
	interrupt_often();
	if (!strcmp(mode, "any"))
		send_any();
	else if (!strcmp(mode, "guided"))
		send_guided();
	else if (!strcmp(mode, "faults"))
		make_faults();
	else
		die("there is no mode '%s', see --help", mode);
	return 0;
}
