/* SPDX-License-Identifier: MIT */
/*
 * Network namespaces.  One is a descriptor here, as of /proc/PID/ns/net, which
 * keeps it alive and which the caller closes.  Every function that can fail
 * returns a negative errno, and any thread may call any of them.
 */
#ifndef JGENL_NAMESPACE_H
#define JGENL_NAMESPACE_H

/*
 * Opens the namespace at a path; NULL: that of the calling thread.  Never
 * blocks, whatever is there.  Returns a descriptor; -EINVAL if it is a file of
 * another kind.
 */
int jgenl_namespace_open(const char *path);

/*
 * Returns 1 if the calling thread is in the namespace, 0 if not.  A thread may
 * not enter the one it is in unless it has CAP_SYS_ADMIN, so ask first.
 */
int jgenl_namespace_is_current(int ns);

/*
 * Calls a function in the namespace, in a thread that lives no longer, so that
 * the calling thread never leaves its own.  Returns what the function returns,
 * or the errno of entering: -EPERM without CAP_SYS_ADMIN, -EINVAL if ns is no
 * network namespace.
 */
int jgenl_namespace_call(int ns, int (*function)(void *), void *argument);

#endif /* JGENL_NAMESPACE_H */
