// SPDX-License-Identifier: MIT
#include "input.h"

#include <limits.h>
#include <string.h>

static const uint8_t *next;
static size_t left;

void input_begin(const uint8_t *data, size_t size)
{
	next = data;
	left = size;
}

int input_left(void)
{
	return left > 0;
}

uint8_t input_byte(void)
{
	if (!left)
		return 0;
	left--;
	return *next++;
}

static uint64_t bits(int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | input_byte();
	return value;
}

int32_t input_int(void)
{
	static const int32_t ends[] = { 0, 1, -1, INT_MIN, INT_MAX };
	uint8_t kind = input_byte() % 8;

	switch (kind) {
	case 5:
		return (int32_t)bits(1);
	case 6:
		return (int32_t)bits(2);
	case 7:
		return (int32_t)(uint32_t)bits(4);
	default:
		return ends[kind];
	}
}

int64_t input_long(void)
{
	static const int64_t ends[] = { 0, 1, -1, INT64_MIN, INT64_MAX };
	uint8_t kind = input_byte() % 6;

	return kind == 5 ? (int64_t)bits(8) : ends[kind];
}

size_t input_bytes(const uint8_t **bytes, size_t most)
{
	size_t size = (size_t)bits(2);

	if (size > left)
		size = left;
	if (size > most)
		size = most;
	*bytes = next;
	next += size;
	left -= size;
	return size;
}
