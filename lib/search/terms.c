/* SPDX-License-Identifier: MIT */
#include "search/terms.h"

#include <math.h>
#include <xxhash.h>

#include "base/error.h"
#include "index/terms.h"
#include "search/patterns.h"

char field_letter(enum field field)
{
    static const char letters[] = {
        [FIELD_ANY] = 0,     [FIELD_TITLE] = 'T',  [FIELD_BYLINE] = 'B', [FIELD_SOURCE] = 'S',
        [FIELD_KIND] = 'K',  [FIELD_TAG] = 'G',    [FIELD_LANG] = 'L',   [FIELD_DAY] = 'D',
        [FIELD_PLACE] = 'P', [FIELD_NUMBER] = 'N', [FIELD_STEM] = 'E',   [FIELD_HEAD] = 'H',
    };

    return letters[field];
}

struct muc_string term_of_word(bool typed, enum field field, const struct query_word *word,
                               char room[TERM_MAX], enum family *family)
{
    if (field == FIELD_ANY) {
        *family = typed ? FAMILY_EXACT : FAMILY_FOLDED;
        return typed ? term_exact(word->folded, word->exact, room) : word->folded;
    }
    *family = typed ? FAMILY_FIELD : FAMILY_FIELD_FOLDED;
    return typed ? term_field(field_letter(field), word->folded, word->exact, room)
                 : term_field_folded(field_letter(field), word->folded, room);
}

bool pair_fits(const struct query_word *first, const struct query_word *second)
{
    return !first->pattern && !second->pattern && first->exact.size + second->exact.size < TERM_MAX;
}

bool phrase_is_pair(const struct node *node)
{
    const struct query_word *words = node->words;

    return node->kind == NODE_PHRASE && node->field == FIELD_ANY && node->n_words == 2 &&
           words[1].offset == words[0].offset + 1 && pair_fits(&words[0], &words[1]);
}

bool phrase_is_pairs(const struct node *node)
{
    const struct query_word *words = node->words;

    if (node->kind != NODE_PHRASE || node->field != FIELD_ANY || node->tier != MUC_TIER_EXPANSION)
        return false;
    for (uint32_t i = 1; i < node->n_words; i++)
        if (words[i].offset != words[i - 1].offset + 1 || !pair_fits(&words[i - 1], &words[i]))
            return false;
    return true;
}

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

int lookup_in(const struct lookup *lookup, const struct segment *segment, struct arena *arena,
              struct postings *postings, struct muc_error *err)
{
    return find_in(segment, lookup->family, lookup->term, lookup->pattern, arena, postings, err);
}

static int look_up(const struct lookups *lookups, enum family family, struct muc_string term,
                   const struct pattern_search *pattern, struct postings *at, struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    int rc = MUC_OK;

    for (uint32_t s = 0; s < reader->n_segments && rc >= 0; s++)
        rc = find_in(&reader->segments[s], family, term, pattern, lookups->arena, &at[s], err);
    return rc < 0 ? rc : MUC_OK;
}

static uint32_t hash_of(enum family family, struct muc_string term)
{
    return (uint32_t)XXH3_64bits_withSeed(term.bytes, term.size, (uint64_t)family);
}

/** Where a term is in the table, or would be. */
static const struct lookup **slot_of(const struct lookups *lookups, enum family family,
                                     struct muc_string term, uint32_t hash)
{
    for (uint32_t slot = hash;; slot++) {
        const struct lookup **at = &lookups->slots[slot & (lookups->n_slots - 1)];

        if (!*at ||
            ((*at)->hash == hash && (*at)->family == family && str_equal((*at)->term, term)))
            return at;
    }
}

/** A free slot of a table that has no other term with the hash. */
static const struct lookup **free_slot(const struct lookups *lookups, uint32_t hash)
{
    uint32_t slot = hash;

    while (lookups->slots[slot & (lookups->n_slots - 1)])
        slot++;
    return &lookups->slots[slot & (lookups->n_slots - 1)];
}

/** Keep the table at most half full. */
static bool make_room(struct lookups *lookups)
{
    enum { FIRST_SLOTS = 16, GROWTH = 4 };
    struct lookups larger = *lookups;

    if (2 * (lookups->n + 1) <= lookups->n_slots)
        return true;
    larger.n_slots = lookups->n_slots ? GROWTH * lookups->n_slots : FIRST_SLOTS;
    larger.slots = arena_zero(lookups->arena, larger.n_slots, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (uint32_t i = 0; i < lookups->n_slots; i++)
        if (lookups->slots[i])
            *free_slot(&larger, lookups->slots[i]->hash) = lookups->slots[i];
    *lookups = larger;
    return true;
}

/** Put a term into its free slot. */
static int take_slot(struct lookups *lookups, const struct lookup **slot,
                     const struct lookup *found, struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    struct lookup *lookup = arena_alloc(lookups->arena, sizeof *lookup);

    if (!lookup)
        return error_memory(err);
    *lookup = *found;
    for (uint32_t s = 0; s < reader->n_segments; s++) {
        uint32_t alive = 0;
        int rc = found->at[s].list.n
                     ? segment_count_alive(&reader->segments[s], &found->at[s], &alive, err)
                     : MUC_OK;

        if (rc)
            return rc;
        lookup->n_docs += alive;
    }
    lookups->n++;
    *slot = lookup;
    return MUC_OK;
}

static int find(struct lookups *lookups, enum family family, struct muc_string term,
                const struct pattern_search *pattern, const struct lookup **out,
                struct muc_error *err)
{
    const uint32_t hash = hash_of(family, term);
    const struct lookup **slot;
    int rc = MUC_OK;

    if (!make_room(lookups))
        return error_memory(err);
    slot = slot_of(lookups, family, term, hash);
    if (!*slot) {
        struct postings *at =
            arena_zero(lookups->arena, lookups->reader->n_segments + (size_t)1, sizeof *at);
        struct pattern_search *kept = pattern ? arena_alloc(lookups->arena, sizeof *kept) : NULL;

        term = arena_copy(lookups->arena, term);
        if (!at || (pattern && !kept) || !term.bytes)
            return error_memory(err);
        if (pattern)
            *kept = *pattern;
        rc = look_up(lookups, family, term, kept, at, err);
        if (!rc)
            rc = take_slot(
                lookups, slot,
                &(struct lookup){
                    .family = family, .term = term, .hash = hash, .at = at, .pattern = kept },
                err);
    }
    *out = *slot;
    return rc;
}

bool lookups_know(const struct lookups *lookups, enum family family, struct muc_string term)
{
    return lookups->n_slots && *slot_of(lookups, family, term, hash_of(family, term));
}

int lookups_take(struct lookups *lookups, enum family family, struct muc_string term,
                 const struct postings *at, struct muc_error *err)
{
    const uint32_t hash = hash_of(family, term);
    const struct lookup **slot;

    if (!make_room(lookups))
        return error_memory(err);
    slot = slot_of(lookups, family, term, hash);
    return *slot ? MUC_OK
                 : take_slot(
                       lookups, slot,
                       &(struct lookup){ .family = family, .term = term, .hash = hash, .at = at },
                       err);
}

int lookups_keep(struct lookups *lookups, enum family family, struct muc_string term,
                 const struct postings *at, struct muc_error *err)
{
    if (lookups_know(lookups, family, term))
        return MUC_OK;
    term = arena_copy(lookups->arena, term);
    return term.bytes ? lookups_take(lookups, family, term, at, err) : error_memory(err);
}

int lookups_word(struct lookups *lookups, bool typed, enum field field,
                 const struct query_word *word, const struct lookup **out, struct muc_error *err)
{
    char room[TERM_MAX];
    enum family family;
    struct muc_string term = term_of_word(typed, field, word, room, &family);
    struct pattern_search pattern;

    if (!word->pattern)
        return find(lookups, family, term, NULL, out, err);
    pattern = (struct pattern_search){ family,
                                       field_letter(field),
                                       word->pattern,
                                       typed,
                                       str_equal(word->exact, word->folded),
                                       lookups->deadline };
    return find(lookups, family, term, &pattern, out, err);
}

int lookups_pair(struct lookups *lookups, bool typed, const struct query_word words[2],
                 const struct lookup **out, struct muc_error *err)
{
    char room[TERM_MAX];

    return typed ? find(lookups, FAMILY_PAIR, term_pair(words[0].exact, words[1].exact, room), NULL,
                        out, err)
                 : find(lookups, FAMILY_PAIR_FOLDED,
                        term_pair(words[0].folded, words[1].folded, room), NULL, out, err);
}

double rarity(const struct reader *reader, uint64_t n)
{
    double all = (double)reader->n_docs, some = (double)n;

    return log(1 + (all - some + 0.5) / (some + 0.5));
}
