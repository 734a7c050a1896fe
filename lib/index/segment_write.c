/* SPDX-License-Identifier: MIT */
#include "index/segment_write.h"

#include <simde/x86/sse2.h>

#include "base/error.h"
#include "index/keys.h"
#include "index/lengths.h"

void segment_writer_start(struct segment_writer *writer, struct spill *spill, uint32_t number)
{
    *writer = (struct segment_writer){ .spill = spill, .number = number };
}

void segment_writer_free(struct segment_writer *writer)
{
    free(writer->shares);
    writer->shares = NULL;
}

int segment_writer_lengths(struct segment_writer *writer, const uint16_t *lengths, uint32_t n_docs,
                           struct muc_error *err)
{
    float *shares = malloc(n_docs ? n_docs * sizeof *shares : 1);
    double average;

    if (!shares)
        return error_memory(err);
    writer->manifest.n_docs = n_docs;
    for (uint32_t i = 0; i < n_docs; i++)
        writer->manifest.tokens += length_of(lengths[i]);
    average = manifest_average(&writer->manifest);
    for (uint32_t i = 0; i < n_docs; i++)
        shares[i] =
            (float)(1 / (IMPACT_K1 * (1 - IMPACT_B + IMPACT_B * length_of(lengths[i]) / average)));
    free(writer->shares);
    writer->shares = shares;
    return MUC_OK;
}

int segment_writer_put(struct segment_writer *writer, char letter, unsigned which,
                       struct muc_string key, struct buffer *value, struct muc_error *err)
{
    struct part *part = manifest_part(&writer->manifest, letter, which);
    uint64_t seal = store_seal(key, str_of((const char *)value->at, value->size));

    part_count(part, value->size, seal);
    return spill_put(writer->spill, key, value, seal, err);
}

int segment_writer_column(struct segment_writer *writer, enum column column, struct buffer *value,
                          struct muc_error *err)
{
    char key[STORE_KEY_MAX];

    return segment_writer_put(writer, 'c', column, key_column(writer->number, column, key), value,
                              err);
}

int segment_writer_finish(struct segment_writer *writer, struct muc_error *err)
{
    struct buffer value = { 0 };
    char room[STORE_KEY_MAX];
    struct muc_string key = key_segment('m', writer->number, room);

    manifest_write(&writer->manifest, &value);
    return spill_put(writer->spill, key, &value,
                     store_seal(key, str_of((const char *)value.at, value.size)), err);
}

/* ---- one family */

void family_writer_start(struct family_writer *writer, struct segment_writer *segment,
                         enum family family)
{
    *writer = (struct family_writer){ .segment = segment, .family = family };
    writer->with_positions = family_has_positions(family);
    terms_builder_start(&writer->terms, writer->with_positions);
    list_builder_start(&writer->list, writer->with_positions);
}

void family_writer_free(struct family_writer *writer)
{
    terms_builder_free(&writer->terms);
    list_builder_free(&writer->list);
    buffer_free(&writer->lists);
    buffer_free(&writer->positions);
    vector_free(&writer->block.steps);
}

enum { IMPACT_MAX = 255 };

#define IMPACT_SLACK 1e-4F /* far above what the products lose: no document is above its impact */

/** The strengths, f / norm, of the first `n` documents of a block; the highest. Four at a time:
 * each maximum waits for the one before. */
static float strengths_of(const struct posting_block *block, uint32_t n, const float *shares,
                          float strengths[LIST_BLOCK])
{
    const uint32_t *docs = block->docs, *freqs = block->freqs;
    simde__m128 most = simde_mm_setzero_ps();
    float lanes[4], last = 0;
    uint32_t i = 0;

    for (; i + 4 <= n; i += 4) {
        simde__m128 its = simde_mm_set_ps(shares[docs[i + 3]], shares[docs[i + 2]],
                                          shares[docs[i + 1]], shares[docs[i]]);
        simde__m128i freq = simde_mm_loadu_si128((const simde__m128i *)(freqs + i));

        its = simde_mm_mul_ps(its, simde_mm_cvtepi32_ps(freq));
        simde_mm_storeu_ps(strengths + i, its);
        most = simde_mm_max_ps(most, its);
    }
    simde_mm_storeu_ps(lanes, most);
    for (; i < n; i++) {
        strengths[i] = (float)freqs[i] * shares[docs[i]];
        last = strengths[i] > last ? strengths[i] : last;
    }
    for (i = 0; i < 4; i++)
        last = lanes[i] > last ? lanes[i] : last;
    return last;
}

/** With s = f / norm, f / (f + norm) is s / (s + 1), which rises with s: one division is enough. */
static uint8_t impact_of(float strength)
{
    float share = IMPACT_MAX * (strength / (strength + 1)) + IMPACT_SLACK;
    int impact = (int)share;

    impact += (float)impact < share;
    return (uint8_t)(impact > IMPACT_MAX ? IMPACT_MAX : impact);
}

/** The first `n` documents of the block are in a list: count them, write their positions, and leave
 *  what is behind them. */
static void end_block(struct family_writer *writer, uint32_t n)
{
    struct posting_block *block = &writer->block;
    uint32_t left = block->n - n;
    uint64_t occurrences = 0;

    for (uint32_t i = 0; i < n; i++)
        occurrences += block->freqs[i];
    writer->occurrences += occurrences;
    writer->n_docs += n;
    block->n = left;
    if (writer->with_positions)
        positions_encode(&writer->positions, block->firsts, n, block->steps.at, occurrences - n);
    if (left) {
        memmove(block->docs, block->docs + n, left * sizeof *block->docs);
        memmove(block->freqs, block->freqs + n, left * sizeof *block->freqs);
    }
    if (!writer->with_positions)
        return;
    if (left)
        memmove(block->firsts, block->firsts + n, left * sizeof *block->firsts);
    block->steps.n -= occurrences - n;
    if (block->steps.n)
        memmove(block->steps.at, block->steps.at + (occurrences - n),
                block->steps.n * sizeof *block->steps.at);
}

/** Write the first `n` documents of the block: all, or LIST_BLOCK. */
static int write_block(struct family_writer *writer, uint32_t n, struct muc_error *err)
{
    const struct posting_block *block = &writer->block;
    const float *shares = writer->segment->shares;
    size_t at = writer->positions.size - writer->positions_start;
    float strengths[LIST_BLOCK], most = strengths_of(block, n, shares, strengths);

    if (at > UINT32_MAX)
        return error_set(err, MUC_EINPUT, 0, "", "a term has too many positions in one segment");
    champions_find(&writer->finder, block->docs, block->freqs, strengths, n, most);
    list_builder_block(&writer->list, block->docs, block->freqs, n, impact_of(most), (uint32_t)at);
    end_block(writer, n);
    return MUC_OK;
}

int family_writer_block(struct family_writer *writer, struct muc_error *err)
{
    return write_block(writer, LIST_BLOCK, err);
}

static int close_slab(struct family_writer *writer, struct muc_error *err)
{
    struct part *part = &writer->segment->manifest.families[writer->family];
    struct muc_string first = str_of(writer->first, writer->first_size);
    struct buffer value = { 0 };
    char key[STORE_KEY_MAX];
    uint32_t dictionary;
    int rc;

    buffer_reserve(&value, SLAB_HEAD + terms_builder_size(&writer->terms) + writer->lists.size +
                               writer->positions.size);
    buffer_u32(&value, 0);
    buffer_u64(&value, writer->lists.size);
    buffer_u64(&value, writer->positions.size);
    buffer_u32(&value, writer->terms.n);
    if (!terms_builder_finish(&writer->terms, &value) || writer->lists.failed ||
        writer->positions.failed) {
        buffer_free(&value);
        return error_memory(err);
    }
    dictionary = (uint32_t)(value.size - SLAB_HEAD);
    for (int i = 0; i < 4; i++)
        value.at[i] = (uint8_t)(dictionary >> 8 * i);
    buffer_append(&value, writer->lists.at, writer->lists.size);
    buffer_append(&value, writer->positions.at, writer->positions.size);
    part->dictionary_bytes += dictionary;
    part->positions_bytes += writer->positions.size;
    part->terms += writer->terms.n;
    rc = segment_writer_put(writer->segment, 's', writer->family,
                            key_slab(writer->segment->number, writer->family, first, key), &value,
                            err);
    terms_builder_start(&writer->terms, writer->with_positions);
    buffer_clear(&writer->lists);
    buffer_clear(&writer->positions);
    writer->list_start = writer->positions_start = 0;
    return rc;
}

/** Append the list of the open term, which has some documents, to those of the slab. */
static int write_list(struct family_writer *writer, struct muc_error *err)
{
    const struct posting_block *block = &writer->block;
    struct champions champions;
    float strengths[LIST_BLOCK];
    uint32_t n = block->n;
    int rc;

    if (writer->list.n) {
        if (n && (rc = write_block(writer, n, err)))
            return rc;
        champions_choose(&writer->finder, &champions);
        if (!list_builder_finish(&writer->list, &champions, &writer->lists))
            return error_memory(err);
    } else {
        list_write_short(
            &writer->lists, block->docs, block->freqs, n,
            n > 1 ? impact_of(strengths_of(block, n, writer->segment->shares, strengths)) : 0);
        end_block(writer, n);
    }
    return writer->lists.failed || writer->positions.failed ? error_memory(err) : MUC_OK;
}

/** Where it was written before, or taken from another family, that was all. */
static inline int end_list(struct family_writer *writer, struct muc_error *err)
{
    return writer->list.n || writer->block.n ? write_list(writer, err) : MUC_OK;
}

int family_writer_list(struct family_writer *writer, struct written_list *list,
                       struct muc_error *err)
{
    int rc = end_list(writer, err);

    if (rc)
        return rc;
    list->bytes = str_of((const char *)writer->lists.at + writer->list_start,
                         writer->lists.size - writer->list_start);
    list->n_docs = writer->n_docs;
    list->occurrences = writer->occurrences;
    return MUC_OK;
}

void family_writer_same(struct family_writer *writer, const struct written_list *list)
{
    buffer_append(&writer->lists, list->bytes.bytes, list->bytes.size);
    writer->n_docs = list->n_docs;
    writer->occurrences = list->occurrences;
}

int family_writer_term(struct family_writer *writer, struct muc_string term, struct muc_error *err)
{
    struct terms_entry entry = { 0 };
    int rc;

    if ((rc = end_list(writer, err)) || !writer->n_docs)
        return rc;
    if (!writer->terms.n) {
        memcpy(writer->first, term.bytes, term.size);
        writer->first_size = term.size;
    }
    entry.n_docs = writer->n_docs;
    entry.occurrences = writer->occurrences;
    entry.list_size = writer->lists.size - writer->list_start;
    entry.positions_size = writer->positions.size - writer->positions_start;
    terms_builder_add(&writer->terms, term, &entry);
    writer->segment->manifest.families[writer->family].postings += entry.n_docs;
    writer->list_start = writer->lists.size;
    writer->positions_start = writer->positions.size;
    writer->occurrences = writer->n_docs = 0;
    if (terms_builder_size(&writer->terms) >= SLAB_DICTIONARY ||
        writer->lists.size + writer->positions.size >= SLAB_LISTS)
        return close_slab(writer, err);
    return MUC_OK;
}

int family_writer_finish(struct family_writer *writer, struct muc_error *err)
{
    return writer->terms.n ? close_slab(writer, err) : MUC_OK;
}
