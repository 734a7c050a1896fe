/* SPDX-License-Identifier: MIT */
/* Abbreviations and what they are short for, each in place of the other. */
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "search/expand/parts.h"
#include "text/abbreviation.h"
#include "text/syllable.h"

enum { MEANINGS_MAX = 4, KEY_SIZE = 256 };

/** Children of an AND from one on, and the names that the words of the first few are. */
struct name_run {
    struct expand *expand;
    const struct abbreviations *table;
    const struct query_word *words[ABBREVIATION_WORDS];
    uint32_t n_words;
    char *key; /* folded words, with spaces between; room for KEY_SIZE */
    size_t key_size;
    uint64_t hash; /* of the same */
    /* the longest so far */
    uint32_t n_children; /* 0: none; of a NEAR words */
    const struct abbreviation_name *meanings[MEANINGS_MAX];
    uint32_t n_meanings;
};

/* ---- what was typed */

/** Whether the words make a syllable: TU, but not WHO. */
static bool is_syllable(const struct name_run *run)
{
    bool found = false;

    for (uint32_t i = 0; i < run->n_words && !found; i++)
        found = syllable_fits(run->words[i]->folded.bytes, run->words[i]->folded.size);
    return found;
}

/** Whether the words are in capitals, and mean it: where all of the query is, only letters without
 *  a vowel (in BYT there is none) and those that make no syllable do. */
static bool is_in_capitals(const struct name_run *run)
{
    struct muc_string text = run->expand->of->text;
    uint32_t start = run->words[0]->start, end = run->words[run->n_words - 1]->end;
    bool vowel = false, lower = false;
    UChar32 c;

    for (uint32_t i = 0; i < text.size;) {
        bool inside = i >= start && i < end;

        U8_NEXT((const uint8_t *)text.bytes, i, (uint32_t)text.size, c);
        if (inside && c != '.' && (c < 0 || !u_isupper(c)))
            return false;
        vowel |= inside && c < 0x80 && (strchr("AEIOU", c) || (c == 'Y' && i >= end));
        lower |= c >= 0 && u_islower(c);
    }
    return lower || !vowel || !is_syllable(run);
}

/* ---- finding names */

/** Whether the words are this name: those typed without marks are so whatever the marks, if they do
 *  not certainly mean another. */
static bool is_name(const struct name_run *run, const struct abbreviation_name *name)
{
    const char *at = name->exact.bytes;

    for (uint32_t i = 0; i < run->n_words; i++) {
        const struct query_word *word = run->words[i];
        const char *space = strchr(at, ' '); /* NUL is behind the name */
        struct muc_string part = str_of(at, space ? (size_t)(space - at) : strlen(at));

        if (!str_equal(part, word->exact) &&
            (word->marked || (word->certain && word->meant.size && !str_equal(part, word->meant))))
            return false;
        at += part.size + 1;
    }
    return !name->ambiguous || is_in_capitals(run);
}

/** Add a word to the key: whether any name begins with it. */
static bool add_word(struct name_run *run, const struct query_word *word)
{
    struct muc_string folded = word->folded;

    if (run->n_words == ABBREVIATION_WORDS || run->key_size + folded.size + 1 > KEY_SIZE)
        return false;
    run->hash = abbreviation_hash(run->hash, folded);
    if (!abbreviation_may_begin(run->table, run->hash)) /* mostly */
        return false;
    if (run->n_words)
        run->key[run->key_size++] = ' ';
    memcpy(run->key + run->key_size, folded.bytes, folded.size);
    run->key_size += folded.size;
    run->words[run->n_words++] = word;
    return true;
}

/** The words so far end with a child: note what they mean. */
static void note_meanings(struct name_run *run, uint32_t n_children)
{
    struct muc_string key = str_of(run->key, run->key_size);
    uint32_t n = 0;

    if (!abbreviation_may_be(run->table, run->hash)) /* nearly always */
        return;
    for (uint32_t i = abbreviation_place(run->table, key); i < run->table->n; i++) {
        const struct abbreviation_name *name = &run->table->names[run->table->by_folded[i]];

        if (!str_equal(name->folded, key) || n == MEANINGS_MAX)
            break;
        if (is_name(run, name))
            run->meanings[n++] = name;
    }
    if (n) {
        run->n_meanings = n;
        run->n_children = n_children;
    }
}

static bool add_leaf(struct name_run *run, const struct node *leaf)
{
    for (uint32_t i = 0; i < leaf->n_words; i++)
        if (!add_word(run, &leaf->words[i]))
            return false;
    return true;
}

/** The longest name with which `children` begin; `leaf` is what is typed of the first. */
static void find_name(struct name_run *run, struct node *const *children, uint32_t n,
                      const struct node *leaf)
{
    const struct node *before = NULL;

    if (leaf && leaf != children[0] && children[0]->children[0]->kind == NODE_WORD) {
        if (add_leaf(run, children[0]->children[0])) /* U.B.N.D as a whole */
            note_meanings(run, 1);
        run->n_words = 0;
        run->key_size = 0;
        run->hash = 0;
    }
    for (uint32_t i = 0; i < n; i++, before = leaf) {
        leaf = i ? expand_typed_leaf(children[i]) : leaf;
        if (!leaf || !add_leaf(run, leaf) ||
            (before && !expand_are_neighbours(run->expand, before, leaf)))
            return;
        note_meanings(run, i + 1);
    }
}

/* ---- putting others in place */

/** Whether a name is the syllables that a word of another language sounds like: with other marks
 *  they are other words (covid: cô vít, cổ vịt). */
static bool is_sound(const struct abbreviation_name *name, const struct abbreviation_name *meant)
{
    return !meant->is_short && !name->is_short && str_equal(meant->exact, meant->folded) &&
           !memchr(meant->exact.bytes, ' ', meant->exact.size);
}

/** The marks of a name in the place of another: one of two or three letters is another word without
 *  them. */
static enum marks marks_of(const struct abbreviation_name *name,
                           const struct abbreviation_name *meant)
{
    enum { SHORT = 3 };
    bool marked = !str_equal(name->exact, name->folded);

    return is_sound(name, meant) || (marked && name->folded.size <= SHORT) ? MARKS_EXACT
                                                                           : MARKS_AUTO;
}

/** The next other name of what one means, behind `before` (NULL: the first); NULL: there is none.
 */
static const struct abbreviation_name *next_name(const struct name_run *run,
                                                 const struct abbreviation_name *meant,
                                                 const struct abbreviation_name *before)
{
    const struct abbreviation_name *name = before ? before + 1 : meant;
    const struct abbreviation_name *first = run->table->names, *end = first + run->table->n;

    while (!before && name > first && name[-1].meaning == meant->meaning)
        name--;
    for (; name < end && name->meaning == meant->meaning; name++)
        if (name->is_given && !str_equal(name->folded, meant->folded))
            return name;
    return NULL;
}

/** All in the place of one; a sound is also looked for without any marks. */
static int add_names(struct name_run *run, const struct abbreviation_name *meant,
                     const struct node *typed, struct node **slot)
{
    const struct abbreviation_name *name = NULL;
    int rc = MUC_OK;

    while (!rc && (name = next_name(run, meant, name))) {
        rc = expand_stand_in(run->expand, typed, name->exact, MUC_ORIGIN_ABBREVIATION,
                             marks_of(name, meant), slot);
        if (!rc && is_sound(name, meant) && !str_equal(name->exact, name->folded))
            rc = expand_stand_in(run->expand, typed, name->folded, MUC_ORIGIN_ABBREVIATION,
                                 MARKS_EXACT, slot);
    }
    return rc;
}

static int add_meanings(struct name_run *run, struct node **children, uint32_t *n)
{
    struct node leaf = *expand_typed_leaf(children[0]), *either = children[0];
    int rc = MUC_OK;

    leaf.end = children[run->n_children - 1]->end;
    for (uint32_t i = 0; i < run->n_meanings && !rc; i++)
        rc = add_names(run, run->meanings[i], &leaf, &either);
    return rc ? rc : expand_replace(run->expand, children, run->n_children, either, n);
}

/** Whether a word ends what another begins: nam in Việt Nam, bắc in miền Bắc; of nam hàn and bắc
 * hàn nothing is typed then. */
static bool ends_another(const struct expand *expand, const struct node *before,
                         const struct node *leaf)
{
    const struct muc_string first = leaf ? leaf->words[0].folded : STR("");

    return before && (str_equal(first, STR("nam")) || str_equal(first, STR("bac"))) &&
           expand_are_neighbours(expand, before, leaf) &&
           str_is_any_of(before->words[before->n_words - 1].folded, STR("viet|mien|phia|dong|tay"));
}

/* ---- words near each other */

/** Whether word `i` of a NEAR goes on with what the one before it began: not across NEAR/5. */
static bool goes_on(const struct expand *expand, const struct node *near, uint32_t i)
{
    uint32_t end = near->words[i - 1].end, start = near->words[i].start;

    return !near->words[i].quoted && end <= start && start - end <= 2 &&
           !memchr(expand->of->text.bytes + end, '"', start - end);
}

/** The same with another name for the words of it that a run has, from word `i` on. */
static int add_near(struct name_run *run, const struct abbreviation_name *name, enum marks marks,
                    uint32_t i, const struct node *near, struct node **slot)
{
    const uint32_t n_run = run->n_children;
    struct expand *expand = run->expand;
    struct node *other = NULL;
    struct query_word *words;
    int rc = expand_typed(expand, near, name->exact, &other);
    uint32_t n;

    if (rc || !other)
        return rc;
    n = near->n_words - n_run + other->n_words;
    if (!(words = arena_zero(expand->arena, n, sizeof *words)))
        return error_memory(expand->err);
    memcpy(words, near->words, i * sizeof *words);
    memcpy(words + i, other->words, other->n_words * sizeof *words);
    memcpy(words + i + other->n_words, near->words + i + n_run,
           (near->n_words - i - n_run) * sizeof *words);
    for (uint32_t k = 0; k < n; k++)
        words[k].offset = k;
    other->kind = NODE_NEAR;
    other->marks = marks;
    other->words = words;
    other->slop = near->slop + n - near->n_words;
    other->n_words = n;
    other->tier = MUC_TIER_EXPANSION;
    other->origin = MUC_ORIGIN_ABBREVIATION;
    return (rc = expand_occurs(expand, other)) > 0 ? expand_add(expand, slot, other) : rc;
}

static int add_near_names(struct name_run *run, uint32_t i, const struct node *near,
                          struct node **slot)
{
    int rc = MUC_OK;

    for (uint32_t m = 0; m < run->n_meanings && !rc; m++) {
        const struct abbreviation_name *meant = run->meanings[m], *name = NULL;

        while (!rc && (name = next_name(run, meant, name)))
            rc = add_near(run, name, marks_of(name, meant), i, near, slot);
    }
    return rc;
}

int expand_near(struct expand *expand, struct node **slot)
{
    const struct node *near = *slot;
    const struct abbreviations *table;
    char key[KEY_SIZE];
    int rc = reader_names(expand->of->lookups->reader, &table, expand->err);

    for (uint32_t i = 0; i < near->n_words && !rc && !near->quoted; i++) {
        struct name_run run = { .expand = expand, .table = table, .key = key };

        if (near->words[i].quoted)
            continue;
        for (uint32_t k = i; k < near->n_words && (k == i || goes_on(expand, near, k)) &&
                             !near->words[k].pattern && add_word(&run, &near->words[k]);
             k++)
            note_meanings(&run, k - i + 1);
        rc = add_near_names(&run, i, near, slot);
        i += run.n_children ? run.n_children - 1 : 0;
    }
    return rc;
}

int expand_names(struct expand *expand, struct node **children, uint32_t *n)
{
    const struct node *before = NULL, *leaf = NULL;
    const struct abbreviations *table;
    char key[KEY_SIZE];
    int rc = reader_names(expand->of->lookups->reader, &table, expand->err);

    for (uint32_t i = 0; i < *n && !rc; i++, before = leaf) {
        struct name_run run = { .expand = expand, .table = table, .key = key };

        leaf = expand_typed_leaf(children[i]);
        if (ends_another(expand, before, leaf))
            continue;
        find_name(&run, children + i, *n - i, leaf);
        if (run.n_children) {
            uint32_t left = *n - i;

            rc = add_meanings(&run, children + i, &left);
            *n = i + left;
            leaf = expand_typed_leaf(children[i]);
        }
    }
    return rc;
}
