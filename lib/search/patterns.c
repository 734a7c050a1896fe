/* SPDX-License-Identifier: MIT */
#include "search/patterns.h"

#include "base/error.h"
#include "base/vector.h"
#include "index/terms.h"

enum { WORK_ASKED = 1024 }; /* terms and blocks of lists between two looks at the clock */
enum { FREQ_MAX = UINT8_MAX, IMPACT_MAX = UINT8_MAX };

/** The documents of the terms so far. */
struct gathering {
    const struct segment *segment;
    uint8_t *freqs; /* of each document of the segment, 0: it has none of the terms */
    uint32_t work;  /* since the clock was looked at */
    struct muc_error *err;
};

/* ---- terms */

/** Whether a term of the family fits. */
static bool fits(const struct pattern_search *search, struct muc_string term)
{
    const struct pattern *pattern = search->by;
    const struct pattern_form *form =
        search->typed && !search->bare ? &pattern->exact : &pattern->folded;

    if (search->letter)
        term = str_of(term.bytes + 1, term.size - 1);
    if (search->typed)
        term = term_exact_form(term);
    return term.size && pattern_fits(form, pattern->distance, term);
}

/** What all terms that fit begin with. */
static struct muc_string prefix_of(const struct pattern_search *search, char room[TERM_MAX])
{
    const struct pattern_form *folded = &search->by->folded;
    size_t size = 0;

    if (search->letter)
        room[size++] = search->letter;
    memcpy(room + size, folded->text.bytes, folded->prefix);
    return str_of(room, size + folded->prefix);
}

static int add_term(struct gathering *gathering, struct term_iter *iter)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK], n_docs = gathering->segment->n_docs;
    struct postings postings;
    int rc = term_iter_postings(iter, &postings, gathering->err);

    gathering->work += rc ? 0 : postings.list.n_blocks;
    for (uint32_t b = 0; !rc && b < postings.list.n_blocks; b++) {
        uint32_t n = list_docs(&postings.list, b, docs);

        if (!n || docs[n - 1] >= n_docs || list_freqs(&postings.list, b, freqs) != n)
            return error_set(gathering->err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                             gathering->segment->number);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t sum = gathering->freqs[docs[i]] + freqs[i];

            gathering->freqs[docs[i]] = (uint8_t)(sum < FREQ_MAX ? sum : FREQ_MAX);
        }
    }
    return rc;
}

static bool is_late(struct gathering *gathering, struct deadline *deadline)
{
    if (++gathering->work < WORK_ASKED)
        return false;
    gathering->work = 0;
    return deadline_is_over(deadline);
}

static int add_terms(struct gathering *gathering, const struct pattern_search *search)
{
    char room[TERM_MAX];
    struct muc_string prefix = prefix_of(search, room);
    struct term_iter iter;
    int rc = term_iter_open(gathering->segment, search->family, prefix, &iter, gathering->err);

    if (rc)
        return rc;
    while (!is_late(gathering, search->deadline) &&
           (rc = term_iter_next(&iter, gathering->err)) == 1 && str_starts(iter.term, prefix))
        if (fits(search, iter.term) && (rc = add_term(gathering, &iter)))
            break;
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/* ---- the list */

struct writing {
    struct list_builder builder;
    struct buffer out;
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
    uint32_t n; /* of the open block */
    uint32_t n_docs;
    uint64_t occurrences;
};

static void write_block(struct writing *writing)
{
    list_builder_block(&writing->builder, writing->docs, writing->freqs, writing->n, IMPACT_MAX, 0);
    writing->n = 0;
}

static void write_docs(struct writing *writing, const struct gathering *gathering)
{
    for (uint32_t doc = 0; doc < gathering->segment->n_docs; doc++) {
        if (!gathering->freqs[doc])
            continue;
        if (writing->n == LIST_BLOCK)
            write_block(writing);
        writing->docs[writing->n] = doc;
        writing->freqs[writing->n++] = gathering->freqs[doc];
        writing->n_docs++;
        writing->occurrences += gathering->freqs[doc];
    }
    if (writing->n_docs > LIST_BLOCK)
        write_block(writing);
    else if (writing->n)
        list_write_short(&writing->out, writing->docs, writing->freqs, writing->n, IMPACT_MAX);
}

static int write_list(const struct gathering *gathering, struct arena *arena, struct postings *out)
{
    struct writing writing = { .n = 0 };
    struct muc_string bytes;
    bool ok = true;
    int rc = MUC_OK;

    list_builder_start(&writing.builder, false);
    write_docs(&writing, gathering);
    if (writing.n_docs > LIST_BLOCK)
        ok = list_builder_finish(&writing.builder, NULL, &writing.out);
    bytes = arena_copy(arena, str_of((const char *)writing.out.at, writing.out.size));
    if (!ok || writing.out.failed || !bytes.bytes)
        rc = error_memory(gathering->err);
    *out = (struct postings){ .occurrences = writing.occurrences };
    if (!rc && writing.n_docs &&
        !list_open(&out->list, (const uint8_t *)bytes.bytes, bytes.size, writing.n_docs, false))
        rc = error_memory(gathering->err);
    list_builder_free(&writing.builder);
    buffer_free(&writing.out);
    return rc;
}

int pattern_find(const struct segment *segment, const struct pattern_search *search,
                 struct arena *arena, struct postings *out, struct muc_error *err)
{
    struct gathering gathering = { .segment = segment, .work = WORK_ASKED, .err = err };
    int rc;

    if (!(gathering.freqs = calloc(segment->n_docs + (size_t)1, 1)))
        return error_memory(err);
    rc = add_terms(&gathering, search);
    if (!rc)
        rc = write_list(&gathering, arena, out);
    free(gathering.freqs);
    return rc;
}
