/* SPDX-License-Identifier: MIT */
#include "codec/ones.h"

#define BIT_0(v) (v), (v) << 8
#define BIT_1(v) BIT_0(v), BIT_0((v) << 8 | 1)
#define BIT_2(v) BIT_1(v), BIT_1((v) << 8 | 2)
#define BIT_3(v) BIT_2(v), BIT_2((v) << 8 | 3)
#define BIT_4(v) BIT_3(v), BIT_3((v) << 8 | 4)
#define BIT_5(v) BIT_4(v), BIT_4((v) << 8 | 5)
#define BIT_6(v) BIT_5(v), BIT_5((v) << 8 | 6)

const uint64_t ones_of_byte[256] = { BIT_6((uint64_t)0), BIT_6((uint64_t)7) };

#define COUNT_1(n) (n), (n) + 1
#define COUNT_2(n) COUNT_1(n), COUNT_1((n) + 1)
#define COUNT_4(n) COUNT_2(n), COUNT_2((n) + 1), COUNT_2((n) + 1), COUNT_2((n) + 2)
#define COUNT_6(n) COUNT_4(n), COUNT_4((n) + 1), COUNT_4((n) + 1), COUNT_4((n) + 2)

const uint8_t ones_in_byte[256] = { COUNT_6(0), COUNT_6(1), COUNT_6(1), COUNT_6(2) };
