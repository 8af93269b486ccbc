// SPDX-License-Identifier: MIT
/*
 * A target of libFuzzer: calls the natives of the shim as Java does, in any order and with any numbers,
 * each piece of memory as large as Java says that it is, and lets the kernel answer anything.
 */
#include "input.h"
#include "jgenl_socket.h"
#include "jvm.h"
#include "kernel.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than a datagram has; what is larger would only be slow. */
#define MEMORY_MAX (256 * 1024)

static jlong (*open_socket)(JNIEnv *, jclass, jint, jboolean);
static jlong (*open_in)(JNIEnv *, jclass, jint, jint, jboolean);
static void (*free_socket)(JNIEnv *, jclass, jlong);
static jint (*port)(JNIEnv *, jclass, jlong);
static jlong (*cookie)(JNIEnv *, jclass, jlong);
static jint (*namespace_of)(JNIEnv *, jclass, jlong);
static jint (*open_namespace)(JNIEnv *, jclass, jbyteArray);
static jboolean (*is_current)(JNIEnv *, jclass, jint);
static void (*close_namespace)(JNIEnv *, jclass, jint);
static jobject (*allocate)(JNIEnv *, jclass, jlong, jint);
static jint (*set_buffers)(JNIEnv *, jclass, jlong, jint, jint);
static jint (*resolve)(JNIEnv *, jclass, jlong, jbyteArray, jint, jboolean, jlong, jint);
static jint (*join)(JNIEnv *, jclass, jlong, jint);
static jint (*leave)(JNIEnv *, jclass, jlong, jint);
static jint (*send_datagram)(JNIEnv *, jclass, jlong, jlong, jint);
static jint (*exchange)(JNIEnv *, jclass, jlong, jlong, jint, jlong, jint, jint);
static jint (*receive)(JNIEnv *, jclass, jlong, jlong, jint, jint);
static jint (*await)(JNIEnv *, jclass, jlong, jlong);
static void (*wake)(JNIEnv *, jclass, jlong);
static void (*end_waits)(JNIEnv *, jclass, jlong);

static const struct {
	const char *name;
	void *pointer;
} natives[] = {
	{ "open", &open_socket },
	{ "openIn", &open_in },
	{ "free", &free_socket },
	{ "port", &port },
	{ "cookie", &cookie },
	{ "namespace", &namespace_of },
	{ "openNamespace", &open_namespace },
	{ "isCurrent", &is_current },
	{ "closeNamespace", &close_namespace },
	{ "allocate", &allocate },
	{ "setBuffers", &set_buffers },
	{ "resolve", &resolve },
	{ "join", &join },
	{ "leave", &leave },
	{ "send", &send_datagram },
	{ "exchange", &exchange },
	{ "receive", &receive },
	{ "await", &await },
	{ "wake", &wake },
	{ "endWaits", &end_waits },
};

/* Of the socket that is tried; 0 is a socket that was closed. */
static jlong handle;

static void expect(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "the shim: %s\n", what);
	abort();
}

static jlong result(jlong n)
{
	expect(n >= -4095, "a result is no errno");
	return n;
}

static jlong address(const void *memory)
{
	return (jlong)(uintptr_t)memory;
}

/* So large, if that can be; no more, so that what goes beyond is seen. */
static void *memory_of(int64_t size)
{
	void *memory = calloc(1, size > 0 ? (size_t)size : 1);

	if (!memory)
		abort();
	return memory;
}

static void do_open(void)
{
	jint protocol = input_byte() % 4 ? NETLINK_GENERIC : input_int();
	jlong opened = result(open_socket(jvm_env, NULL, protocol, input_byte() % 2));

	if (opened < 0)
		return;
	free_socket(jvm_env, NULL, handle);
	handle = opened;
}

static void do_open_in(void)
{
	jint ns = input_byte() % 2 ? open_namespace(jvm_env, NULL, NULL) : -1;
	jlong opened = result(open_in(jvm_env, NULL, ns, NETLINK_GENERIC, input_byte() % 2));

	if (ns >= 0)
		close_namespace(jvm_env, NULL, ns);
	if (opened < 0)
		return;
	free_socket(jvm_env, NULL, handle);
	handle = opened;
}

static void do_free(void)
{
	free_socket(jvm_env, NULL, handle);
	handle = 0;
}

static void do_namespaces(void)
{
	struct array path = { 0 };
	jint ns;

	path.length = (jsize)input_bytes(&path.bytes, 8192);
	ns = (jint)result(open_namespace(jvm_env, NULL, (jbyteArray)&path));
	is_current(jvm_env, NULL, ns);
	if (ns >= 0)
		close_namespace(jvm_env, NULL, ns);
	ns = (jint)result(namespace_of(jvm_env, NULL, handle));
	if (ns >= 0)
		close_namespace(jvm_env, NULL, ns);
	cookie(jvm_env, NULL, handle);
}

static void do_allocate(void)
{
	jint size = input_int();

	if (size > MEMORY_MAX)
		return;
	jvm_has_memory(input_byte() % 4);
	allocate(jvm_env, NULL, handle, size);
}

static void do_resolve(void)
{
	struct array family = { 0 };
	jint sequence = input_int(), size = input_int(), n;
	void *reply;

	if (size > MEMORY_MAX)
		return;
	family.length = (jsize)input_bytes(&family.bytes, 32);
	reply = memory_of(size);
	kernel_answers((uint32_t)sequence, (uint32_t)port(jvm_env, NULL, handle));
	n = (jint)result(resolve(jvm_env, NULL, handle, (jbyteArray)&family, sequence,
				 input_byte() % 2, address(reply), size));
	expect(n <= 0 || n <= size, "an answer is longer than its room");
	free(reply);
}

/* What was received is where Java looks for it. */
static void look(jint n, const void *memory, jint count)
{
	const struct jgenl_datagram *table = memory;

	expect(n <= count || n <= 0, "more is received than there are slots");
	for (int i = 0; i < n; i++)
		expect(table[i].length == kernel_sent(i), "a length is not what was sent");
}

static void do_receive(int with_request)
{
	jint count = input_int(), stride = input_int(), length = with_request ? input_int() : 0, n;
	int64_t room = (int64_t)count * stride;
	void *memory, *request;

	if (length > MEMORY_MAX || (count > 0 && count <= JGENL_SLOTS_MAX && room > MEMORY_MAX))
		return;
	room = count > 0 && count <= JGENL_SLOTS_MAX && stride > 0 ? room : 0;
	memory = memory_of((int64_t)JGENL_TABLE_SIZE + room);
	request = memory_of(length);
	n = with_request ? exchange(jvm_env, NULL, handle, address(request), length,
				    address(memory), count, stride) :
			   receive(jvm_env, NULL, handle, address(memory), count, stride);
	look((jint)result(n), memory, count);
	free(request);
	free(memory);
}

static void do_send(void)
{
	jint length = input_int();
	void *request;

	if (length > MEMORY_MAX)
		return;
	request = memory_of(length);
	result(send_datagram(jvm_env, NULL, handle, address(request), length));
	free(request);
}

/* A wait that would last is woken before. */
static void do_await(void)
{
	jlong timeout = input_long();

	if (timeout > 1000000)
		wake(jvm_env, NULL, handle);
	result(await(jvm_env, NULL, handle, timeout));
}

static void call(void)
{
	switch (input_byte() % 16) {
	case 0:
		do_open();
		break;
	case 1:
		do_open_in();
		break;
	case 2:
		do_free();
		break;
	case 3:
		do_namespaces();
		break;
	case 4:
		do_allocate();
		break;
	case 5:
		result(set_buffers(jvm_env, NULL, handle, input_int(), input_int()));
		break;
	case 6:
		result(join(jvm_env, NULL, handle, input_int()));
		break;
	case 7:
		result(leave(jvm_env, NULL, handle, input_int()));
		break;
	case 8:
		do_send();
		break;
	case 9:
		do_receive(1);
		break;
	case 10:
		do_receive(0);
		break;
	case 11:
		do_await();
		break;
	case 12:
		wake(jvm_env, NULL, handle);
		break;
	case 13:
		end_waits(jvm_env, NULL, handle);
		break;
	default:
		do_resolve();
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	jvm_load();
	for (size_t i = 0; i < sizeof(natives) / sizeof(natives[0]); i++) {
		void *native = jvm_native(natives[i].name);

		memcpy(natives[i].pointer, &native, sizeof(native));
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input_begin(data, size);
	handle = open_socket(jvm_env, NULL, NETLINK_GENERIC, 0);
	expect(handle > 0, "no socket can be opened");
	while (input_left())
		call();
	do_free();
	return 0;
}
