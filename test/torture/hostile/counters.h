/* SPDX-License-Identifier: MIT */
/* How often the kernel has called the functions that its function profiler is set to. */
#ifndef HOSTILE_COUNTERS_H
#define HOSTILE_COUNTERS_H

#include <stdint.h>

/* Ends the process if they cannot be read. */
uint64_t counters_read(void);

#endif
