// SPDX-License-Identifier: MIT
/* What a fuzzer has to find: a word, byte by byte, behind which a byte too much is read. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	volatile const uint8_t *copy;
	uint8_t *exact;

	if (size < 4 || data[0] != 'j' || data[1] != 'g' || data[2] != 'e' || data[3] != 'n')
		return 0;
	exact = malloc(size);
	if (!exact)
		abort();
	memcpy(exact, data, size);
	copy = exact;
	(void)copy[size];
	free(exact);
	return 0;
}
