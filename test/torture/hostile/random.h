/* SPDX-License-Identifier: MIT */
/* Numbers that look random, and are the same for the same seed. */
#ifndef HOSTILE_RANDOM_H
#define HOSTILE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void random_seed(uint64_t seed);
uint64_t random_bits(void);
/* 0 to bound - 1; bound is not 0. */
uint64_t random_below(uint64_t bound);
/* True that often. */
bool random_chance(unsigned int times, unsigned int of);
void random_fill(void *data, size_t len);

#endif
