/* SPDX-License-Identifier: MIT */
/* mucluc with no more than its peers have: documents, frequencies, positions, dictionary, lengths
 * and ids of the token stream that the peers index (bench/peers/README.md). No stored text, no
 * pairs, no folded forms, no fields.
 *
 *     same build TOKENS DATABASE    index the stream; prints documents<TAB>seconds
 *     same sizes DATABASE           what its parts take, of any database: a table
 *
 * Tokens are not analysed again: each distinct one once, as each peer interns its own. Of stored
 * documents there are the ids alone, since merging asks for them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "index/builder.h"
#include "index/invert.h"
#include "index/lengths.h"
#include "index/merge.h"
#include "index/view.h"
#include "measure.h"

enum { MEMORY = 640 << 20, SLOTS_FIRST = 1 << 16 };

/** The tokens met since the analyzer's forms were numbered. */
struct known {
    struct slot_of {
        uint64_t hash;
        uint32_t form; /* + 1; 0: free */
    } * slots;
    size_t n_slots, n; /* a power of 2; those in use */
};

struct same {
    struct store *store;
    struct spill spill;
    struct invert *invert;
    struct known known;
    struct tokens tokens; /* of one word */
    VECTOR(struct segment_entry) entries;
    uint32_t next; /* number for the next segment */
    uint32_t n_docs, n_all;
};

static struct slot_of *find(const struct known *known, uint64_t hash)
{
    size_t i = hash & (known->n_slots - 1);

    while (known->slots[i].form && known->slots[i].hash != hash)
        i = (i + 1) & (known->n_slots - 1);
    return &known->slots[i];
}

static void resize(struct known *known, size_t n_slots)
{
    struct known larger = { measure_memory(n_slots * sizeof *larger.slots), n_slots, known->n };

    memset(larger.slots, 0, n_slots * sizeof *larger.slots);
    for (size_t i = 0; i < known->n_slots; i++)
        if (known->slots[i].form)
            *find(&larger, known->slots[i].hash) = known->slots[i];
    free(known->slots);
    *known = larger;
}

/** The word that begins a line's rest, and its hash, which is another for each of less than 8
 * bytes: these, multiplied. */
static struct muc_string first_word(const char *at, const char *end, uint64_t *hash)
{
    const uint64_t each = UINT64_C(0x0101010101010101), mixed = UINT64_C(0x9e3779b97f4a7c15);
    const char *space;
    uint64_t bytes, blanks;
    struct muc_string word;

    if (end - at >= (ptrdiff_t)sizeof bytes) {
        memcpy(&bytes, at, sizeof bytes);
        blanks = bytes ^ each * ' ';
        if ((blanks = (blanks - each) & ~blanks & each * 0x80)) {
            unsigned bits = (unsigned)__builtin_ctzll(blanks) & ~7U;

            bytes = (bytes & ((UINT64_C(1) << bits) - 1)) * mixed;
            *hash = bytes ^ bytes >> 32;
            return str_of(at, bits / 8);
        }
    }
    space = memchr(at, ' ', (size_t)(end - at));
    word = str_of(at, (size_t)((space ? space : end) - at));
    *hash = XXH3_64bits(word.bytes, word.size);
    return word;
}

/** What a word is analysed to, alone or, as the sign of 50% is, behind a number. */
static struct token token_of(struct same *same, struct muc_string word)
{
    char text[300];
    struct muc_error err;

    same->tokens.n = 0;
    measure_must(analyzer_run(same->invert->analyzer, word, 0, &same->tokens, &err), &err);
    if (same->tokens.n)
        return same->tokens.at[0];
    snprintf(text, sizeof text, "0%.*s", (int)word.size, word.bytes);
    measure_must(analyzer_run(same->invert->analyzer, str_c(text), 0, &same->tokens, &err), &err);
    if (same->tokens.n != 2)
        measure_fail("\"%.*s\" is no token", (int)word.size, word.bytes);
    return same->tokens.at[1];
}

/** The analyzer's number of a token; equal hashes of 64 bits are taken for equal tokens. */
static uint32_t form_of(struct same *same, struct muc_string word, uint64_t hash)
{
    struct slot_of *slot = find(&same->known, hash);
    uint32_t form;

    if (slot->form)
        return slot->form - 1;
    form = token_of(same, word).form;
    *slot = (struct slot_of){ hash, form + 1 };
    if (++same->known.n > same->known.n_slots / 2)
        resize(&same->known, same->known.n_slots * 2);
    return form;
}

static void begin_segment(struct same *same)
{
    invert_start(same->invert, &same->spill, same->next);
    memset(same->known.slots, 0, same->known.n_slots * sizeof *same->known.slots);
    same->known.n = 0;
    same->n_docs = 0;
}

static void close_segment(struct same *same)
{
    struct segment_entry *entry = vector_push(&same->entries);
    struct manifest manifest;
    struct muc_error err;

    if (!entry)
        measure_fail("out of memory");
    measure_must(invert_finish(same->invert, &manifest, &err), &err);
    *entry = (struct segment_entry){
        .number = same->next++,
        .n_docs = same->n_docs,
        .tokens = manifest.tokens,
        .text_bytes = manifest.text_bytes,
        .bytes = manifest_bytes(&manifest),
    };
    measure_must(spill_flush(&same->spill, &err), &err);
}

/** One line of the stream, without its end. */
static void add(struct same *same, char *line, char *end)
{
    struct invert *invert = same->invert;
    char *tab = memchr(line, '\t', (size_t)(end - line));
    uint32_t slot = (uint32_t)invert->slots.n, position = 0;
    static const struct sketch none;
    struct column_row row = { .sketch = &none };
    struct muc_error err;

    if (!tab || !stream_reserve(&invert->text, (size_t)(end - tab)))
        measure_fail(tab ? "out of memory" : "a line without a tab");
    for (const char *at = tab + 1; at < end; position++) {
        uint64_t place = ((uint64_t)slot << RECORD_POSITION_BITS) + position, hash;
        struct muc_string word = first_word(at, end, &hash);

        stream_put(&invert->text, form_of(same, word, hash), place, false);
        at += word.size + 1;
    }
    for (uint32_t start = 0; start <= position; start += SLOT_POSITIONS) {
        struct slot *next = vector_push(&invert->slots);

        if (!next)
            measure_fail("out of memory");
        *next = (struct slot){ same->n_docs, start };
    }
    row.id = str_of(line, (size_t)(tab - line));
    row.length = length_code(position);
    measure_must(columns_add(&invert->columns, &row, &err), &err);
    measure_must(stored_writer_add(&invert->stored, &(struct muc_document){ .id = row.id }, &err),
                 &err);
    same->n_docs++;
    same->n_all++;
}

/** All segments into one. */
static void merge(struct same *same)
{
    size_t n = same->entries.n;
    struct segment *segments = measure_memory(n * sizeof *segments);
    struct segment **inputs = measure_memory(n * sizeof *inputs);
    struct segment_entry merged;
    struct store_write *write;
    struct store_read *read;
    struct muc_error err;

    measure_must(store_read_begin(same->store, &read, &err), &err);
    memset(segments, 0, n * sizeof *segments);
    for (size_t i = 0; i < n; i++) {
        measure_must(segment_open(read, &same->entries.at[i], &segments[i], &err), &err);
        inputs[i] = &segments[i];
    }
    measure_must(merge_segments(&(struct merge_task){ .inputs = inputs,
                                                      .n = n,
                                                      .threads = 1,
                                                      .spill = &same->spill,
                                                      .number = same->next++ },
                                &merged, &err),
                 &err);
    measure_must(spill_flush(&same->spill, &err), &err);
    for (size_t i = 0; i < n; i++)
        segment_close(&segments[i]);
    store_read_end(read);
    measure_must(store_write_begin(same->store, &write, &err), &err);
    for (size_t i = 0; i < n; i++)
        measure_must(segment_erase(write, same->entries.at[i].number, &err), &err);
    measure_must(store_commit(write, &err), &err);
    same->entries.at[0] = merged;
    same->entries.n = 1;
    free(inputs);
    free(segments);
}

/** Name the one segment, durably. */
static void commit(struct same *same)
{
    struct view view = { 0 };
    struct store_write *write;
    struct muc_error err;

    measure_must(view_open(same->store, &view, &err), &err);
    if (same->entries.n)
        measure_must(view_add(&view, &same->entries.at[0], &err), &err);
    view.list.next = same->next;
    view.list.snapshot++;
    measure_must(store_write_begin(same->store, &write, &err), &err);
    measure_must(view_write(&view, write, &err), &err);
    measure_must(store_commit(write, &err), &err);
    view_close(&view);
}

static int build(const char *tokens, const char *database)
{
    struct same same = { .next = 1 };
    struct muc_error err;
    FILE *in = fopen(tokens, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    double start = measure_now();

    if (!in)
        measure_fail("%s: cannot be opened", tokens);
    measure_must(store_open(database, true, &same.store, &err), &err);
    measure_must(store_lock(same.store, 0, &err), &err);
    spill_init(&same.spill, same.store);
    measure_must(invert_new(MEMORY, &same.invert, &err), &err);
    same.invert->exact_only = true;
    resize(&same.known, SLOTS_FIRST);
    begin_segment(&same);
    while ((size = getline(&line, &room, in)) > 0) {
        if (invert_is_full(same.invert)) {
            close_segment(&same);
            begin_segment(&same);
        }
        add(&same, line, line + size - (line[size - 1] == '\n'));
    }
    if (same.n_docs)
        close_segment(&same);
    if (same.entries.n > 1)
        merge(&same);
    commit(&same);
    printf("%u\t%.3f\n", same.n_all, measure_now() - start);
    spill_free(&same.spill);
    invert_free(same.invert);
    store_unlock(same.store);
    store_close(same.store);
    vector_free(&same.entries);
    vector_free(&same.tokens);
    free(same.known.slots);
    free(line);
    fclose(in);
    return 0;
}

/* ---- sizes */

static void add_part(struct part *sum, const struct part *part)
{
    sum->bytes += part->bytes;
    sum->terms += part->terms;
    sum->postings += part->postings;
    sum->dictionary_bytes += part->dictionary_bytes;
    sum->positions_bytes += part->positions_bytes;
}

static void print_part(const char *name, const struct part *part)
{
    uint64_t lists = part->bytes - part->dictionary_bytes - part->positions_bytes;

    if (!part->bytes)
        return;
    printf("%s\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t", name, (unsigned long long)part->terms,
           (unsigned long long)part->postings, (unsigned long long)lists,
           (unsigned long long)part->positions_bytes, (unsigned long long)part->dictionary_bytes,
           (unsigned long long)part->bytes);
    if (part->postings)
        printf("%.3f\n", (double)part->bytes / (double)part->postings);
    else
        puts("-");
}

static int sizes(const char *database)
{
    static const char *const names[FAMILY_END] = {
        [FAMILY_EXACT] = "exact", [FAMILY_FOLDED] = "folded",
        [FAMILY_PAIR] = "pair",   [FAMILY_PAIR_FOLDED] = "pair-folded",
        [FAMILY_FIELD] = "field", [FAMILY_FIELD_FOLDED] = "field-folded",
    };
    struct part families[FAMILY_END] = { 0 }, shared = { 0 }, columns = { 0 }, stored = { 0 };
    struct store_sizes file;
    struct store *store;
    struct view view = { 0 };
    struct muc_error err;

    measure_must(store_open(database, false, &store, &err), &err);
    measure_must(view_open(store, &view, &err), &err);
    measure_must(store_sizes(store, &file, &err), &err);
    for (size_t i = 0; i < view.n_open; i++) {
        const struct manifest *manifest = &view.segments[i].data->manifest;

        for (int k = 0; k < FAMILY_END; k++)
            add_part(&families[k], &manifest->families[k]);
        for (int k = 0; k < COLUMN_END; k++)
            add_part(k == COLUMN_LENGTH || k == COLUMN_ID ? &shared : &columns,
                     &manifest->columns[k]);
        add_part(&stored, &manifest->stored);
    }
    puts("part\tterms\tpostings\tdocs and freqs\tpositions\tdictionary\tbytes\tbytes per posting");
    for (int k = 0; k < FAMILY_END; k++)
        print_part(names[k] ? names[k] : "other", &families[k]);
    print_part("lengths and ids", &shared);
    print_part("other columns", &columns);
    print_part("stored", &stored);
    print_part("file", &(struct part){ .bytes = file.file_bytes });
    print_part("free", &(struct part){ .bytes = file.free_bytes });
    view_close(&view);
    store_close(store);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "build"))
        return build(argv[2], argv[3]);
    if (argc == 3 && !strcmp(argv[1], "sizes"))
        return sizes(argv[2]);
    fprintf(stderr, "usage: same build TOKENS DATABASE | same sizes DATABASE\n");
    return 2;
}
