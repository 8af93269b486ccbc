/* SPDX-License-Identifier: MIT */
/*
 * The natives of dev.jgenl.internal.NlSocket, each a call of jgenl_socket.h.
 *
 * Java passes addresses of direct buffers that it owns and keeps reachable for
 * the length of the call, so that nothing here crosses back into the JVM.
 */
#include "jgenl_socket.h"

#include <errno.h>
#include <jni.h>
#include <linux/genetlink.h>

static struct jgenl_socket *socket_of(jlong handle)
{
	return (struct jgenl_socket *)(intptr_t)handle;
}

static struct jgenl_slots slots_of(jlong memory, jint count, jint stride)
{
	return (struct jgenl_slots){
		.memory = (void *)(intptr_t)memory,
		.count = (unsigned int)count,
		.stride = (size_t)stride,
	};
}

/* The name of a family or group: Java has checked that it is short ASCII. */
struct name {
	char chars[GENL_NAMSIZ];
};

static int name_of(JNIEnv *env, jstring string, struct name *name)
{
	jsize length = (*env)->GetStringUTFLength(env, string);

	if (length >= GENL_NAMSIZ)
		return -ENAMETOOLONG;
	(*env)->GetStringUTFRegion(env, string, 0,
				   (*env)->GetStringLength(env, string),
				   name->chars);
	name->chars[length] = '\0';
	return 0;
}

static jlong nl_socket_open(JNIEnv *env, jclass type, jboolean kernel_only)
{
	struct jgenl_socket *s;
	int err;

	(void)env;
	(void)type;
	err = jgenl_socket_open(&s, kernel_only);
	return err ? err : (jlong)(intptr_t)s;
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

static jint nl_socket_set_buffers(JNIEnv *env, jclass type, jlong handle,
				  jint receive, jint send)
{
	(void)env;
	(void)type;
	return jgenl_socket_set_buffers(socket_of(handle), receive, send);
}

static jint nl_socket_resolve(JNIEnv *env, jclass type, jlong handle,
			      jstring family, jlong reply, jint size)
{
	struct name name;
	int err;

	(void)type;
	err = name_of(env, family, &name);
	if (err)
		return err;
	return jgenl_socket_resolve(socket_of(handle), name.chars,
				    (void *)(intptr_t)reply, (size_t)size);
}

static jint nl_socket_resolve_group(JNIEnv *env, jclass type, jlong handle,
				    jstring family, jstring group)
{
	struct name family_name, group_name;
	int err;

	(void)type;
	err = name_of(env, family, &family_name);
	if (!err)
		err = name_of(env, group, &group_name);
	if (err)
		return err;
	return jgenl_socket_resolve_group(socket_of(handle), family_name.chars,
					  group_name.chars);
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
				 (const void *)(intptr_t)datagram,
				 (size_t)length);
}

static jint nl_socket_exchange(JNIEnv *env, jclass type, jlong handle,
			       jlong datagram, jint length, jlong memory,
			       jint count, jint stride)
{
	struct jgenl_slots slots = slots_of(memory, count, stride);

	(void)env;
	(void)type;
	return jgenl_socket_exchange(socket_of(handle),
				     (const void *)(intptr_t)datagram,
				     (size_t)length, &slots);
}

static jint nl_socket_receive(JNIEnv *env, jclass type, jlong handle,
			      jlong memory, jint count, jint stride,
			      jlong timeout_ns)
{
	struct jgenl_slots slots = slots_of(memory, count, stride);

	(void)env;
	(void)type;
	return jgenl_socket_receive(socket_of(handle), &slots, timeout_ns);
}

static jint nl_socket_make_wakeable(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	return jgenl_socket_make_wakeable(socket_of(handle));
}

static void nl_socket_wake(JNIEnv *env, jclass type, jlong handle)
{
	(void)env;
	(void)type;
	jgenl_socket_wake(socket_of(handle));
}

static jlong nl_socket_address(JNIEnv *env, jclass type, jobject buffer)
{
	(void)type;
	return (jlong)(intptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

#define METHOD(name, signature, function) \
	{ (char *)(name), (char *)(signature), (void *)(function) }

static const JNINativeMethod methods[] = {
	METHOD("open", "(Z)J", nl_socket_open),
	METHOD("free", "(J)V", nl_socket_free),
	METHOD("port", "(J)I", nl_socket_port),
	METHOD("setBuffers", "(JII)I", nl_socket_set_buffers),
	METHOD("resolve", "(JLjava/lang/String;JI)I", nl_socket_resolve),
	METHOD("resolveGroup", "(JLjava/lang/String;Ljava/lang/String;)I",
	       nl_socket_resolve_group),
	METHOD("join", "(JI)I", nl_socket_join),
	METHOD("leave", "(JI)I", nl_socket_leave),
	METHOD("send", "(JJI)I", nl_socket_send),
	METHOD("exchange", "(JJIJII)I", nl_socket_exchange),
	METHOD("receive", "(JJIIJ)I", nl_socket_receive),
	METHOD("makeWakeable", "(J)I", nl_socket_make_wakeable),
	METHOD("wake", "(J)V", nl_socket_wake),
	METHOD("address", "(Ljava/nio/ByteBuffer;)J", nl_socket_address),
};

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
