/* SPDX-License-Identifier: MIT */
/* Two words typed next to each other that texts write as another two, or as one. */
#include <stdio.h>

#include "base/error.h"
#include "search/expand/parts.h"
#include "text/spelling.h"
#include "text/syllable.h"
#include "text/unit.h"

enum {
    DIGITS_MAX = 4,
    RARELY = 1000,    /* two syllables in no more than one in so many documents may be one word */
    FAR_OFTENER = 40, /* that stands in so many times theirs */
};

static bool is_free_word(const struct node *node)
{
    return node->kind == NODE_WORD && node->marks == MARKS_AUTO && !node_is_pattern(node) &&
           node->field == FIELD_ANY && node->spoken;
}

static bool is_number(struct muc_string form)
{
    return form.size <= DIGITS_MAX && str_is_digits(form);
}

static bool is_letter(struct muc_string form)
{
    return form.size == 1 && ascii_is_lower(form.bytes[0]);
}

/** Whether two syllables that stand next to each other somewhere, which any two do by chance, may
 *  still be one foreign word: the two with marks are what was typed, and vu a is no vua. */
static bool may_be_one_word(const struct query_word *first, const struct query_word *second,
                            uint64_t n_together, uint64_t n_all, struct muc_string joined)
{
    return !first->marked && !second->marked && n_together <= n_all / RARELY &&
           !syllable_fits(joined.bytes, joined.size);
}

/** Whether two syllables were meant as one word, which stands in far more documents than the two
 *  next to each other: sam sung, pu tin. 1; 0; or what failed. */
static int are_one_word(struct lookups *lookups, const struct query_word *first,
                        const struct query_word *second, struct muc_error *err)
{
    char room[PART_SIZE];
    struct muc_string letters;
    struct query_word joined;
    const struct lookup *together, *in_one;
    int rc = lookups_pair(lookups, false, first, second, &together, err);

    if (rc)
        return rc;
    memcpy(room, first->folded.bytes, first->folded.size);
    memcpy(room + first->folded.size, second->folded.bytes, second->folded.size);
    letters = str_of(room, first->folded.size + second->folded.size);
    if (together->n_docs && !may_be_one_word(first, second, together->n_docs,
                                             lookups->reader->n_docs, letters)) /* nearly always */
        return 0;
    joined = query_word_plain(letters);
    rc = lookups_word(lookups, false, FIELD_ANY, &joined, &in_one, err);
    return rc ? rc : in_one->n_docs > FAR_OFTENER * together->n_docs;
}

/** Two parts of a name that texts have in one: Plei Ku, Pleiku. */
static int write_joined(struct expand *expand, const struct query_word *first,
                        const struct query_word *second, char room[PART_SIZE])
{
    int rc;

    if (is_number(first->exact) || is_number(second->exact) || !pair_fits(first, second))
        return 0;
    if (!first->foreign && !second->foreign &&
        (rc = are_one_word(expand->of->lookups, first, second, expand->err)) <= 0)
        return rc;
    return snprintf(room, PART_SIZE, "%s%s", first->exact.bytes, second->exact.bytes);
}

/** Whether a word was typed in two capitals or more. */
static bool is_in_capitals(struct muc_string text, const struct query_word *word)
{
    for (size_t i = word->start; i < word->end; i++)
        if (text.bytes[i] < 'A' || text.bytes[i] > 'Z')
            return false;
    return word->end > word->start + 1;
}

/** Letters of a measure that is no word: GB, kWh, Mbps. */
static bool is_measure(const struct query_word *word)
{
    return word->foreign && word->exact.size <= MEASURE_MAX && ascii_is_lower(word->exact.bytes[0]);
}

/** A class of a year of school: A1. */
static bool is_class(struct muc_string form)
{
    return (form.size == 2 || form.size == 3) && ascii_is_lower(form.bytes[0]) &&
           is_number(str_of(form.bytes + 1, form.size - 1));
}

/** A letter and two digits or more: U 23, A 320. */
static bool is_type(const struct query_word *first, const struct query_word *second)
{
    return is_letter(first->exact) && second->exact.size > 1 && is_number(second->exact);
}

/** In one: a name that is no Vietnamese word, or in capitals, and its number (Covid 19, COVID19;
 * RON 92, RON92), a letter and two digits or more (U 23, U23), a digit and a letter (5 G, 5G), a
 * number and its measure (100 GB, 100GB), or a year of school and its class (10 A1, 10A1). */
static int write_in_one(struct muc_string text, const struct query_word *first,
                        const struct query_word *second, char room[PART_SIZE])
{
    bool name = is_type(first, second) ||
                (is_number(second->exact) && (first->foreign || is_in_capitals(text, first)));
    bool network = first->exact.size == 1 && is_number(first->exact) && is_letter(second->exact);
    bool measured = is_number(first->exact) && is_measure(second);
    bool class = is_number(first->exact) && first->exact.size <= 2 && is_class(second->exact);
    int size;

    if (!name && !network && !measured && !class)
        return 0;
    size = snprintf(room, PART_SIZE, "%s%s", first->exact.bytes, second->exact.bytes);
    return unit_start(str_of(room, (size_t)size)) < (size_t)size
               ? 0
               : size; /* 5mg is two words already */
}

/** Words that go together, as dấu diếm: both with d, or both with gi. One alone may be another word
 *  so; two that stand next to each other somewhere are not. */
static int write_alike(const struct query_word *first, const struct query_word *second,
                       bool with_gi, char room[PART_SIZE])
{
    char one[FORM_MAX], two[FORM_MAX];
    size_t n_one, n_two;

    if (!first->marked || !second->marked ||
        !(n_one = spelling_initial(first->exact, with_gi, one)) ||
        !(n_two = spelling_initial(second->exact, with_gi, two)) ||
        (str_equal(str_of(one, n_one), first->exact) &&
         str_equal(str_of(two, n_two), second->exact)))
        return 0;
    return snprintf(room, PART_SIZE, "%.*s %.*s", (int)n_one, one, (int)n_two, two);
}

/** Names of the highlands are written with either letter at the end of both words: Đắc Lắc, Đắk
 *  Lắk. */
static int write_final(const struct query_word *first, const struct query_word *second,
                       char room[PART_SIZE])
{
    struct muc_string one = first->exact, two = second->exact;
    char last = one.bytes[one.size - 1], other = last == 'c' ? 'k' : 'c';

    if ((last != 'c' && last != 'k') || two.bytes[two.size - 1] != last)
        return 0;
    return snprintf(room, PART_SIZE, "%.*s%c %.*s%c", (int)one.size - 1, one.bytes, other,
                    (int)two.size - 1, two.bytes, other);
}

/** Names that begin with c or k in front of a, o, u: Bắc Cạn, Bắc Kạn; Mê Công, Mê Kông. Other
 * words have c there, and with k they stand nowhere. */
static int write_initial(struct expand *expand, const struct query_word *first,
                         const struct query_word *second, char room[PART_SIZE])
{
    const struct query_word *words[] = { first, second };
    const bool at = second->folded.bytes[0] == 'c' || second->folded.bytes[0] == 'k';
    struct muc_string folded = words[at]->folded;
    char *initial, with_other[FORM_MAX];
    struct query_word other;
    const struct lookup *lookup;
    int rc, size;

    if ((folded.bytes[0] != 'c' && folded.bytes[0] != 'k') || folded.size < 3 ||
        folded.size > FORM_MAX || !strchr("aou", folded.bytes[1]))
        return 0;
    memcpy(with_other, folded.bytes, folded.size);
    with_other[0] = folded.bytes[0] == 'c' ? 'k' : 'c';
    other = query_word_plain(str_of(with_other, folded.size));
    rc = lookups_word(expand->of->lookups, false, FIELD_ANY, &other, &lookup, expand->err);
    if (rc || !lookup->n_docs)
        return rc;
    size = snprintf(room, PART_SIZE, "%.*s %.*s", (int)first->exact.size, first->exact.bytes,
                    (int)second->exact.size, second->exact.bytes);
    initial = &room[at ? first->exact.size + 1 : 0];
    *initial = with_other[0];
    return size;
}

/** A name's first sound and the rest of it, which texts part with an apostrophe: H Hen, H'Hen. */
static int write_apostrophe(struct expand *expand, const struct query_word *first,
                            const struct query_word *second, char room[PART_SIZE])
{
    const struct lookup *lookup;
    struct query_word joined;
    int rc, size;

    if (!is_letter(first->exact) || !is_letter(str_of(second->folded.bytes, 1)))
        return 0;
    size = snprintf(room, PART_SIZE, "%c'%s", first->exact.bytes[0], second->folded.bytes);
    joined = query_word_plain(str_of(room, (size_t)size));
    rc = lookups_word(expand->of->lookups, false, FIELD_ANY, &joined, &lookup, expand->err);
    if (rc || !lookup->n_docs) /* nearly always */
        return rc;
    return snprintf(room, PART_SIZE, "%c'%s", first->exact.bytes[0], second->exact.bytes);
}

static int add_pair(struct expand *expand, struct node *const *children, struct muc_string text,
                    enum muc_origin origin, struct node **either)
{
    struct node leaf = *children[0];

    leaf.end = children[1]->end;
    return expand_stand_in(expand, &leaf, text, origin,
                           origin == MUC_ORIGIN_SPELLING ? MARKS_EXACT : MARKS_AUTO, either);
}

/** Q.1 and Q 1 are two words, Q1 is one. */
static int add_short(struct expand *expand, struct node *const *children, struct muc_string text,
                     struct node **either)
{
    int rc = add_pair(expand, children, text, MUC_ORIGIN_ABBREVIATION, either);
    char room[PART_SIZE];

    if (rc || !is_number(children[1]->words->exact))
        return rc;
    room[0] = text.bytes[0];
    memcpy(room + 1, text.bytes + 2, text.size - 2); /* without the space */
    return add_pair(expand, children, str_of(room, text.size - 1), MUC_ORIGIN_ABBREVIATION, either);
}

/** Add a pair as it was written, if it was: `size` is the size, 0, or what failed. */
static int add_written(struct expand *expand, struct node *const *children, const char *room,
                       int size, enum muc_origin origin, struct node **either)
{
    return size > 0 ? add_pair(expand, children, str_of(room, (size_t)size), origin, either) : size;
}

static int add_plates(struct expand *expand, struct node *const *children, struct node **either)
{
    const struct query_word *const words[] = { children[0]->words, children[1]->words };
    char room[PART_SIZE];
    struct plate plate;
    int rc = MUC_OK;

    if (!plate_read(words, 2, &plate)) /* nearly always */
        return MUC_OK;
    for (enum plate_way way = 0; way < PLATE_WAYS && !rc; way++)
        rc = add_written(expand, children, room, (int)plate_write(&plate, way, room),
                         MUC_ORIGIN_SPELLING, either);
    return rc;
}

/** What stands in for a letter and its number leaves to the two words apart the number's other
 *  forms: lớp A 12, lớp A mười hai. */
static int expand_typed_number(struct expand *expand, struct node *either)
{
    struct node *typed = either->kind == NODE_OR ? either->children[0] : either;

    return typed->kind == NODE_AND ? expand_numerals(expand, typed->children, &typed->n_children)
                                   : MUC_OK;
}

static int expand_pair(struct expand *expand, struct node **children, uint32_t *n)
{
    const struct query_word *first = children[0]->words, *second = children[1]->words;
    struct node *either = children[0];
    struct muc_string text = expand->of->text;
    char room[PART_SIZE], decimal[PART_SIZE];
    int size = write_in_one(text, first, second, room), rc;
    size_t other;

    if (!size)
        size = write_joined(expand, first, second, room);
    rc = add_written(expand, children, room, size, MUC_ORIGIN_SPLIT, &either);
    if (!rc && size && (other = decimal_with_other_sign(str_of(room, (size_t)size), decimal)))
        rc = add_pair(expand, children, str_of(decimal, other), MUC_ORIGIN_SPLIT, &either);
    if (!rc)
        rc = add_written(expand, children, room, write_apostrophe(expand, first, second, room),
                         MUC_ORIGIN_SPLIT, &either);
    for (int with_gi = 0; with_gi < 2 && !rc; with_gi++)
        rc = add_written(expand, children, room, write_alike(first, second, with_gi, room),
                         MUC_ORIGIN_SPELLING, &either);
    if (!rc)
        rc = add_plates(expand, children, &either);
    if (!rc)
        rc = add_written(expand, children, room, write_final(first, second, room),
                         MUC_ORIGIN_SPELLING, &either);
    if (!rc)
        rc = add_written(expand, children, room, write_initial(expand, first, second, room),
                         MUC_ORIGIN_SPELLING, &either);
    if (!rc && (other = place_written_long(text, first, second, room)))
        rc = add_pair(expand, children, str_of(room, other), MUC_ORIGIN_ABBREVIATION, &either);
    if (!rc && (other = place_written_short(text, first, second, room)))
        rc = add_short(expand, children, str_of(room, other), &either);
    if (rc || (rc = expand_replace(expand, children, 2, either, n)) || !is_type(first, second))
        return rc;
    return expand_typed_number(expand, children[0]);
}

int expand_pairs(struct expand *expand, struct node **children, uint32_t *n)
{
    int rc = MUC_OK;

    for (uint32_t i = 0; i + 1 < *n && !rc; i++) {
        uint32_t left = *n - i;

        if (!is_free_word(children[i]) || !is_free_word(children[i + 1]) ||
            !expand_are_neighbours(expand, children[i], children[i + 1]))
            continue;
        rc = expand_pair(expand, children + i, &left);
        *n = i + left;
    }
    return rc;
}
