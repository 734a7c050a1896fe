/* SPDX-License-Identifier: MIT */
/* What was meant by a word that is likely a slip. */
#include <math.h>

#include <unicode/utf8.h>

#include "base/error.h"
#include "index/terms.h"
#include "search/repair/readings.h"
#include "search/repair/slips_parts.h"
#include "text/keyboard.h"
#include "text/sound.h"
#include "text/syllable.h"

/* The pairs of a form that is met n times are trusted as if SMOOTHING × √n others had been seen, as
 * in search/repair/ways.c. */
#define SMOOTHING 6.0

/* The log of how much likelier a word has to be than the one typed: with other marks, and one
 * letter apart, which finds far more words by chance. Found by trying on titles held out. */
#define OTHER_MARKS  6.5
#define OTHER_LETTER 8.5

/* A word that stands nowhere needs less. */
#define NOWHERE 4.0

/* A word with one neighbour alone needs more. */
#define ONE_SIDE 2.0

/* So does one with marks that stands next to a neighbour somewhere as it was typed: few slips do.
 * Without marks far more pairs are the same by chance. */
#define ATTESTED 1.5

/* So does a word that occurs, where a letter changes and one of two neighbours hardly knows the new
 * word: the log of how much more often than by chance they stand next to each other is below KNOWN.
 * What the other neighbour says is most often that the new word is frequent. */
#define KNOWN   1.0
#define UNKNOWN 2.0

/* What each letter or mark further apart costs of that. */
#define FURTHER 2.0

enum {
    NEIGHBOURS = 2, /* occurrences of the pair that stands for a word */
    OFTENER = 100,  /* times as often as a rare word, or beside its neighbours: then that is most
                       likely a slip for it */
    HEARD = 40,     /* the same beside a neighbour, of one that is said alike */
    NEARLY = 2,     /* times as often would do, where something has to be as often */
    LONE_MIN = 5,   /* occurrences of a word that is taken without any neighbour */
};

/** The best word for a place so far. */
struct choice {
    struct muc_string exact, folded;
    uint64_t count;
    double gain; /* over what was typed, above what is asked */
};

/* ---- counts */

int slips_count(const struct slips *slips, struct muc_string exact, struct muc_string folded,
                uint64_t *n)
{
    struct term_counts counts;
    char room[TERM_MAX];
    int rc = slips->marked ? count_term(slips->reader, FAMILY_EXACT,
                                        term_exact(folded, exact, room), &counts, slips->err)
                           : count_term(slips->reader, FAMILY_FOLDED, folded, &counts, slips->err);

    if (!rc)
        *n = counts.occurrences;
    return rc;
}

int slips_count_pair(const struct slips *slips, bool exact, const struct slot *first,
                     const struct slot *second, uint64_t *n)
{
    struct muc_string a = exact ? first->exact : first->folded;
    struct muc_string b = exact ? second->exact : second->folded;
    struct term_counts counts = { 0 };
    char room[TERM_MAX];
    int rc = MUC_OK;

    if (a.size + b.size < TERM_MAX)
        rc = count_term(slips->reader, exact ? FAMILY_PAIR : FAMILY_PAIR_FOLDED,
                        term_pair(a, b, room), &counts, slips->err);
    *n = counts.occurrences;
    return rc;
}

static double share_of(const struct slips *slips, const struct slot *slot)
{
    return (double)(slot->count + 1) / (double)(slips->reader->n_tokens + 1);
}

/** How a word stands at a place. */
struct stand {
    double log_here;    /* of how likely it is there */
    uint64_t beside[2]; /* occurrences of its pairs with the neighbours, before and behind it */
    double bond;        /* the lower of both, as slips_bond() has it */
};

static uint64_t pairs_of(const struct stand *stand)
{
    return stand->beside[0] + stand->beside[1];
}

/** Add the step from one word to the next. */
static int add_step(const struct slips *slips, const struct slot *first, const struct slot *second,
                    struct stand *stand, uint64_t *beside)
{
    double smoothing = SMOOTHING * sqrt((double)(first->count + 1));
    uint64_t n;
    int rc = slips_count_pair(slips, slips->marked, first, second, &n);

    stand->log_here +=
        log((smoothing * share_of(slips, second) + (double)n) / (smoothing + (double)first->count));
    *beside = n;
    stand->bond = fmin(stand->bond, slips_bond(slips, first, second, n));
    return rc;
}

static int weigh(const struct slips *slips, size_t i, const struct slot *word, struct stand *stand)
{
    bool has_before = i > 0;
    int rc = MUC_OK;

    *stand =
        (struct stand){ .log_here = has_before ? 0 : log(share_of(slips, word)), .bond = INFINITY };
    if (has_before)
        rc = add_step(slips, &slips->at.at[i - 1], word, stand, &stand->beside[0]);
    if (!rc && i + 1 < slips->at.n)
        rc = add_step(slips, word, &slips->at.at[i + 1], stand, &stand->beside[1]);
    return rc;
}

/* ---- what may have been meant */

static uint32_t to_letters(struct muc_string form, UChar32 out[FORM_MAX])
{
    uint32_t n = 0;

    for (size_t i = 0; i < form.size; n++)
        U8_NEXT((const uint8_t *)form.bytes, i, form.size, out[n]);
    return n;
}

/** Letters to be put in, taken out or changed to make one form the other. */
static uint32_t distance_of(struct muc_string a, struct muc_string b)
{
    UChar32 x[FORM_MAX], y[FORM_MAX];
    uint32_t n = to_letters(a, x), m = to_letters(b, y), row[FORM_MAX + 1];

    for (uint32_t k = 0; k <= m; k++)
        row[k] = k;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t corner = row[0];

        row[0] = i + 1;
        for (uint32_t k = 0; k < m; k++) {
            uint32_t change = corner + (x[i] != y[k]),
                     least = row[k] < row[k + 1] ? row[k] : row[k + 1];

            corner = row[k + 1];
            row[k + 1] = change < least + 1 ? change : least + 1;
        }
    }
    return row[m];
}

static int take(struct slips *slips, const struct slot *word, double gain, struct choice *choice)
{
    choice->exact = arena_copy(slips->lookups->arena, word->exact);
    choice->folded = arena_copy(slips->lookups->arena, word->folded);
    choice->count = word->count;
    choice->gain = gain;
    return choice->exact.bytes && choice->folded.bytes ? MUC_OK : error_memory(slips->err);
}

/** Look at a form in the place of slot `i`. `asked`: how much likelier it has to be. */
static int try_form(struct slips *slips, size_t i, const struct stand *typed, double asked,
                    const struct slot *word, struct choice *choice)
{
    const struct slot *slot = &slips->at.at[i];
    bool lone = slips->at.n == 1;
    struct stand stand;
    uint32_t apart;
    double here;
    int rc;

    if (!word->count || str_equal(word->exact, slot->exact))
        return MUC_OK;
    if ((rc = weigh(slips, i, word, &stand)))
        return rc;
    if (slips_is_rare(slot) && word->count < OFTENER * slot->count &&
        pairs_of(&stand) < OFTENER * (pairs_of(typed) + 1))
        return MUC_OK;
    if (lone ? word->count < LONE_MIN : pairs_of(&stand) < NEIGHBOURS)
        return MUC_OK;
    if (lone)
        asked = 0;
    else if (!slot->count || slips_is_rare(slot))
        asked -= NOWHERE;
    else if (i == 0 || i + 1 == slips->at.n)
        asked += ONE_SIDE;
    else if (stand.bond < KNOWN && !str_equal(word->folded, slot->folded))
        asked += UNKNOWN;
    apart = slips->marked ? distance_of(slot->exact, word->exact) : 1;
    here = stand.log_here - typed->log_here - asked - FURTHER * (apart > 1 ? apart - 1 : 0);
    if (here <= choice->gain)
        return MUC_OK;
    return take(slips, word, here, choice);
}

/** All forms of a folded word; where marks do not count, the word itself. */
static int try_forms(struct slips *slips, size_t i, const struct stand *typed, double asked,
                     struct muc_string folded, struct choice *choice)
{
    struct query_word plain = query_word_plain(folded);
    struct node node = { .kind = NODE_WORD, .words = &plain, .n_words = 1 };
    struct place place = { .node = &node };
    struct slot word = { .exact = folded, .folded = folded };
    int rc;

    if (!slips->marked)
        return (rc = slips_count(slips, folded, folded, &word.count))
                   ? rc
                   : try_form(slips, i, typed, asked, &word, choice);
    rc = find_readings(&place, 1, slips->lookups, slips->err);
    for (uint32_t r = 0; r < place.n && !rc; r++) {
        word.exact = place.readings[r].exact;
        word.count = place.readings[r].count;
        rc = try_form(slips, i, typed, asked, &word, choice);
    }
    return rc;
}

/** Whether a folded word stands next to a neighbour's anywhere, or occurs at all where there is no
 *  neighbour: most do not, and are done with. */
static int may_stand(const struct slips *slips, size_t i, struct muc_string folded, bool *out)
{
    const struct slot word = { .exact = folded, .folded = folded };
    uint64_t n = 0;
    struct term_counts counts;
    int rc = count_term(slips->reader, FAMILY_FOLDED, folded, &counts, slips->err);

    *out = false;
    if (rc || !counts.occurrences)
        return rc;
    if (i > 0)
        rc = slips_count_pair(slips, false, &slips->at.at[i - 1], &word, &n);
    if (!rc && !n && i + 1 < slips->at.n)
        rc = slips_count_pair(slips, false, &word, &slips->at.at[i + 1], &n);
    *out = n || slips->at.n == 1;
    return rc;
}

static int try_one_apart(struct slips *slips, size_t i, const struct stand *typed,
                         struct choice *choice)
{
    const struct slot *slot = &slips->at.at[i];
    uint32_t n;
    int rc = MUC_OK;

    if (!slips->apart &&
        !(slips->apart = arena_alloc(slips->lookups->arena, APART_MAX * sizeof *slips->apart)))
        return error_memory(slips->err);
    n = one_apart(slot->folded, slips->apart);
    for (uint32_t a = 0; a < n && !rc && !slips_is_late(slips); a++) {
        struct muc_string folded = str_of(slips->apart[a].bytes, slips->apart[a].size);
        bool may = false;

        /* what occurs is no slip for a foreign word */
        if (!slips_is_rare(slot) && slot->count && !syllable_fits(folded.bytes, folded.size))
            continue;
        rc = may_stand(slips, i, folded, &may);
        if (!rc && may)
            rc = try_forms(slips, i, typed, OTHER_LETTER, folded, choice);
    }
    return rc;
}

static int try_keys(struct slips *slips, size_t i, const struct stand *typed, struct choice *choice)
{
    struct keyboard_reading readings[KEYBOARD_READINGS];
    uint32_t n = keyboard_read(slips->at.at[i].exact, readings);
    int rc = MUC_OK;

    for (uint32_t r = 0; r < n && !rc; r++) {
        struct slot word = { .exact = str_of(readings[r].exact, readings[r].exact_size),
                             .folded = str_of(readings[r].folded, readings[r].folded_size) };

        rc = slips_count(slips, word.exact, word.folded, &word.count);
        if (!rc)
            rc = try_form(slips, i, typed, OTHER_LETTER, &word, choice);
    }
    return rc;
}

/** Whether a word of the `count` times that it occurs is as often met beside a neighbour as another
 *  one is, or nearly so. */
static bool is_as_bound(uint64_t beside, uint64_t count, uint64_t other_beside,
                        uint64_t other_count)
{
    return (double)beside * ((double)other_count + 1) * NEARLY >=
           (double)other_beside * ((double)count + 1);
}

/** Look at a form that is said as slot `i` is. Who takes one for the other does so in texts, too:
 *  so it only has to stand beside a neighbour far oftener, and no less often of all the times that
 *  it occurs: lữa is of lần lữa alone, but nữa is everywhere. */
static int try_sound(struct slips *slips, size_t i, const struct stand *typed,
                     const struct slot *word, struct choice *choice)
{
    struct stand stand;
    double gain;
    bool far = false;
    int rc;

    if (str_equal(word->exact, slips->at.at[i].exact) ||
        !sound_alike(word->exact, slips->at.at[i].exact))
        return MUC_OK;
    if ((rc = weigh(slips, i, word, &stand)))
        return rc;
    gain = stand.log_here - typed->log_here;
    for (int side = 0; side < 2; side++)
        far |= stand.beside[side] >= HEARD * (typed->beside[side] + 1) &&
               is_as_bound(stand.beside[side], word->count, typed->beside[side],
                           slips->at.at[i].count);
    return far && gain > choice->gain ? take(slips, word, gain, choice) : MUC_OK;
}

static int try_sounds(struct slips *slips, size_t i, const struct stand *typed,
                      struct choice *choice)
{
    char forms[SOUNDS_MAX][FORM_MAX];
    uint32_t n = sound_forms(slips->at.at[i].folded, forms);
    int rc = MUC_OK;

    for (uint32_t f = 0; f < n && !rc && !slips_is_late(slips); f++) {
        struct query_word plain = query_word_plain(str_c(forms[f]));
        struct node node = { .kind = NODE_WORD, .words = &plain, .n_words = 1 };
        struct place place = { .node = &node };

        rc = find_readings(&place, 1, slips->lookups, slips->err);
        for (uint32_t r = 0; r < place.n && !rc; r++) {
            const struct slot word = { .exact = place.readings[r].exact,
                                       .folded = plain.folded,
                                       .count = place.readings[r].count };

            rc = try_sound(slips, i, typed, &word, choice);
        }
    }
    return rc;
}

/** Look at all that is near to slot `i`, said alike or not. */
static int try_near(struct slips *slips, size_t i, const struct stand *stand, struct choice *choice)
{
    const struct slot *slot = &slips->at.at[i];
    struct stand typed = *stand;
    int rc = MUC_OK;

    if (slips->marked && pairs_of(stand) && !slips_is_rare(slot))
        typed.log_here += ATTESTED;
    if (slips->marked)
        rc = try_forms(slips, i, &typed, OTHER_MARKS, slot->folded, choice);
    if (!rc)
        rc = try_keys(slips, i, &typed, choice);
    return rc ? rc : try_one_apart(slips, i, &typed, choice);
}

int slips_choose(struct slips *slips, size_t i)
{
    struct slot *slot = &slips->at.at[i];
    struct choice choice = { 0 };
    struct stand stand;
    int rc = weigh(slips, i, slot, &stand);

    if (!rc && slips->marked && slips->at.n > 1 && !slot->capital)
        rc = try_sounds(slips, i, &stand, &choice);
    slot->heard = choice.exact.bytes != NULL;
    if (!rc && !slot->heard && !slot->attested)
        rc = try_near(slips, i, &stand, &choice);
    if (rc || !choice.exact.bytes)
        return rc;
    slot->exact = choice.exact;
    slot->folded = choice.folded;
    slot->count = choice.count;
    slot->changed = true;
    return MUC_OK;
}
