// SPDX-License-Identifier: MIT
#include "jvm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NATIVES_MAX 64

static JNINativeMethod natives[NATIVES_MAX];
static jint count;
static int memory;
static int pending;

static void expect(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "JVM: %s\n", what);
	abort();
}

static jclass find_class(JNIEnv *env, const char *name)
{
	(void)env;
	expect(!strcmp(name, "dev/jgenl/internal/NlSocket"), "another class is looked for");
	return (jclass)natives;
}

static jint register_natives(JNIEnv *env, jclass type, const JNINativeMethod *methods, jint n)
{
	(void)env;
	(void)type;
	expect(n <= NATIVES_MAX, "there are more natives than there is room for");
	memcpy(natives, methods, (size_t)n * sizeof(natives[0]));
	count = n;
	return 0;
}

static jsize get_array_length(JNIEnv *env, jarray array)
{
	(void)env;
	expect(!pending, "a call with an exception pending");
	return ((const struct array *)array)->length;
}

static void get_byte_array_region(JNIEnv *env, jbyteArray array, jsize start, jsize length,
				  jbyte *to)
{
	const struct array *a = (const struct array *)array;

	(void)env;
	expect(!pending, "a call with an exception pending");
	expect(start >= 0 && length >= 0 && length <= a->length - start,
	       "a region that is not in its array");
	if (length)
		memcpy(to, a->bytes + start, (size_t)length);
}

static jobject new_direct_byte_buffer(JNIEnv *env, void *address, jlong capacity)
{
	(void)env;
	expect(!pending, "a call with an exception pending");
	if (!memory) {
		pending = 1;
		return NULL;
	}
	/* As Java does with a new buffer; what is not there is seen. */
	memset(address, 0, (size_t)capacity);
	return address;
}

static void *get_direct_buffer_address(JNIEnv *env, jobject buffer)
{
	(void)env;
	return buffer;
}

static void exception_clear(JNIEnv *env)
{
	(void)env;
	pending = 0;
}

static const struct JNINativeInterface_ functions = {
	.FindClass = find_class,
	.RegisterNatives = register_natives,
	.GetArrayLength = get_array_length,
	.GetByteArrayRegion = get_byte_array_region,
	.NewDirectByteBuffer = new_direct_byte_buffer,
	.GetDirectBufferAddress = get_direct_buffer_address,
	.ExceptionClear = exception_clear,
};

static JNIEnv env = &functions;
JNIEnv *const jvm_env = &env;

static jint get_env(JavaVM *vm, void **out, jint version)
{
	(void)vm;
	(void)version;
	*out = &env;
	return JNI_OK;
}

static const struct JNIInvokeInterface_ invocation = { .GetEnv = get_env };

void jvm_load(void)
{
	static JavaVM vm = &invocation;

	expect(JNI_OnLoad(&vm, NULL) == JNI_VERSION_10, "the shim cannot be loaded");
}

void *jvm_native(const char *name)
{
	for (jint i = 0; i < count; i++) {
		if (!strcmp(natives[i].name, name))
			return natives[i].fnPtr;
	}
	fprintf(stderr, "JVM: there is no native %s\n", name);
	abort();
}

void jvm_has_memory(int has)
{
	memory = has;
}
