/* SPDX-License-Identifier: MIT */
/* codec/list_parts.h - what list.c, list_skip.c and list_write.c share. */
#pragma once

#include "codec/list.h"

#define BEFORE_FIRST UINT32_MAX /* -1: the first document of a list counts from it */

static inline uint32_t entry_u32(const uint8_t *table, uint32_t i)
{
    const uint8_t *at = table + 4 * (size_t)i;

    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/** A number of `bytes` of a table that has at least two bytes behind it. */
static inline uint32_t entry_of(const uint8_t *table, unsigned bytes, uint32_t i)
{
    return entry_u32(table + (size_t)bytes * i, 0) & UINT32_MAX >> (32 - 8 * bytes);
}
