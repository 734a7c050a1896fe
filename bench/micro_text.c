/* SPDX-License-Identifier: MIT */
/* Text to tokens: by the analyser, and by nothing but calls of ICU that come to the same forms. */
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/vector.h"
#include "measure.h"
#include "micro.h"
#include "text/analyzer.h"

enum {
    TEXT_MOST = 32 << 20, /* bytes of text that are taken from the database */
    ICU_MOST = 4 << 20,   /* of them for ICU alone */
    WORD_MOST = 256,      /* UTF-16 units of a word, and of what its forms may come to */
};

struct texts {
    VECTOR(struct muc_string) at;
    struct arena arena;
    struct analyzer *analyzer;
    struct tokens tokens;
    uint64_t most; /* bytes to work on */
};

static void collect(struct texts *texts, const struct reader *reader)
{
    uint64_t size = 0;

    for (uint32_t s = 0; s < reader->n_segments; s++)
        for (uint32_t d = 0; d < reader->segments[s].n_docs && size < TEXT_MOST; d++) {
            struct arena arena = { 0 };
            struct muc_document document;
            struct muc_string *text = vector_push(&texts->at);
            struct muc_error err;

            if (!text)
                measure_fail("out of memory");
            if (segment_document(&reader->segments[s], d, &arena, &document, &err)) {
                texts->at.n--; /* a database without texts */
                arena_free(&arena);
                return;
            }
            *text = arena_copy(&texts->arena, document.text);
            if (!text->bytes)
                measure_fail("out of memory");
            size += text->size;
            arena_free(&arena);
        }
}

static struct work analyse(void *context)
{
    struct texts *texts = context;
    struct work work = { 0 };
    struct muc_error err;

    for (size_t i = 0; i < texts->at.n && work.bytes < texts->most; i++) {
        texts->tokens.n = 0;
        measure_must(analyzer_run(texts->analyzer, texts->at.at[i], 0, &texts->tokens, &err), &err);
        work.items += texts->tokens.n;
        work.bytes += texts->at.at[i].size;
    }
    return work;
}

/* ---- ICU alone */

struct icu {
    UBreakIterator *words;
    const UNormalizer2 *nfc, *nfd;
    UErrorCode error;
};

/** Folded case in NFC, and the same without marks; sizes in UTF-8. */
static uint32_t fold(struct icu *icu, const UChar *word, int32_t size)
{
    UChar lower[WORD_MOST], exact[WORD_MOST], bare[WORD_MOST];
    int32_t n = u_strFoldCase(lower, WORD_MOST, word, size, U_FOLD_CASE_DEFAULT, &icu->error);
    int32_t n_exact = unorm2_normalize(icu->nfc, lower, n, exact, WORD_MOST, &icu->error);
    int32_t n_bare = unorm2_normalize(icu->nfd, lower, n, bare, WORD_MOST, &icu->error), kept = 0;
    char utf8[3 * WORD_MOST];
    int32_t exact_size, folded_size;

    for (int32_t i = 0; i < n_bare; i++)
        if (u_charType(bare[i]) != U_NON_SPACING_MARK)
            bare[kept++] = bare[i] == 0x111 ? 'd' : bare[i];
    u_strToUTF8(utf8, sizeof utf8, &exact_size, exact, n_exact, &icu->error);
    u_strToUTF8(utf8, sizeof utf8, &folded_size, bare, kept, &icu->error);
    return (uint32_t)exact_size + (uint32_t)folded_size;
}

static uint64_t icu_text(struct icu *icu, const UChar *text, int32_t size)
{
    uint64_t n = 0;
    int32_t start;

    ubrk_setText(icu->words, text, size, &icu->error);
    start = ubrk_first(icu->words);
    for (int32_t end; (end = ubrk_next(icu->words)) != UBRK_DONE; start = end) {
        if (ubrk_getRuleStatus(icu->words) == UBRK_WORD_NONE || end - start > WORD_MOST / 4)
            continue;
        micro_sink = fold(icu, text + start, end - start);
        n++;
    }
    return n;
}

static struct work icu_analyse(void *context)
{
    struct texts *texts = context;
    struct icu icu = { .error = U_ZERO_ERROR };
    struct work work = { 0 };

    icu.words = ubrk_open(UBRK_WORD, "vi", NULL, 0, &icu.error);
    icu.nfc = unorm2_getNFCInstance(&icu.error);
    icu.nfd = unorm2_getNFDInstance(&icu.error);
    for (size_t i = 0; i < texts->at.n && work.bytes < texts->most && U_SUCCESS(icu.error); i++) {
        struct muc_string text = texts->at.at[i];
        UChar *utf16 = measure_memory((text.size + 1) * sizeof *utf16);
        int32_t size;

        u_strFromUTF8(utf16, (int32_t)text.size + 1, &size, text.bytes, (int32_t)text.size,
                      &icu.error);
        work.items += icu_text(&icu, utf16, size);
        work.bytes += text.size;
        free(utf16);
    }
    if (U_FAILURE(icu.error))
        measure_fail("ICU: %s", u_errorName(icu.error));
    ubrk_close(icu.words);
    return work;
}

void micro_text(const struct reader *reader, const struct limits *limits)
{
    struct texts texts = { .most = TEXT_MOST };
    struct muc_error err;

    collect(&texts, reader);
    measure_must(analyzer_new(&texts.analyzer, &err), &err);
    micro_step(
        &(struct step){ "analyse", "tokens", analyse, &texts, "read memory", limits->read, 0 });
    texts.most = ICU_MOST;
    micro_step(&(struct step){ "analyse, ICU alone", "tokens", icu_analyse, &texts, "read memory",
                               limits->read, 0 });
    analyzer_free(texts.analyzer);
    vector_free(&texts.tokens);
    vector_free(&texts.at);
    arena_free(&texts.arena);
}
