/* SPDX-License-Identifier: MIT */
/*
 * The natives of dev.jgenl.internal.NlSocket, each a call of jgenl_socket.h or
 * jgenl_namespace.h.
 *
 * Java passes addresses of direct buffers that it keeps reachable for the
 * length of the call, so that what is called often never crosses back into the
 * JVM.  Nothing here leaves an exception behind.
 */
#include "jgenl_namespace.h"
#include "jgenl_socket.h"

#include <errno.h>
#include <jni.h>
#include <linux/genetlink.h>
#include <linux/limits.h>
#include <string.h>
#include <unistd.h>

static struct jgenl_socket *socket_of(jlong handle)
{
	return (struct jgenl_socket *)(intptr_t)handle;
}

static struct jgenl_slots slots_of(jlong memory, jint count, jint stride)
{
	return (struct jgenl_slots){
		.memory = (void *)(intptr_t)memory,
		.count = count,
		.stride = stride,
	};
}

/* Makes a string of C from bytes, which lack the NUL and must have none. */
static int string_of(JNIEnv *env, jbyteArray bytes, char *string, jsize size)
{
	jsize length;

	if (!bytes)
		return -EINVAL;
	length = (*env)->GetArrayLength(env, bytes);
	if (length >= size)
		return -ENAMETOOLONG;
	(*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *)string);
	string[length] = '\0';
	return strlen(string) == (size_t)length ? 0 : -EINVAL;
}

static jlong handle_of(int err, struct jgenl_socket *s)
{
	return err ? err : (jlong)(uintptr_t)s;
}

static jlong nl_socket_open(JNIEnv *env, jclass type, jint protocol,
			    jboolean kernel_only)
{
	struct jgenl_socket *s = NULL;
	int err;

	(void)env;
	(void)type;
	err = jgenl_socket_open(&s, protocol, kernel_only);
	return handle_of(err, s);
}

static jlong nl_socket_open_in(JNIEnv *env, jclass type, jint ns, jint protocol,
			       jboolean kernel_only)
{
	struct jgenl_socket *s = NULL;
	int err;

	(void)env;
	(void)type;
	err = jgenl_socket_open_in(ns, &s, protocol, kernel_only);
	return handle_of(err, s);
}

static void nl_socket_free(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	jgenl_socket_free(socket_of(handle));
}

static jint nl_socket_port(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	return (jint)jgenl_socket_port(socket_of(handle));
}

static jlong nl_socket_cookie(JNIEnv *env, jclass type, jlong handle)
{
	uint64_t cookie;
	int err;

	(void)env;
	(void)type;
	err = jgenl_socket_cookie(socket_of(handle), &cookie);
	return err ? err : (jlong)cookie;
}

static jint nl_socket_namespace(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	return jgenl_socket_namespace(socket_of(handle));
}

static jboolean nl_socket_has_cookies(JNIEnv *env, jclass type)
{
	(void)env;
	(void)type;
	return jgenl_has_cookies() ? JNI_TRUE : JNI_FALSE;
}

static jint nl_socket_open_namespace(JNIEnv *env, jclass type, jbyteArray path)
{
	char string[PATH_MAX];
	int err;

	(void)type;
	if (!path)
		return jgenl_namespace_open(NULL);
	err = string_of(env, path, string, sizeof(string));
	return err ? err : jgenl_namespace_open(string);
}

static jboolean nl_socket_is_current(JNIEnv *env, jclass type, jint ns)
{
	(void)env;
	(void)type;
	/* Who cannot tell had better enter it. */
	return jgenl_namespace_is_current(ns) == 1 ? JNI_TRUE : JNI_FALSE;
}

static void nl_socket_close_namespace(JNIEnv *env, jclass type, jint ns)
{
	(void)env;
	(void)type;
	close(ns);
}

static jobject nl_socket_allocate(JNIEnv *env, jclass type, jlong handle,
				  jint size)
{
	struct jgenl_socket *s = socket_of(handle);
	jobject buffer;
	void *memory;

	(void)type;
	memory = size > 0 ? jgenl_socket_allocate(s, (size_t)size) : NULL;
	if (!memory)
		return NULL;
	buffer = (*env)->NewDirectByteBuffer(env, memory, size);
	if (!buffer) {
		(*env)->ExceptionClear(env);
		jgenl_socket_unallocate(s);
	}
	return buffer;
}

static jint nl_socket_set_buffers(JNIEnv *env, jclass type, jlong handle,
				  jint receive, jint send)
{
	(void)env;
	(void)type;
	return jgenl_socket_set_buffers(socket_of(handle), receive, send);
}

static jint nl_socket_resolve(JNIEnv *env, jclass type, jlong handle,
			      jbyteArray family, jint sequence, jboolean sent,
			      jlong reply, jint size)
{
	char name[GENL_NAMSIZ];
	const struct jgenl_resolution resolution = {
		.family = name,
		.sequence = (uint32_t)sequence,
		.sent = sent,
		.reply = (void *)(intptr_t)reply,
		.size = size,
	};
	int err;

	(void)type;
	if (!handle)
		return -EBADF;
	err = string_of(env, family, name, sizeof(name));
	return err ? err : jgenl_socket_resolve(socket_of(handle), &resolution);
}

static jint nl_socket_join(JNIEnv *env, jclass type, jlong handle, jint group)
{
	(void)env;
	(void)type;
	return jgenl_socket_join(socket_of(handle), group);
}

static jint nl_socket_leave(JNIEnv *env, jclass type, jlong handle, jint group)
{
	(void)env;
	(void)type;
	return jgenl_socket_leave(socket_of(handle), group);
}

static jint nl_socket_send(JNIEnv *env, jclass type, jlong handle,
			   jlong datagram, jint length)
{
	(void)env;
	(void)type;
	return jgenl_socket_send(socket_of(handle),
				 (const void *)(intptr_t)datagram, length);
}

static jint nl_socket_exchange(JNIEnv *env, jclass type, jlong handle,
			       jlong datagram, jint length, jlong memory,
			       jint count, jint stride)
{
	struct jgenl_slots slots = slots_of(memory, count, stride);

	(void)env;
	(void)type;
	return jgenl_socket_exchange(socket_of(handle),
				     (const void *)(intptr_t)datagram, length,
				     &slots);
}

static jint nl_socket_receive(JNIEnv *env, jclass type, jlong handle,
			      jlong memory, jint count, jint stride)
{
	struct jgenl_slots slots = slots_of(memory, count, stride);

	(void)env;
	(void)type;
	return jgenl_socket_receive(socket_of(handle), &slots);
}

static jint nl_socket_await(JNIEnv *env, jclass type, jlong handle,
			    jlong timeout_ns)
{
	(void)env;
	(void)type;
	return jgenl_socket_wait(socket_of(handle), timeout_ns);
}

static void nl_socket_wake(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	jgenl_socket_wake(socket_of(handle));
}

static void nl_socket_end_waits(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	jgenl_socket_end_waits(socket_of(handle));
}

static jlong nl_socket_address(JNIEnv *env, jclass type, jobject buffer)
{
	(void)type;
	if (!buffer)
		return 0;
	return (jlong)(uintptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

static jint nl_socket_functions(JNIEnv *env, jclass type);

#define METHOD(name, signature, function) \
	{ (char *)(name), (char *)(signature), (void *)(function) }

static const JNINativeMethod methods[] = {
	METHOD("open", "(IZ)J", nl_socket_open),
	METHOD("openIn", "(IIZ)J", nl_socket_open_in),
	METHOD("free", "(J)V", nl_socket_free),
	METHOD("port", "(J)I", nl_socket_port),
	METHOD("cookie", "(J)J", nl_socket_cookie),
	METHOD("namespace", "(J)I", nl_socket_namespace),
	METHOD("hasCookies", "()Z", nl_socket_has_cookies),
	METHOD("openNamespace", "([B)I", nl_socket_open_namespace),
	METHOD("isCurrent", "(I)Z", nl_socket_is_current),
	METHOD("closeNamespace", "(I)V", nl_socket_close_namespace),
	METHOD("allocate", "(JI)Ljava/nio/ByteBuffer;", nl_socket_allocate),
	METHOD("setBuffers", "(JII)I", nl_socket_set_buffers),
	METHOD("resolve", "(J[BIZJI)I", nl_socket_resolve),
	METHOD("join", "(JI)I", nl_socket_join),
	METHOD("leave", "(JI)I", nl_socket_leave),
	METHOD("send", "(JJI)I", nl_socket_send),
	METHOD("exchange", "(JJIJII)I", nl_socket_exchange),
	METHOD("receive", "(JJII)I", nl_socket_receive),
	METHOD("await", "(JJ)I", nl_socket_await),
	METHOD("wake", "(J)V", nl_socket_wake),
	METHOD("endWaits", "(J)V", nl_socket_end_waits),
	METHOD("address", "(Ljava/nio/ByteBuffer;)J", nl_socket_address),
	METHOD("functions", "()I", nl_socket_functions),
};

static jint nl_socket_functions(JNIEnv *env, jclass type)
{
	(void)env;
	(void)type;
	return sizeof(methods) / sizeof(methods[0]);
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved)
{
	JNIEnv *env;
	jclass type;

	(void)reserved;
	if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_10) != JNI_OK)
		return JNI_ERR;
	type = (*env)->FindClass(env, "dev/jgenl/internal/NlSocket");
	if (!type)
		return JNI_ERR;
	if ((*env)->RegisterNatives(env, type, methods,
				    sizeof(methods) / sizeof(methods[0])))
		return JNI_ERR;
	return JNI_VERSION_10;
}
