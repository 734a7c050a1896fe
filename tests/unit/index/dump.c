/* SPDX-License-Identifier: MIT */
#include "dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/vector.h"
#include "codec/positions.h"
#include "index/lengths.h"

struct lines {
    char **at;
    size_t n, room;
};

static void keep(struct lines *lines, struct buffer *line)
{
    char **kept = vector_push(lines);

    assert_non_null(kept);
    buffer_byte(line, 0);
    assert_false(line->failed);
    *kept = strdup((const char *)line->at);
    assert_non_null(*kept);
    buffer_clear(line);
}

/** Bytes below a blank are shown: terms have NUL inside. */
static void show(struct buffer *line, struct muc_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((uint8_t)text.bytes[i] < ' ')
            buffer_format(line, "\\%02x", (uint8_t)text.bytes[i]);
        else
            buffer_byte(line, (uint8_t)text.bytes[i]);
}

static void dump_postings(const struct segment *segment, enum family family, struct muc_string term,
                          const struct postings *postings, struct lines *lines)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK], positions[4096];
    struct buffer line = { 0 };
    struct positions_run run;
    char room[MUC_ID_MAX];

    for (uint32_t block = 0; block < postings->list.n_blocks; block++) {
        uint32_t n = list_docs(&postings->list, block, docs);
        uint32_t at = list_positions_at(&postings->list, block);

        assert_true(n > 0);
        assert_int_equal(list_freqs(&postings->list, block, freqs), n);
        if (postings->positions)
            assert_true(positions_open(&run, postings->positions + at,
                                       postings->positions_size - at, freqs, n));
        for (uint32_t i = 0; i < n; i++) {
            if (segment_is_deleted(segment, docs[i]))
                continue;
            buffer_format(&line, "%d ", family);
            show(&line, term);
            buffer_string(&line, " @ ");
            show(&line, segment_id(segment, docs[i], room));
            buffer_format(&line, " %u", freqs[i]);
            if (postings->positions) {
                assert_true(freqs[i] <= sizeof positions / sizeof *positions);
                assert_true(positions_read(&run, i, positions));
                for (uint32_t k = 0; k < freqs[i]; k++)
                    buffer_format(&line, " %u", positions[k]);
            }
            keep(lines, &line);
        }
    }
    buffer_free(&line);
}

/** Places of a term, asked for between others that are not there. */
static void check_places(const struct segment *segment, enum family family,
                         const struct term_iter *iter)
{
    struct term_wanted_place wanted[TERMS_AT_ONCE];

    for (size_t i = 0; i < TERMS_AT_ONCE; i++)
        wanted[i].term = i % 3 == 1 ? iter->term : i % 2 ? STR("\x01\x01") : STR("\xff\xff");
    assert_int_equal(segment_find_places(segment, family, wanted, TERMS_AT_ONCE, NULL), MUC_OK);
    for (size_t i = 0; i < TERMS_AT_ONCE; i++) {
        assert_ptr_equal(wanted[i].at.slab, i % 3 == 1 ? term_iter_place(iter).slab : NULL);
        if (i % 3 != 1)
            continue;
        assert_int_equal(wanted[i].at.entry.n_docs, iter->entry->n_docs);
        assert_int_equal(wanted[i].at.entry.occurrences, iter->entry->occurrences);
    }
}

static void dump_family(const struct segment *segment, enum family family, struct lines *lines)
{
    struct term_iter iter;
    int rc;

    assert_int_equal(term_iter_open(segment, family, str_of(NULL, 0), &iter, NULL), MUC_OK);
    while ((rc = term_iter_next(&iter, NULL)) == 1) {
        struct postings postings, found, many[2] = { { .occurrences = 0 } };
        const struct term_wanted wanted[] = { { family, iter.term, &many[0] },
                                              { family, STR("\x01\x01"), &many[1] } };

        assert_int_equal(term_iter_postings(&iter, &postings, NULL), MUC_OK);
        assert_int_equal(segment_find(segment, family, iter.term, &found, NULL), 1);
        assert_ptr_equal(found.list.blocks, postings.list.blocks);
        assert_int_equal(segment_find_many(segment, wanted, 2, NULL), MUC_OK);
        assert_ptr_equal(many[0].list.blocks, postings.list.blocks);
        assert_int_equal(many[1].list.n, 0);
        check_places(segment, family, &iter);
        dump_postings(segment, family, iter.term, &postings, lines);
    }
    assert_int_equal(rc, 0);
    term_iter_close(&iter);
}

/** Whatever has a column with a dictionary. */
static void dump_values(const struct segment *segment, uint32_t doc, struct buffer *line)
{
    const struct {
        const char *name;
        const struct values *values;
    } columns[] = {
        { "source", &segment->source }, { "kind", &segment->kind },
        { "lang", &segment->lang },     { "place", &segment->place },
        { "byline", &segment->byline }, { "number", &segment->doc_number },
    };

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        uint32_t ordinal = columns[i].values->ordinals[doc];

        if (!ordinal)
            continue;
        buffer_format(line, " %s ", columns[i].name);
        show(line, columns[i].values->at[ordinal - 1]);
    }
}

static void dump_document(const struct segment *segment, uint32_t doc, struct lines *lines)
{
    struct arena arena = { 0 };
    struct buffer line = { 0 };
    struct muc_document document;
    char room[MUC_ID_MAX];

    assert_int_equal(segment_document(segment, doc, &arena, &document, NULL), MUC_OK);
    assert_true(str_equal(document.id, segment_id(segment, doc, room)));
    buffer_string(&line, "document ");
    show(&line, document.id);
    buffer_format(&line, " %d-%d-%d %u ", document.date.year, document.date.month,
                  document.date.day, length_of(segment->lengths[doc]));
    show(&line, document.title);
    buffer_string(&line, " / ");
    show(&line, document.text);
    buffer_string(&line, " / ");
    show(&line, document.source);
    for (size_t i = 0; i < document.n_tags; i++) {
        buffer_string(&line, " #");
        show(&line, document.tags[i]);
    }
    for (uint32_t i = doc ? segment->tags.ends[doc - 1] : 0; i < segment->tags.ends[doc]; i++) {
        buffer_string(&line, " =");
        show(&line, segment->tags.at[segment->tags.ordinals[i]]);
    }
    dump_values(segment, doc, &line);
    keep(lines, &line);
    buffer_free(&line);
    arena_free(&arena);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void dump(const struct reader *reader, struct buffer *out)
{
    struct lines lines = { 0 };
    uint64_t n_docs = 0, n_tokens = 0;

    for (uint32_t s = 0; s < reader->n_segments; s++) {
        const struct segment *segment = &reader->segments[s];

        for (enum family family = 1; family < FAMILY_END; family++)
            dump_family(segment, family, &lines);
        for (uint32_t doc = 0; doc < segment->n_docs; doc++)
            if (!segment_is_deleted(segment, doc)) {
                dump_document(segment, doc, &lines);
                n_docs++;
                n_tokens += length_of(segment->lengths[doc]);
            }
    }
    assert_int_equal(reader->n_docs, n_docs);
    assert_int_equal(reader->n_tokens, n_tokens);
    if (lines.n)
        qsort(lines.at, lines.n, sizeof *lines.at, compare);
    for (size_t i = 0; i < lines.n; i++) {
        buffer_string(out, lines.at[i]);
        buffer_byte(out, '\n');
        free(lines.at[i]);
    }
    buffer_byte(out, 0);
    assert_false(out->failed);
    vector_free(&lines);
}
