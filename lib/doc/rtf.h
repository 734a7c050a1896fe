/* SPDX-License-Identifier: MIT */
/* doc/rtf.h - Rich Text Format (Microsoft, version 1.9.1) in its smallest parts. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum rtf_kind {
    RTF_END,
    RTF_OPEN,  /* { */
    RTF_CLOSE, /* } */
    RTF_WORD,  /* \word or \word12; \* and other signs are words of one character */
    RTF_BYTE,  /* of text: a character, or \'hh */
};

enum { RTF_WORD_MAX = 32 };

struct rtf_token {
    enum rtf_kind kind;
    uint8_t byte;
    bool has_number;
    int32_t number;
    char word[RTF_WORD_MAX + 1]; /* a longer one is cut */
};

struct rtf_input {
    struct muc_string text;
    size_t at;
};

/** Any bytes are tokens up to RTF_END. What \bin announces is passed over. */
void rtf_next(struct rtf_input *input, struct rtf_token *token);
