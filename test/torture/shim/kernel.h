/* SPDX-License-Identifier: MIT */
/*
 * The kernel as the fuzzer has it: what is sent is read to its last byte, what is received is made of the
 * input, and fills whatever room there is said to be.  The linker puts it in the place of nl_sendto(3),
 * recvfrom(2) and recvmmsg(2).
 */
#ifndef JGENL_FUZZ_KERNEL_H
#define JGENL_FUZZ_KERNEL_H

#include <stdint.h>

/* Whom the answers are for; some of them are bent. */
void kernel_answers(uint32_t sequence, uint32_t port);

/* The length of a datagram of the last reception. */
uint32_t kernel_sent(int i);

#endif /* JGENL_FUZZ_KERNEL_H */
