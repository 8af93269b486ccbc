// SPDX-License-Identifier: MIT
/* The natives of Canary.java. */
#include <jni.h>

JNIEXPORT void JNICALL Java_Canary_exceptionLeftAlone(JNIEnv *env, jclass type)
{
	jmethodID refuse = (*env)->GetStaticMethodID(env, type, "refuse", "()V");

	(*env)->CallStaticVoidMethod(env, type, refuse);
	(*env)->CallStaticVoidMethod(env, type, refuse);
	(*env)->ExceptionClear(env);
}

JNIEXPORT void JNICALL Java_Canary_localReferences(JNIEnv *env, jclass type)
{
	for (int i = 0; i < 100; i++)
		(void)(*env)->NewLocalRef(env, type);
}

JNIEXPORT void JNICALL Java_Canary_freedReference(JNIEnv *env, jclass type)
{
	jobject reference = (*env)->NewGlobalRef(env, type);

	(*env)->DeleteGlobalRef(env, reference);
	(void)(*env)->GetObjectClass(env, reference);
}
