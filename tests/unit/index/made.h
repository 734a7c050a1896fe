/* SPDX-License-Identifier: MIT */
/* made.h - documents of random words, to be merged; include after <cmocka.h>. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "../random.h"
#include "mucluc/mucluc.h"

enum { WORDS = 500, LONG = 32, TEXT = 2048 };

struct made {
    char id[32], text[TEXT], source[16];
    struct muc_document document;
};

/** Few words stand in most texts, many in one or two. */
static inline void make(struct made *made, uint32_t number, uint64_t seed)
{
    struct random random = { seed + number };
    uint32_t n = 20 + random_below(&random, 60);
    size_t size = 0;

    snprintf(made->id, sizeof made->id, "/tin/%u/%u", number / 100, number);
    snprintf(made->source, sizeof made->source, "Sở %u", random_below(&random, 7));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t word = random_below(&random, WORDS) >> random_below(&random, 9);

        size += (size_t)snprintf(made->text + size, sizeof made->text - size, "%s%c%c%u%s",
                                 word % 3 ? "tờ" : "tơ", 'a' + (char)(word % 20),
                                 'a' + (char)(word / 20 % 20), word / 400, i % 9 ? " " : ". ");
    }
    made->document = (struct muc_document){
        .id = str_c(made->id),
        .title = str_of(made->text, 0),
        .text = str_of(made->text, size),
        .source = str_c(made->source),
        .tags = &made->document.source,
        .n_tags = number % 4 == 0,
        .date = { (int16_t)(1990 + number % 30), (uint8_t)(1 + number % 12), 1 },
    };
}

/** Whether a document is one of those that go. */
static inline bool goes(uint32_t number, uint32_t every)
{
    return every && number % every == 1;
}

/** The same, its text several times over. */
static inline void make_long(struct made *made, char text[LONG * TEXT], uint32_t number,
                             uint32_t times, uint64_t seed)
{
    size_t size;

    make(made, number, seed);
    size = made->document.text.size;
    for (uint32_t i = 0; i < times; i++)
        memcpy(text + i * size, made->text, size);
    made->document.text = str_of(text, times * size);
}
