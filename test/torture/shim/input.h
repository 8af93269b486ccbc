/* SPDX-License-Identifier: MIT */
/* What the fuzzer made up, taken from its front: the calls, their arguments, and what the kernel answers. */
#ifndef JGENL_FUZZ_INPUT_H
#define JGENL_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

void input_begin(const uint8_t *data, size_t size);

/* Whether there is any left. */
int input_left(void);

/* One byte, or 0 if there is none left. */
uint8_t input_byte(void);

/* Any number, and often one at which something ends. */
int32_t input_int(void);
int64_t input_long(void);

/* At most that many bytes, which stay where they are; returns how many. */
size_t input_bytes(const uint8_t **bytes, size_t most);

#endif /* JGENL_FUZZ_INPUT_H */
