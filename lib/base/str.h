/* SPDX-License-Identifier: MIT */
/* base/str.h - bytes with a length, borrowed; not NUL-terminated, NUL is a legal byte. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "mucluc/mucluc.h"

/** A literal as a string: STR("abc"). */
#define STR(literal) ((struct muc_string){ "" literal, sizeof(literal) - 1 })

static inline struct muc_string str_of(const char *bytes, size_t size)
{
    return (struct muc_string){ bytes, size };
}

static inline struct muc_string str_c(const char *text)
{
    return (struct muc_string){ text, text ? strlen(text) : 0 };
}

static inline bool str_equal(struct muc_string a, struct muc_string b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/** Order of bytes, the shorter first where one begins the other: <0, 0, >0. */
static inline int str_compare(struct muc_string a, struct muc_string b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int order = least ? memcmp(a.bytes, b.bytes, least) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool str_starts(struct muc_string s, struct muc_string prefix)
{
    return s.size >= prefix.size && (!prefix.size || !memcmp(s.bytes, prefix.bytes, prefix.size));
}
