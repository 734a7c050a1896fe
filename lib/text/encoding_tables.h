/* SPDX-License-Identifier: MIT */
/* text/encoding_tables.h - what the bytes of the single-byte encodings mean. */
#pragma once

#include <stddef.h>
#include <uchar.h>

struct encoding_table {
    const char16_t *low;    /* 00 … 1F; NULL: the controls */
    const char16_t *middle; /* 80 … 9F */
    const char16_t *high;   /* A0 … FF */
};

extern const struct encoding_table table_windows_1252, table_windows_1258, table_tcvn3,
    table_tcvn5712_1, table_viscii, table_vps;
