/* SPDX-License-Identifier: MIT */
/* text/month_names.h - the months in English and French, as texts and the heads of mails have
 * them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum month_form { MONTH_ENGLISH, MONTH_SHORT, MONTH_FRENCH };

struct month_name {
    uint8_t month; /* 1 … 12 */
    enum month_form form;
    const char *exact, *folded;
    bool doubtful; /* it is also another word: may, mars */
};

enum { MONTH_NAMES = 36 };

/** By month; the first one of each is its name in English. */
extern const struct month_name month_names[MONTH_NAMES];
