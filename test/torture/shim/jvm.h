/* SPDX-License-Identifier: MIT */
/* As much of a JVM as the shim calls. */
#ifndef JGENL_FUZZ_JVM_H
#define JGENL_FUZZ_JVM_H

#include <jni.h>
#include <stddef.h>
#include <stdint.h>

/* An array of bytes, as Java would have it: a jbyteArray is its address. */
struct array {
	const uint8_t *bytes;
	jsize length;
};

extern JNIEnv *const jvm_env;

/* Loads the shim: it registers its natives. */
void jvm_load(void);

/* The native of this name; cast it to what it is. */
void *jvm_native(const char *name);

/* Whether the JVM has memory for an object: what it makes of a direct buffer is its address. */
void jvm_has_memory(int has);

#endif /* JGENL_FUZZ_JVM_H */
