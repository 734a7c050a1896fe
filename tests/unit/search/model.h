/* SPDX-License-Identifier: MIT */
/* model.h - random documents over a few syllables, kept beside the index that holds them. */
#pragma once

#include "../random.h"
#include "archive.h"

/** Several forms of one folded syllable, so that marks matter. */
static const struct {
    const char *exact, *folded;
} syllables[] = {
    { "ma", "ma" }, { "má", "ma" }, { "mà", "ma" }, { "mạ", "ma" }, { "ba", "ba" },
    { "bá", "ba" }, { "bà", "ba" }, { "ca", "ca" }, { "cá", "ca" }, { "đa", "da" },
    { "da", "da" }, { "xe", "xe" }, { "gỗ", "go" }, { "go", "go" }, { "hè", "he" },
};

enum {
    SYLLABLES = sizeof syllables / sizeof *syllables,
    LONGEST = 24,
    TITLE_LONGEST = 3,
    MODEL_LINE = 4
};

struct model_token {
    uint8_t syllable;
    bool last; /* of its paragraph */
};

struct model_document {
    char id[12];
    struct model_token title[TITLE_LONGEST], text[LONGEST];
    uint32_t n_title, n_text;
    int16_t year; /* 0: no date */
    bool alive;
};

/** Ids are numbers whose order is not that of the documents: document i has 7919 i mod 100,000. */
static inline void model_name(struct model_document *document, uint32_t i)
{
    snprintf(document->id, sizeof document->id, "%05u", (unsigned)(i * 7919 % 100000));
}

static inline uint32_t model_number(const char *id)
{
    return (uint32_t)(strtoul(id, NULL, 10) * 17679 % 100000); /* 7919 × 17679 = 1 mod 100,000 */
}

/** Frequent syllables come first, as in a language. */
static inline uint8_t model_syllable(struct random *random)
{
    uint32_t a = random_below(random, SYLLABLES), b = random_below(random, SYLLABLES);

    return (uint8_t)(a < b ? a : b);
}

/** One of a few lines in the place of the tokens: many documents have it, as a mast-head. */
static inline void model_repeat(struct random *random, struct model_token tokens[MODEL_LINE])
{
    uint32_t first = random_below(random, 3);

    for (uint32_t i = 0; i < MODEL_LINE; i++)
        tokens[i] =
            (struct model_token){ (uint8_t)((first + 3 * i) % SYLLABLES), i + 1 == MODEL_LINE };
}

static inline void model_fill(struct random *random, uint32_t longest,
                              struct model_document *document)
{
    document->n_title = random_below(random, TITLE_LONGEST + 1);
    document->n_text = 1 + random_below(random, longest);
    for (uint32_t i = 0; i < document->n_title; i++)
        document->title[i] = (struct model_token){ model_syllable(random), false };
    for (uint32_t i = 0; i < document->n_text; i++)
        document->text[i] =
            (struct model_token){ model_syllable(random), random_below(random, 6) == 0 };
    if (document->n_text > 3 * MODEL_LINE && random_below(random, 2))
        model_repeat(random, document->text);
    if (document->n_text > 4 * MODEL_LINE && random_below(random, 2)) {
        document->text[document->n_text - MODEL_LINE - 1].last = true;
        model_repeat(random, document->text + document->n_text - MODEL_LINE);
    }
    document->year = random_below(random, 5) ? (int16_t)(2000 + random_below(random, 4)) : 0;
    document->alive = true;
}

static inline void model_write(const struct model_token *tokens, uint32_t n, char *out)
{
    *out = 0;
    for (uint32_t i = 0; i < n; i++) {
        strcat(out, syllables[tokens[i].syllable].exact);
        strcat(out, tokens[i].last ? "\n\n" : " ");
    }
}

static inline void model_add(struct archive *archive, const struct model_document *document)
{
    char title[16 * TITLE_LONGEST + 1], text[16 * LONGEST + 1];

    model_write(document->title, document->n_title, title);
    model_write(document->text, document->n_text, text);
    archive_add(archive, &(struct muc_document){ .id = muc_text(document->id),
                                                 .title = muc_text(title),
                                                 .text = muc_text(text),
                                                 .date = { document->year, 0, 0 },
                                                 .date_origin = document->year ? MUC_DATE_GIVEN
                                                                               : MUC_DATE_NONE });
}

/** `n` documents over several commits, longer from one to the next, some replaced, some deleted. */
static inline void model_build(struct random *random, struct archive *archive,
                               struct model_document *documents, uint32_t n)
{
    uint32_t commit = n / (1 + random_below(random, 4)) + 1;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t longest = 4 + (LONGEST - 4) * i / n;

        model_name(&documents[i], i);
        model_fill(random, longest, &documents[i]);
        model_add(archive, &documents[i]);
        if (i > 0 && random_below(random, 10) == 0) {
            struct model_document *changed = &documents[random_below(random, i)];

            if (changed->alive && random_below(random, 2)) {
                archive_delete(archive, changed->id);
                changed->alive = false;
            } else {
                model_fill(random, longest, changed);
                model_add(archive, changed);
            }
        }
        if (i % commit == commit - 1)
            archive_commit(archive);
    }
    archive_commit(archive);
}
