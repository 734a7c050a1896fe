/* SPDX-License-Identifier: MIT */
/* doc/rtf_words.h - the control words of RTF that matter to its text, and what they ask for. */
#pragma once

#include <stdint.h>

/* Where characters go. */
enum rtf_place {
    RTF_TO_TEXT,
    RTF_TO_NOTE,
    RTF_TO_TITLE,
    RTF_TO_AUTHOR,
    RTF_TO_FONT,
    RTF_TO_CREATED,
    RTF_TO_NOWHERE
};

enum rtf_action {
    RTF_GAP,       /* `text` separates */
    RTF_CHARACTER, /* number `value` */
    RTF_PLACE,     /* what follows in the group goes there */
    RTF_HIDE,      /* unless its number is 0 */
    RTF_FONT,
    RTF_PLAIN,
    RTF_CHARSET,
    RTF_UNICODE,
    RTF_FALLBACKS,
    RTF_CODEPAGE,
    RTF_DEFAULT_FONT,
    RTF_YEAR,
    RTF_MONTH,
    RTF_DAY,
};

struct rtf_rule {
    const char *word;
    enum rtf_action action;
    uint32_t value;
    const char *text;
};

/** NULL: a word that is passed over; if \* is before it, with all of its group. */
const struct rtf_rule *rtf_rule(const char *word);
