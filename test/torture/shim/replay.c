// SPDX-License-Identifier: MIT
/* Runs inputs that a fuzzer has found, without it: replay FILE... */
#include <stdint.h>
#include <stdio.h>

#define SIZE_MOST (1024 * 1024)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
	static uint8_t input[SIZE_MOST];

	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");

		if (!file) {
			perror(argv[i]);
			return 1;
		}
		LLVMFuzzerTestOneInput(input, fread(input, 1, sizeof(input), file));
		fclose(file);
	}
	printf("%d inputs\n", argc - 1);
	return 0;
}
