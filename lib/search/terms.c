/* SPDX-License-Identifier: MIT */
#include "search/terms.h"

#include <math.h>

#include "base/error.h"
#include "base/pages.h"
#include "index/standing.h"
#include "index/terms.h"
#include "search/patterns.h"

/** Look for a term in one segment. `pattern` (NULL: none) is what the term stands for. 1; 0: it is
 *  not there; or what failed. */
static int find_in(const struct segment *segment, enum family family, struct muc_string term,
                   const struct pattern_search *pattern, struct arena *arena, struct postings *at,
                   struct muc_error *err)
{
    int rc;

    if (!pattern)
        return segment_find(segment, family, term, at, err);
    rc = pattern_find(segment, pattern, arena, at, err);
    return rc ? rc : at->list.n > 0;
}

static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static uint32_t load4(const char *at)
{
    uint32_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

/* Sizes of words cannot be foreseen. So one and the same branch, whether there are four bytes, is
 * asked of most of them here and where they are compared: loads overlap. */

static uint64_t hash_string(uint64_t hash, struct muc_string s)
{
    if (s.size < 4)
        return mix(hash ^ str_word(s));
    for (size_t at = 4; at + 4 < s.size; at += 4)
        hash = mix(hash ^ load4(s.bytes + at));
    return mix(hash ^ (load4(s.bytes) | (uint64_t)load4(s.bytes + s.size - 4) << 32));
}

static bool is_same(const char *a, struct muc_string b)
{
    uint32_t other;

    if (b.size < 4)
        return !b.size || (a[0] == b.bytes[0] && a[b.size / 2] == b.bytes[b.size / 2] &&
                           a[b.size - 1] == b.bytes[b.size - 1]);
    other = (load4(a) ^ load4(b.bytes)) | (load4(a + b.size - 4) ^ load4(b.bytes + b.size - 4));
    for (size_t at = 4; at + 4 < b.size; at += 4)
        other |= load4(a + at) ^ load4(b.bytes + at);
    return !other;
}

/** Of parts that lie where they have long been: a processor waits for bytes just put together. */
static uint32_t hash_of(const struct term_parts *parts)
{
    uint64_t hash = (uint64_t)parts->family << 8 | (uint8_t)parts->letter |
                    (uint64_t)parts->first.size << 32 | (uint64_t)parts->second.size << 48;

    hash = hash_string(hash, parts->first);
    return (uint32_t)hash_string(hash, parts->second);
}

static bool is_term(const struct lookup *lookup, const struct term_parts *parts, uint32_t hash)
{
    const char *at = lookup->term.bytes;
    const size_t before = parts->letter != 0, joint = before + parts->first.size;

    return lookup->hash == hash && lookup->family == parts->family &&
           lookup->term.size == joint + parts->joined + parts->second.size &&
           (!before || *at == parts->letter) && is_same(at + before, parts->first) &&
           (!parts->joined || at[joint] == parts->joint) &&
           is_same(at + joint + parts->joined, parts->second);
}

/** Where a term is in the table, or would be; the table has slots. */
static const struct lookup **slot_of(const struct term_table *table, const struct term_parts *parts,
                                     uint32_t hash)
{
    for (uint32_t slot = hash;; slot++) {
        const struct lookup **at = &table->slots[slot & (table->n_slots - 1)];

        if (!*at || is_term(*at, parts, hash))
            return at;
    }
}

/** A free slot of a table that has no other term with the hash. */
static const struct lookup **free_slot(const struct term_table *table, uint32_t hash)
{
    uint32_t slot = hash;

    while (table->slots[slot & (table->n_slots - 1)])
        slot++;
    return &table->slots[slot & (table->n_slots - 1)];
}

/** Keep the table at most half full. */
static bool make_room(struct term_table *table)
{
    enum { FIRST_SLOTS = 16, GROWTH = 4 };
    struct term_table larger = *table;

    if (2 * (table->n + 1) <= table->n_slots)
        return true;
    larger.n_slots = table->n_slots ? GROWTH * table->n_slots : FIRST_SLOTS;
    larger.slots = arena_zero(table->arena, larger.n_slots, sizeof(struct lookup *));
    if (!larger.slots)
        return false;
    for (uint32_t i = 0; i < table->n_slots; i++)
        if (table->slots[i])
            *free_slot(&larger, table->slots[i]->hash) = table->slots[i];
    *table = larger;
    return true;
}

/** Places in all segments: a copy, or those that all terms share which are nowhere. */
static const struct postings *copy_places(struct term_table *table, const struct reader *reader,
                                          const struct postings *at)
{
    const uint32_t n = reader->n_segments;
    struct postings *copy;

    for (uint32_t s = 0; s < n; s++)
        if (at[s].list.n)
            return (copy = arena_alloc(table->arena, n * sizeof *copy))
                       ? memcpy(copy, at, n * sizeof *copy)
                       : NULL;
    if (!table->nowhere)
        table->nowhere = arena_zero(table->arena, n + (size_t)1, sizeof *copy);
    return table->nowhere;
}

/** Of the living documents how few have it, as Lucene has it. */
static struct rarity rarity_of(uint64_t n_docs, const struct reader *reader)
{
    double all = (double)reader->n_docs, some = (double)n_docs;
    double rarity = log(1 + (all - some + 0.5) / (some + 0.5));

    return (struct rarity){ rarity, pow(rarity, RARITY_POWER) };
}

static void set_rarity(struct lookup *lookup, const struct term_table *table,
                       const struct reader *reader)
{
    struct rarity one = { 0 };
    bool few = table->rarities && lookup->n_docs < FEW_DOCS;
    struct rarity *rarity = few ? &table->rarities[lookup->n_docs] : &one;

    if (rarity->raised <= 0)
        *rarity = rarity_of(lookup->n_docs, reader);
    lookup->rarity = rarity->plain;
    lookup->rarity_raised = rarity->raised;
}

/** Put a term into its free slot; of `found` nothing has to stay where it is. */
static int take_slot(struct term_table *table, const struct reader *reader,
                     const struct lookup **slot, const struct lookup *found, struct muc_error *err)
{
    bool spoken = found->family == FAMILY_FOLDED || found->family == FAMILY_PAIR_FOLDED;
    bool word = found->family == FAMILY_EXACT || found->family == FAMILY_FOLDED;
    struct lookup *lookup = arena_alloc(table->arena, sizeof *lookup);

    if (!lookup)
        return error_memory(err);
    *lookup = *found;
    lookup->term = arena_copy(table->arena, found->term);
    lookup->at = copy_places(table, reader, found->at);
    lookup->forms = spoken ? arena_zero(table->arena, 1, sizeof *lookup->forms) : NULL;
    lookup->beside = word ? arena_zero(table->arena, 1, sizeof *lookup->beside) : NULL;
    lookup->lines = reader->standing ? arena_zero(table->arena, 1, sizeof *lookup->lines) : NULL;
    if (!lookup->term.bytes || !lookup->at || (spoken && !lookup->forms) ||
        (word && !lookup->beside) || (reader->standing && !lookup->lines))
        return error_memory(err);
    for (uint32_t s = 0; s < reader->n_segments; s++) {
        uint32_t alive = 0;
        int rc = lookup->at[s].list.n
                     ? segment_count_alive(&reader->segments[s], &lookup->at[s], &alive, err)
                     : MUC_OK;

        if (rc)
            return rc;
        lookup->n_docs += alive;
    }
    set_rarity(lookup, table, reader);
    table->n++;
    *slot = lookup;
    return MUC_OK;
}

/** Look a term up in all segments, and put it into its free slot. `pattern` (NULL: none) is what
 *  the term stands for. */
static int look_up(struct lookups *lookups, struct term_table *table, const struct lookup **slot,
                   const struct lookup *term, struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    struct postings *at = arena_zero(lookups->arena, reader->n_segments + (size_t)1, sizeof *at);
    struct lookup found = *term;
    int rc = at ? MUC_OK : error_memory(err);

    for (uint32_t s = 0; s < reader->n_segments && rc >= 0; s++)
        rc = find_in(&reader->segments[s], term->family, term->term, term->pattern, lookups->arena,
                     &at[s], err);
    found.at = at;
    return rc < 0 ? rc : take_slot(table, reader, slot, &found, err);
}

/** Look up a term that is not in the table yet. */
__attribute__((noinline)) static int find_new(struct lookups *lookups, struct term_table *table,
                                              const struct term_parts *parts, uint32_t hash,
                                              const struct pattern_search *pattern,
                                              const struct lookup **out, struct muc_error *err)
{
    char room[TERM_MAX];
    const struct lookup term = {
        .family = parts->family, .term = term_join(parts, room), .hash = hash, .pattern = pattern
    };
    const struct lookup **slot;
    int rc;

    if (!make_room(table))
        return error_memory(err);
    slot = free_slot(table, hash);
    rc = look_up(lookups, table, slot, &term, err);
    *out = *slot;
    return rc;
}

static inline int find_term(struct lookups *lookups, const struct term_parts *parts,
                            const struct lookup **out, struct muc_error *err)
{
    struct term_table *table = lookups->terms;
    const uint32_t hash = hash_of(parts);
    const struct lookup *known = table->n_slots ? *slot_of(table, parts, hash) : NULL;

    if (!known)
        return find_new(lookups, table, parts, hash, NULL, out, err);
    *out = known;
    return MUC_OK;
}

static int find_pattern(struct lookups *lookups, bool typed, enum field field,
                        const struct query_word *word, const struct lookup **out,
                        struct muc_error *err)
{
    const struct term_parts parts = term_of_word(typed, field, word);
    struct pattern_search *pattern;
    const uint32_t hash = hash_of(&parts);

    if (lookups->own.n_slots && (*out = *slot_of(&lookups->own, &parts, hash)))
        return MUC_OK;
    if (!(pattern = arena_alloc(lookups->arena, sizeof *pattern)))
        return error_memory(err);
    *pattern = (struct pattern_search){ parts.family,
                                        field_letter(field),
                                        word->pattern,
                                        typed,
                                        str_equal(word->exact, word->folded),
                                        lookups->deadline };
    return find_new(lookups, &lookups->own, &parts, hash, pattern, out, err);
}

const struct lookup *lookups_know(const struct lookups *lookups, const struct wanted_term *term)
{
    const struct term_table *table = lookups->terms;

    return table->n_slots ? *slot_of(table, &term->parts, term->hash) : NULL;
}

void lookups_ahead(const struct lookups *lookups, struct wanted_term *term)
{
    const struct term_table *table = lookups->terms;

    term->hash = hash_of(&term->parts);
    if (table->n_slots)
        __builtin_prefetch(&table->slots[term->hash & (table->n_slots - 1)]);
}

void lookups_ahead_slot(const struct lookups *lookups, const struct wanted_term *term)
{
    const struct term_table *table = lookups->terms;

    if (table->n_slots)
        __builtin_prefetch(table->slots[term->hash & (table->n_slots - 1)]);
}

int lookups_in_lines(struct lookups *lookups, const struct lookup *lookup,
                     const struct postings **out, struct muc_error *err)
{
    const struct segment *lines = &lookups->reader->standing->segment;
    struct arena *arena = lookup->pattern ? lookups->arena : lookups->terms->arena;
    struct postings *at;
    int rc;

    if (!lookup->lines->at) {
        if (!(at = arena_zero(arena, 1, sizeof *at)))
            return error_memory(err);
        rc = find_in(lines, lookup->family, lookup->term, lookup->pattern, arena, at, err);
        if (rc < 0)
            return rc;
        lookup->lines->at = at;
    }
    *out = lookup->lines->at;
    return MUC_OK;
}

/* ---- from search to search */

/** `n` zeroed elements; the room is zero until the first reader: its pages are not touched then. */
static void *zero_kept(struct kept_terms *kept, size_t n, size_t size)
{
    return kept->reader ? arena_zero(&kept->arena, n, size) : arena_alloc(&kept->arena, n * size);
}

static void forget(struct kept_terms *kept)
{
    arena_free(&kept->arena);
    arena_lend(&kept->arena, kept->room, KEPT_ROOM);
    kept->table = (struct term_table){
        .words = zero_kept(kept, KNOWN_WORDS, sizeof *kept->table.words),
        .pairs = zero_kept(kept, KNOWN_PAIRS, sizeof *kept->table.pairs),
        .rarities = zero_kept(kept, FEW_DOCS, sizeof *kept->table.rarities),
    };
}

bool kept_terms_open(struct kept_terms *kept)
{
    *kept = (struct kept_terms){ .room = pages_new_large(KEPT_ROOM, KEPT_SMALL) };
    return kept->room;
}

void kept_terms_trim(struct kept_terms *kept, bool all)
{
    if (kept->arena.total || all)
        forget(kept);
}

void kept_terms_close(struct kept_terms *kept)
{
    arena_free(&kept->arena);
    pages_free(kept->room, KEPT_ROOM);
}

void lookups_start(struct lookups *lookups, const struct reader *reader, struct arena *arena,
                   struct kept_terms *kept, struct deadline *deadline)
{
    if (kept && kept->reader != reader->number) {
        forget(kept);
        kept->reader = reader->number;
    }
    *lookups = (struct lookups){
        .reader = reader, .arena = arena, .own = { .arena = arena }, .deadline = deadline
    };
    lookups->terms = kept ? &kept->table : &lookups->own;
    lookups->terms->arena = kept ? &kept->arena : arena;
}

/* ---- words */

/** Look a word of text up, which may be known by its form; it is no pattern. */
__attribute__((noinline)) static int find_word(struct lookups *lookups, bool typed,
                                               const struct query_word *word,
                                               const struct lookup **out, struct muc_error *err)
{
    const struct term_parts parts = term_of_word(typed, FIELD_ANY, word);
    int rc = find_term(lookups, &parts, out, err);

    if (!rc)
        lookups_keep_word(lookups, typed, word, *out);
    return rc;
}

int lookups_word(struct lookups *lookups, bool typed, enum field field,
                 const struct query_word *word, const struct lookup **out, struct muc_error *err)
{
    const struct lookup *known;
    struct term_parts parts;

    if (word->pattern)
        return find_pattern(lookups, typed, field, word, out, err);
    if (!typed && field == FIELD_ANY && word->any) {
        *out = word->any;
        return MUC_OK;
    }
    if (field == FIELD_ANY) {
        if (!(known = lookups_know_word(lookups, typed, word)))
            return find_word(lookups, typed, word, out, err);
        *out = known;
        return MUC_OK;
    }
    parts = term_of_word(typed, field, word);
    return find_term(lookups, &parts, out, err);
}

void lookups_give(struct lookups *lookups, const struct wanted_term *wanted,
                  const struct lookup *found)
{
    if (wanted->out)
        *wanted->out = found;
    if (wanted->next)
        lookups_keep_pair(lookups, wanted->word, wanted->next, found);
    else if (wanted->word)
        lookups_keep_word(lookups, false, wanted->word, found);
}

int lookups_take(struct lookups *lookups, const struct wanted_term *wanted, struct muc_string term,
                 const struct postings *at, struct muc_error *err)
{
    const struct lookup found = {
        .family = wanted->parts.family, .term = term, .hash = wanted->hash, .at = at
    };
    struct term_table *table = lookups->terms;
    const struct lookup **slot;
    int rc;

    if (!make_room(table))
        return error_memory(err);
    slot = slot_of(table, &wanted->parts, wanted->hash);
    rc = *slot ? MUC_OK : take_slot(table, lookups->reader, slot, &found, err);
    if (!rc)
        lookups_give(lookups, wanted, *slot);
    return rc;
}

int lookups_word_terms(struct lookups *lookups, bool typed, const struct query_word *word,
                       const struct word_terms **out, struct muc_error *err)
{
    const struct lookup *known;
    struct word_terms all;
    struct query_word bare;
    int rc = lookups_word(lookups, typed, FIELD_ANY, word, &known, err);

    if (rc || known->beside->any) {
        *out = rc ? NULL : known->beside;
        return rc;
    }
    bare = query_word_bare(word);
    all = (struct word_terms){ .typed = typed ? known : NULL };
    if ((rc = lookups_word(lookups, false, FIELD_ANY, word, &all.any, err)) ||
        (typed && (rc = lookups_word(lookups, true, FIELD_ANY, &bare, &all.bare, err))) ||
        (rc = lookups_word(lookups, typed, FIELD_TITLE, word, &all.title, err)) ||
        (rc = lookups_word(lookups, typed, FIELD_HEAD, word, &all.head, err)))
        return rc;
    *known->beside = all;
    *out = known->beside;
    return MUC_OK;
}

int lookups_pair(struct lookups *lookups, bool typed, const struct query_word *first,
                 const struct query_word *second, const struct lookup **out, struct muc_error *err)
{
    const struct lookup *known = typed ? NULL : query_pair(first, second);
    struct term_parts parts;

    if (known) {
        *out = known;
        return MUC_OK;
    }
    parts = term_of_pair(typed, first, second);
    return find_term(lookups, &parts, out, err);
}
