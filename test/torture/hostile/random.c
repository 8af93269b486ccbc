// SPDX-License-Identifier: MIT
#include "random.h"

#include <string.h>

static uint64_t state = 1;

/* splitmix64, so that seeds that are near make numbers that are not. */
uint64_t random_bits(void)
{
	uint64_t bits = state += 0x9e3779b97f4a7c15;

	bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
	bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
	return bits ^ (bits >> 31);
}

void random_seed(uint64_t seed)
{
	state = seed;
}

uint64_t random_below(uint64_t bound)
{
	return random_bits() % bound;
}

bool random_chance(unsigned int times, unsigned int of)
{
	return random_below(of) < times;
}

void random_fill(void *data, size_t len)
{
	unsigned char *bytes = data;

	while (len) {
		uint64_t bits = random_bits();
		size_t some = len < sizeof(bits) ? len : sizeof(bits);

		memcpy(bytes, &bits, some);
		bytes += some;
		len -= some;
	}
}
