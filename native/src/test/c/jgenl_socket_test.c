/* SPDX-License-Identifier: MIT */
/*
 * jgenl_socket.h on the running kernel: no module and no privilege needed,
 * because the controller, nlctrl, is a family like any other.  What does need
 * privilege is skipped without.
 */
#define _GNU_SOURCE /* usleep, setitimer, seteuid */

#include "check.h"
#include "jgenl_socket.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdalign.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

#define STRIDE 32768
#define MS 1000000

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

/* The linker puts these in the place of what the shim calls. */
static int allocations_fail;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);

void *__wrap_malloc(size_t size)
{
	return allocations_fail ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return allocations_fail ? NULL : __real_calloc(n, size);
}

static struct jgenl_socket *open_or_die(int protocol, int kernel_only)
{
	struct jgenl_socket *s;
	int err = jgenl_socket_open(&s, protocol, kernel_only);

	if (err) {
		fprintf(stderr, "cannot open: %s\n", strerror(-err));
		exit(1);
	}
	return s;
}

static struct jgenl_slots make_slots(int count)
{
	struct jgenl_slots slots = {
		.memory = calloc(1, JGENL_TABLE_SIZE +
					    (size_t)count * STRIDE),
		.count = count,
		.stride = STRIDE,
	};

	if (!slots.memory)
		abort();
	return slots;
}

static const struct jgenl_datagram *datagram(const struct jgenl_slots *slots,
					     int i)
{
	return (const struct jgenl_datagram *)slots->memory + i;
}

static const struct nlmsghdr *message(const struct jgenl_slots *slots, int i)
{
	return (const void *)((const char *)slots->memory + JGENL_TABLE_SIZE +
			      i * slots->stride);
}

/* Receives once there is something; at most a second. */
static int await(struct jgenl_socket *s, const struct jgenl_slots *slots)
{
	int n = jgenl_socket_receive(s, slots);

	if (!n && jgenl_socket_wait(s, 1000 * (int64_t)MS) == JGENL_READABLE)
		n = jgenl_socket_receive(s, slots);
	return n;
}

struct get_family {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	struct nlattr attr;
	char name[8];
};

/* | nlmsghdr 16 | genlmsghdr 4 | nlattr 4 | "nlctrl\0" | 1 byte of padding | */
static struct get_family get_nlctrl(uint16_t flags, uint32_t seq)
{
	return (struct get_family){
		.nl = { .nlmsg_len = sizeof(struct get_family),
			.nlmsg_type = GENL_ID_CTRL,
			.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags),
			.nlmsg_seq = seq },
		.genl = { .cmd = CTRL_CMD_GETFAMILY, .version = 2 },
		.attr = { .nla_len = sizeof(struct nlattr) + sizeof("nlctrl"),
			  .nla_type = CTRL_ATTR_FAMILY_NAME },
		.name = "nlctrl",
	};
}

static void test_exchange(struct jgenl_socket *s)
{
	struct get_family request = get_nlctrl(NLM_F_ACK, 7);
	struct jgenl_slots two = make_slots(2);
	struct jgenl_slots one = make_slots(1);
	int n;

	n = jgenl_socket_exchange(s, &request, sizeof(request), &two);
	check(n == 2, "an exchange takes answer and ACK at once");
	check(datagram(&two, 0)->sender == 0 && datagram(&two, 0)->group == 0,
	      "the sender is the kernel, and no group");
	check(datagram(&two, 0)->length == message(&two, 0)->nlmsg_len,
	      "the length of the datagram is that of its message");
	check(message(&two, 0)->nlmsg_seq == 7 &&
		      message(&two, 0)->nlmsg_pid == jgenl_socket_port(s),
	      "the answer bears our sequence number and port");
	check(message(&two, 1)->nlmsg_type == NLMSG_ERROR, "the ACK is second");

	request = get_nlctrl(0, 8);
	n = jgenl_socket_exchange(s, &request, sizeof(request), &one);
	check(n == 1 && message(&one, 0)->nlmsg_seq == 8,
	      "one slot takes one datagram");

	one.stride = 24;
	n = jgenl_socket_exchange(s, &request, sizeof(request), &one);
	check(n == 1 && datagram(&one, 0)->length > 24,
	      "T07 a truncated datagram shows its whole length");
	free(two.memory);
	free(one.memory);
}

static int resolve(struct jgenl_socket *s, const char *family,
		   uint32_t sequence, void *reply, int size)
{
	const struct jgenl_resolution resolution = {
		.family = family,
		.sequence = sequence,
		.reply = reply,
		.size = size,
	};

	return jgenl_socket_resolve(s, &resolution);
}

static void test_resolve(struct jgenl_socket *s)
{
	alignas(struct nlmsghdr) char reply[8192];
	const struct nlmsghdr *header = (const void *)reply;
	int n;

	n = resolve(s, "nlctrl", 4711, reply, sizeof(reply));
	check(n > 0 && header->nlmsg_len == (uint32_t)n &&
		      header->nlmsg_type == GENL_ID_CTRL,
	      "resolving a family leaves the controller's answer");
	check(header->nlmsg_seq == 4711,
	      "the request bears the sequence number that is asked for");
	check(resolve(s, "nlctrl", 1, reply, 20) == -EMSGSIZE,
	      "an answer larger than the buffer is refused");
	check(resolve(s, "no such family", 2, reply, sizeof(reply)) == -ENOENT,
	      "T04 an unknown family is ENOENT");
	check(resolve(s, "sixteen chars ..", 3, reply, sizeof(reply)) ==
		      -ENAMETOOLONG,
	      "T56 a name that is too long is refused");
	allocations_fail = 1;
	n = resolve(s, "nlctrl", 4, reply, sizeof(reply));
	allocations_fail = 0;
	check(n == -ENOMEM, "T49 without memory it is ENOMEM");
	n = resolve(s, "nlctrl", 5, reply, sizeof(reply));
	check(n > 0 && header->nlmsg_seq == 5, "T49 and with it all right");
}

/* Puts a message that looks like an answer into the queue of a socket. */
static int forge(struct jgenl_socket *s, uint32_t sequence)
{
	struct sockaddr_nl to = { .nl_family = AF_NETLINK,
				  .nl_pid = jgenl_socket_port(s) };
	struct get_family forged = get_nlctrl(0, sequence);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	ssize_t n;
	int err;

	forged.nl.nlmsg_pid = to.nl_pid;
	n = sendto(fd, &forged, sizeof(forged), 0,
		   (const struct sockaddr *)&to, sizeof(to));
	err = n < 0 ? errno : 0;
	close(fd);
	return err;
}

static void test_leftovers(void)
{
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 0);
	struct get_family request = get_nlctrl(NLM_F_ACK, 98);
	alignas(struct nlmsghdr) char reply[8192];
	const struct nlmsghdr *header = (const void *)reply;
	int n;

	check(!jgenl_socket_send(s, &request, sizeof(request)) &&
		      resolve(s, "no such family", 99, reply, sizeof(reply)) ==
			      -ENOENT,
	      "T38 an answer that nobody took does not resolve another name");
	jgenl_socket_send(s, &request, sizeof(request));
	n = resolve(s, "nlctrl", 100, reply, sizeof(reply));
	check(n > 0 && header->nlmsg_seq == 100,
	      "T38 nor is it taken for the answer");
	if (forge(s, 101)) {
		skip("messages of others: no privilege");
	} else {
		n = resolve(s, "nlctrl", 101, reply, sizeof(reply));
		check(n > 0 && n != sizeof(struct get_family),
		      "T05 a message of another process is no answer");
	}
	jgenl_socket_free(s);
}

/* A family whose answer does not come: it was taken before. */
static void test_missing_answer(struct jgenl_socket *s)
{
	alignas(struct nlmsghdr) char reply[8192];
	struct get_family request = get_nlctrl(0, 8);
	struct jgenl_resolution resolution = {
		.family = "nlctrl",
		.sequence = 8,
		.sent = 1,
		.reply = reply,
		.size = sizeof(reply),
	};

	check(jgenl_socket_resolve(s, &resolution) == 0,
	      "an answer that is not there yet is 0");
	jgenl_socket_send(s, &request, sizeof(request));
	check(jgenl_socket_wait(s, MS) == JGENL_READABLE &&
		      jgenl_socket_resolve(s, &resolution) > 0,
	      "and found once it is there");
	check(jgenl_socket_wait(s, 0) == JGENL_TIMEOUT,
	      "without another request");
}

/* A descriptor that another part of the process closed by mistake. */
static void test_failed_resolve(void)
{
	int fd = next_descriptor();
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1);
	alignas(struct nlmsghdr) char reply[8192];

	close(fd);
	check(resolve(s, "nlctrl", 1, reply, sizeof(reply)) == -EBADF,
	      "T17 a failed system call is not taken for an unknown family");
	jgenl_socket_free(s);
}

static double seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) +
	       (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void *wake_after_50_ms(void *arg)
{
	usleep(50000);
	jgenl_socket_wake(arg);
	return NULL;
}

static void *end_after_50_ms(void *arg)
{
	usleep(50000);
	jgenl_socket_end_waits(arg);
	return NULL;
}

/* Waits for ever while a thread runs that is to end it. */
static int wait_beside(struct jgenl_socket *s, void *(*run)(void *))
{
	struct timespec start;
	pthread_t thread;
	int n;

	if (pthread_create(&thread, NULL, run, s))
		abort();
	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_wait(s, INT64_MAX);
	if (seconds_since(&start) > 5)
		n = -ETIMEDOUT;
	pthread_join(thread, NULL);
	return n;
}

static void on_alarm(int number)
{
	(void)number;
}

static void test_time(struct jgenl_socket *s)
{
	struct itimerval storm = { { 0, 1000 }, { 0, 1000 } };
	struct itimerval calm = { 0 };
	struct sigaction action = { .sa_handler = on_alarm };
	struct timespec start;
	double waited;
	int n;

	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_wait(s, 100 * MS);
	waited = seconds_since(&start);
	check(n == JGENL_TIMEOUT && waited > 0.099,
	      "T09 a wait ends when time runs out");

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &storm, NULL);
	clock_gettime(CLOCK_MONOTONIC, &start);
	n = jgenl_socket_wait(s, 100 * MS);
	waited = seconds_since(&start);
	setitimer(ITIMER_REAL, &calm, NULL);
	check(n == JGENL_TIMEOUT && waited > 0.099 && waited < 2,
	      "T08 a storm of signals neither ends nor prolongs a wait");

	clock_gettime(CLOCK_MONOTONIC, &start);
	check(jgenl_socket_wait(s, 0) == JGENL_TIMEOUT &&
		      jgenl_socket_wait(s, -1) == JGENL_TIMEOUT &&
		      jgenl_socket_wait(s, INT64_MIN) == JGENL_TIMEOUT &&
		      seconds_since(&start) < 1,
	      "T51 no time is no wait");
}

static void test_wakes(void)
{
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1);
	struct get_family request = get_nlctrl(0, 1);
	struct jgenl_slots slots = make_slots(1);
	int before = count_descriptors();

	jgenl_socket_wake(s);
	check(count_descriptors() == before, "a wake costs no descriptor");
	check(jgenl_socket_wait(s, INT64_MAX) == JGENL_WOKEN,
	      "T52 a wake before the first wait is not lost");
	check(count_descriptors() == before + 1, "the first wait costs one");
	jgenl_socket_wake(s);
	check(jgenl_socket_wait(s, INT64_MAX) == JGENL_WOKEN &&
		      jgenl_socket_wait(s, MS) == JGENL_TIMEOUT,
	      "T10 a wake ends one wait");
	check(wait_beside(s, wake_after_50_ms) == JGENL_WOKEN,
	      "T10 another thread ends an endless wait");

	check(wait_beside(s, end_after_50_ms) == JGENL_ENDED,
	      "T64 the end of waits ends one that is under way");
	check(jgenl_socket_wait(s, INT64_MAX) == JGENL_ENDED,
	      "T64 and all that follow");
	check(jgenl_socket_wait(s, 0) == JGENL_TIMEOUT,
	      "T64 but one that does not wait looks");
	jgenl_socket_wake(s);
	check(jgenl_socket_wait(s, 0) == JGENL_WOKEN, "T64 for wakes");
	jgenl_socket_send(s, &request, sizeof(request));
	check(jgenl_socket_wait(s, 0) == JGENL_READABLE &&
		      jgenl_socket_receive(s, &slots) == 1,
	      "T64 and for answers");
	free(slots.memory);
	jgenl_socket_free(s);
}

static void test_stranger(struct jgenl_socket *s)
{
	int err = forge(s, 1);

	/* EPERM: it refuses those without privilege anyway. */
	check(err == ECONNREFUSED || err == EPERM,
	      "T05 the kernel refuses a stranger's message to us");
}

/*
 * Sends to one group of the protocol that is for programs.  The result is that
 * of sending to the kernel as well, which does not listen there.
 */
static void multicast(int group)
{
	struct sockaddr_nl to = { .nl_family = AF_NETLINK,
				  .nl_groups = 1u << (group - 1) };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_USERSOCK);

	ssize_t n = sendto(fd, "hello", 5, 0, (const struct sockaddr *)&to,
			   sizeof(to));

	(void)n;
	close(fd);
}

static int tells_groups(int fd)
{
	int on = -1;
	socklen_t length = sizeof(on);

	getsockopt(fd, SOL_NETLINK, NETLINK_PKTINFO, &on, &length);
	return on;
}

static void test_groups(void)
{
	int fd = next_descriptor();
	struct jgenl_socket *s = open_or_die(NETLINK_USERSOCK, 0);
	struct jgenl_slots one = make_slots(1);
	struct jgenl_slots four = make_slots(4);
	int n;

	n = jgenl_socket_join(s, 3);
	if (n == -EPERM) {
		skip("groups: no privilege");
		goto out;
	}
	check(!n && !jgenl_socket_join(s, 5) && !jgenl_socket_join(s, 5),
	      "groups are joined, once or twice");
	multicast(5);
	n = await(s, &one);
	check(n == 1 && datagram(&one, 0)->group == 5 &&
		      datagram(&one, 0)->length == 5 &&
		      datagram(&one, 0)->sender != 0,
	      "T65 a datagram tells its group, even in one slot");
	multicast(3);
	multicast(5);
	n = await(s, &four);
	check(n == 2 && datagram(&four, 0)->group == 3 &&
		      datagram(&four, 1)->group == 5,
	      "T65 each its own");
	check(!jgenl_socket_leave(s, 5) && tells_groups(fd) == 1,
	      "joined twice is joined once");
	multicast(5);
	multicast(3);
	n = await(s, &four);
	check(n == 1 && datagram(&four, 0)->group == 3,
	      "a group that was left is silent, the other is not");
	check(!jgenl_socket_leave(s, 3) && tells_groups(fd) == 0,
	      "without a membership nobody pays for the groups");
	check(jgenl_socket_join(s, 1 << 20) < 0 && tells_groups(fd) == 0,
	      "a group that does not exist cannot be joined");
out:
	free(one.memory);
	free(four.memory);
	jgenl_socket_free(s);
}

static int raises(struct jgenl_socket *s)
{
	int limit, size = jgenl_socket_set_buffers(s, 0, 0);

	if (seteuid(65534))
		return 1;
	limit = jgenl_socket_set_buffers(s, 1 << 28, 1 << 28);
	if (limit < size || limit >= 1 << 28)
		return 2;
	if (seteuid(0))
		return 3;
	size = jgenl_socket_set_buffers(s, limit, limit);
	if (size < 2 * limit || seteuid(65534))
		return 4;
	return jgenl_socket_set_buffers(s, 2 * limit, 2 * limit) == size ? 0 : 5;
}

static int raises_without_privilege(void)
{
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1);
	int status = raises(s);

	jgenl_socket_free(s);
	return status;
}

static void test_buffers(void)
{
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1);
	int size = jgenl_socket_set_buffers(s, 0, 0);
	int larger = jgenl_socket_set_buffers(s, size, size);

	check(size > 0 && larger > size, "a buffer grows");
	check(jgenl_socket_set_buffers(s, size / 2, 1) == larger,
	      "T58 and is never lowered");
	if (getuid()) {
		skip("buffers beyond the limit: no privilege");
	} else {
		check(jgenl_socket_set_buffers(s, 1 << 26, 0) == 1 << 27,
		      "T58 who has privilege gets what it asks for");
		check(in_child(raises_without_privilege) == 0,
		      "T58 who has none gets the limit, and loses nothing");
	}
	check(jgenl_socket_set_buffers(s, INT32_MAX, INT32_MAX) >= larger,
	      "T58 the largest number is no error");
	check(jgenl_socket_set_buffers(s, -1, 0) == -EINVAL &&
		      jgenl_socket_set_buffers(s, 0, -1) == -EINVAL,
	      "T58 a negative one is");
	jgenl_socket_free(s);
}

struct long_request {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	struct nlattr attr;
	char name[20000];
};

/* Returns whether the refusal of a request of this length has its header only. */
static int is_capped(struct jgenl_socket *s, uint16_t name_length)
{
	static struct long_request request;
	struct jgenl_slots slots = make_slots(1);
	uint32_t length = (uint32_t)offsetof(struct long_request, name) +
			  name_length;
	const struct nlmsghdr *refusal = message(&slots, 0);
	const struct nlmsgerr *error = NLMSG_DATA(refusal);
	int n, capped;

	memset(request.name, 'x', sizeof(request.name));
	request.nl = (struct nlmsghdr){
		.nlmsg_len = length,
		.nlmsg_type = GENL_ID_CTRL,
		.nlmsg_flags = NLM_F_REQUEST,
	};
	request.genl.cmd = CTRL_CMD_GETFAMILY;
	request.attr = (struct nlattr){
		.nla_len = (uint16_t)(sizeof(struct nlattr) + name_length),
		.nla_type = CTRL_ATTR_FAMILY_NAME,
	};
	n = jgenl_socket_exchange(s, &request, (int)length, &slots);
	if (n != 1 || refusal->nlmsg_type != NLMSG_ERROR || error->error >= 0)
		capped = -1;
	else
		capped = !!(refusal->nlmsg_flags & NLM_F_CAPPED);
	free(slots.memory);
	return capped;
}

static void test_caps(void)
{
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1);

	check(is_capped(s, 100) == 0, "a short request comes back whole");
	check(is_capped(s, 20000) == 1,
	      "T36 of a long one comes its header alone");
	jgenl_socket_free(s);
}

static int is_strict(int protocol)
{
	int fd = next_descriptor();
	struct jgenl_socket *s = open_or_die(protocol, 1);
	int on = -1;
	socklen_t length = sizeof(on);

	getsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, &length);
	jgenl_socket_free(s);
	return on;
}

static void test_strict(void)
{
	check(is_strict(NETLINK_ROUTE) == 1,
	      "rtnetlink checks what it is asked for");
	check(is_strict(NETLINK_GENERIC) == 0,
	      "others are not asked to, for whom it costs a call");
}

#ifdef SYS_socketcall
/* The C library has one call for all of a socket's, whose arguments no filter sees. */
static int hide_options(void)
{
	return -1;
}
#else
/* A kernel that does not know four options, as far as we can see. */
static int hide_options(void)
{
#define LOAD(field)                        \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, \
		 (uint32_t)offsetof(struct seccomp_data, field))
#define UNLESS(value, jump) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (jump))
#define IF(value, jump) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (jump), 0)
	/* Jumps count from the next line. */
	struct sock_filter code[] = {
		LOAD(nr),
		UNLESS(SYS_getsockopt, 2),
		LOAD(args[2]),
		IF(SO_NETNS_COOKIE, 7),
		LOAD(nr),
		UNLESS(SYS_setsockopt, 4),
		LOAD(args[2]),
		IF(NETLINK_EXT_ACK, 3),
		IF(NETLINK_GET_STRICT_CHK, 2),
		IF(NETLINK_CAP_ACK, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOPROTOOPT),
	};
	struct sock_fprog program = {
		.len = sizeof(code) / sizeof(code[0]),
		.filter = code,
	};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
#endif

static int works_without_options(void)
{
	struct jgenl_socket *s;

	if (hide_options())
		return 77;
	if (jgenl_has_cookies())
		return 1;
	s = open_or_die(NETLINK_GENERIC, 1);
	if (is_capped(s, 100) != 0 || is_capped(s, 20000) != 0)
		return 2;
	jgenl_socket_free(s);
	if (is_strict(NETLINK_ROUTE) != 0)
		return 3;
	return 0;
}

static void test_old_kernel(void)
{
	int status = in_child(works_without_options);

	if (status == 77)
		skip("T62 old kernels: no filter of these system calls here");
	else
		check(status == 0, "T62 an old kernel's sockets work");
}

static void test_memory(void)
{
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1), *none = NULL;
	int before = count_descriptors();
	char *one = jgenl_socket_allocate(s, 1);
	char *other = jgenl_socket_allocate(s, 100000);
	int err;

	check(one && other && (uintptr_t)other % alignof(max_align_t) == 0,
	      "memory is aligned");
	one[0] = 1;
	memset(other, 2, 100000);
	jgenl_socket_unallocate(s);
	check(one[0] == 1, "what was allocated last is freed alone");
	check(!jgenl_socket_allocate(s, SIZE_MAX) &&
		      !jgenl_socket_allocate(s, PTRDIFF_MAX),
	      "too much is too much");
	allocations_fail = 1;
	one = jgenl_socket_allocate(s, 16);
	err = jgenl_socket_open(&none, NETLINK_GENERIC, 1);
	allocations_fail = 0;
	check(!one && err == -ENOMEM && count_descriptors() == before,
	      "T49 without memory nothing is left open");
	jgenl_socket_free(s);
}

static void test_garbage(struct jgenl_socket *s)
{
	struct get_family request = get_nlctrl(0, 1);
	struct jgenl_slots good = make_slots(1), bad;
	alignas(struct nlmsghdr) char reply[8192];
	struct jgenl_socket *route;

	check(jgenl_socket_open(&route, 4711, 1) == -EPROTONOSUPPORT &&
		      jgenl_socket_open(&route, -1, 1) == -EPROTONOSUPPORT,
	      "T56 a protocol that does not exist is an error");

	bad = good;
	bad.memory = NULL;
	check(jgenl_socket_receive(s, &bad) == -EINVAL, "T56 no memory");
	for (int i = 0; i < 4; i++) {
		static const int counts[] = { 0, -1, 33, INT32_MIN };

		bad = good;
		bad.count = counts[i];
		check(jgenl_socket_exchange(s, &request, sizeof(request),
					    &bad) == -EINVAL,
		      "T56 not so many slots");
	}
	bad = good;
	bad.stride = -1;
	check(jgenl_socket_receive(s, &bad) == -EINVAL, "T56 no stride");
	check(jgenl_socket_receive(s, &good) == 0, "T56 nothing was sent");
	check(jgenl_socket_send(s, NULL, 8) == -EINVAL &&
		      jgenl_socket_send(s, &request, 0) == -EINVAL &&
		      jgenl_socket_send(s, &request, -1) == -EINVAL,
	      "T56 no datagram");
	check(jgenl_socket_join(s, 0) == -EINVAL &&
		      jgenl_socket_join(s, -1) == -EINVAL &&
		      jgenl_socket_leave(s, 0) == -EINVAL,
	      "T56 no group");
	check(resolve(s, NULL, 1, reply, sizeof(reply)) == -EINVAL &&
		      resolve(s, "nlctrl", 1, NULL, 100) == -EINVAL &&
		      resolve(s, "nlctrl", 1, reply, -1) == -EINVAL &&
		      resolve(s, "nlctrl", 1, reply, 15) == -EINVAL,
	      "T56 nothing to resolve");
	route = open_or_die(NETLINK_ROUTE, 1);
	check(resolve(route, "nlctrl", 1, reply, sizeof(reply)) == -EOPNOTSUPP,
	      "T56 another protocol has no families");
	jgenl_socket_free(route);

	check(jgenl_socket_exchange(NULL, &request, 1, &good) == -EBADF &&
		      jgenl_socket_receive(NULL, &good) == -EBADF &&
		      jgenl_socket_wait(NULL, 1) == -EBADF &&
		      jgenl_socket_send(NULL, &request, 1) == -EBADF &&
		      jgenl_socket_join(NULL, 1) == -EBADF &&
		      jgenl_socket_leave(NULL, 1) == -EBADF &&
		      jgenl_socket_set_buffers(NULL, 1, 1) == -EBADF &&
		      resolve(NULL, "nlctrl", 1, reply, 100) == -EBADF &&
		      !jgenl_socket_allocate(NULL, 1),
	      "T56 no socket");
	jgenl_socket_wake(NULL);
	jgenl_socket_end_waits(NULL);
	jgenl_socket_free(NULL);
	free(good.memory);
}

int main(void)
{
	int before = count_descriptors();
	struct jgenl_socket *s = open_or_die(NETLINK_GENERIC, 1);
	struct jgenl_socket *other = open_or_die(NETLINK_GENERIC, 0);

	test_exchange(s);
	test_resolve(s);
	test_leftovers();
	test_missing_answer(s);
	test_failed_resolve();
	test_time(s);
	test_wakes();
	test_stranger(s);
	test_groups();
	test_buffers();
	test_caps();
	test_strict();
	test_old_kernel();
	test_memory();
	test_garbage(s);
	check(jgenl_socket_port(other) != jgenl_socket_port(s),
	      "T27 each socket has a port of its own");
	jgenl_socket_free(other);
	jgenl_socket_free(s);
	check(count_descriptors() == before, "no descriptor is left open");
	return report();
}
