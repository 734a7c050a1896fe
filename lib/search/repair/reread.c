/* SPDX-License-Identifier: MIT */
#include "search/repair/reread.h"

#include "base/error.h"
#include "search/repair/reread_parts.h"
#include "text/capitals.h"
#include "text/keyboard.h"

enum { REPAIRS_MAX = 32 }; /* words of one query that are tried: bounds its time */

struct repaired_word {
    uint32_t start, end; /* bytes of the query */
    char bytes[REPAIRED_SIZE], folded[KEYBOARD_SIZE];
    size_t size, folded_size; /* folded: of a reading of keys */
    bool weak, toned, occurs; /* occurs: as it was typed */
    uint64_t rival;           /* documents in which it stands as typed, or as a name and a number */
};

struct repairing {
    struct lookups *lookups;
    struct repaired_word *words; /* room for REPAIRS_MAX; NULL: none yet */
    uint32_t n, tried;
    bool marked;                            /* whoever types marks types them all */
    uint32_t n_plain;                       /* words that stay as they are */
    struct muc_string before, before_exact; /* the word before; empty: none */
    struct repaired_word *last;             /* the same word, if it was read */
    struct muc_error *err;
};

/** The documents of a form as typed. */
static int count(struct repairing *repairing, const struct query_word *word, bool typed,
                 uint64_t *n)
{
    const struct lookup *lookup;
    int rc = lookups_word(repairing->lookups, typed, FIELD_ANY, word, &lookup, repairing->err);

    if (!rc)
        *n = lookup->n_docs;
    return rc;
}

/** The documents in which letters and the number behind them stand apart, as in Su 27: the word may
 *  be that name. */
static int count_numbered(struct repairing *repairing, const struct query_word *word, uint64_t *n)
{
    struct muc_string form = word->folded;
    size_t letters = form.size;
    struct query_word parts[2];
    const struct lookup *lookup;
    int rc;

    *n = 0;
    while (letters && ascii_is_digit(form.bytes[letters - 1]))
        letters--;
    if (!letters || letters == form.size)
        return MUC_OK;
    parts[0] = query_word_plain(str_of(form.bytes, letters));
    parts[1] = query_word_plain(str_of(form.bytes + letters, form.size - letters));
    if (!(rc = lookups_pair(repairing->lookups, false, &parts[0], &parts[1], &lookup,
                            repairing->err)))
        *n = lookup->n_docs;
    return rc;
}

/** A reading that occurs with other marks alone: some of its keys were typed, as in haau for hậu.
 *  It is taken without any, for restoration to put them on, and only next to a neighbour's. */
static int read_some_keys(struct repairing *repairing, const struct keyboard_reading *reading,
                          struct repaired_word *out)
{
    const struct query_word word = query_word_plain(str_of(reading->folded, reading->folded_size));
    uint64_t n_docs = 0;
    int rc;

    if ((rc = count(repairing, &word, false, &n_docs)) || !n_docs)
        return rc;
    out->size = out->folded_size = word.folded.size;
    memcpy(out->bytes, word.folded.bytes, out->size);
    memcpy(out->folded, word.folded.bytes, out->size);
    out->weak = true;
    return MUC_OK;
}

/** Whether a word with marks has a letter twice, one beside the other. */
static bool has_twice(const struct query_word *word)
{
    const struct muc_string folded = word->folded;
    bool twice = false;

    for (size_t i = 1; i < folded.size && word->marked; i++)
        twice |= folded.bytes[i] == folded.bytes[i - 1];
    return twice;
}

/** The reading of keys that occurs most. */
static int read_keys(struct repairing *repairing, const struct query_word *word,
                     struct repaired_word *out)
{
    struct keyboard_reading readings[KEYBOARD_READINGS + 1];
    uint32_t n = keyboard_read(word->exact, readings);
    uint64_t most = 0, numbered = 0;
    int rc = n ? count_numbered(repairing, word, &numbered) : MUC_OK;

    if (!out->rival && has_twice(word))
        n += keyboard_read_twice(word->exact, &readings[n]);
    out->rival += numbered;
    for (uint32_t i = 0; i < n && !rc; i++) {
        struct query_word reading = {
            .exact = str_of(readings[i].exact, readings[i].exact_size),
            .folded = str_of(readings[i].folded, readings[i].folded_size),
        };
        uint64_t n_docs = 0;

        rc = count(repairing, &reading, true, &n_docs);
        if (n_docs > most) {
            most = n_docs;
            out->size = reading.exact.size;
            memcpy(out->bytes, reading.exact.bytes, out->size);
            out->weak = readings[i].weak;
            out->toned = readings[i].toned;
            out->folded_size = reading.folded.size;
            memcpy(out->folded, reading.folded.bytes, out->folded_size);
        }
    }
    for (uint32_t i = 0; i < n && !rc && !out->size && !repairing->marked && !out->rival; i++)
        rc = read_some_keys(repairing, &readings[i], out);
    return rc;
}

static int repair_word(struct repairing *repairing, const struct query_word *word,
                       struct repaired_word *out)
{
    int rc = count(repairing, word, false, &out->rival);

    out->occurs = out->rival > 0;
    if (rc || repairing->tried++ >= REPAIRS_MAX || (rc = read_keys(repairing, word, out)) ||
        out->size || out->occurs)
        return rc;
    rc = split_word(repairing->lookups, word, out->bytes, repairing->err);
    out->size = rc > 0 ? (size_t)rc : 0;
    return rc < 0 ? rc : MUC_OK;
}

/** Weak readings that stand next to their neighbour somewhere in the index are weak no more. */
static int compare_with_before(struct repairing *repairing, struct muc_string folded,
                               struct repaired_word *own)
{
    const struct query_word pair[2] = { query_word_plain(repairing->before),
                                        query_word_plain(folded) };
    const struct lookup *lookup;
    int rc;

    if (!repairing->before.size || !pair_fits(&pair[0], &pair[1]) ||
        (!(repairing->last && repairing->last->weak) && !(own && own->weak)))
        return MUC_OK;
    if ((rc = lookups_pair(repairing->lookups, false, &pair[0], &pair[1], &lookup, repairing->err)))
        return rc;
    if (lookup->n_docs && repairing->last)
        repairing->last->weak = false;
    if (lookup->n_docs && own)
        own->weak = false;
    return MUC_OK;
}

/** A word that may stand as it was typed is read only where the reading and its neighbour's stand
 *  next to each other more often: of tim2 cach1 in more texts than there are with "cách 1". One
 *  that does stand so somewhere needs a neighbour that was read, too. */
static int compare_with_rivals(struct repairing *repairing, struct muc_string exact,
                               struct repaired_word *own)
{
    const struct query_word pair[2] = { query_word_plain(repairing->before_exact),
                                        query_word_plain(exact) };
    struct repaired_word *both[2] = { repairing->last, own };
    const struct lookup *lookup;
    int rc;

    if (!repairing->before.size || !pair_fits(&pair[0], &pair[1]) ||
        !((own && own->rival) || (repairing->last && repairing->last->rival)))
        return MUC_OK;
    if ((rc = lookups_pair(repairing->lookups, true, &pair[0], &pair[1], &lookup, repairing->err)))
        return rc;
    for (int i = 0; i < 2; i++) {
        const struct repaired_word *other = both[!i];
        bool sure = other && !other->rival && !other->weak; /* who types so once does it again */

        if (both[i] && (other || !both[i]->occurs) &&
            lookup->n_docs > (sure ? 0 : both[i]->rival)) {
            both[i]->rival = 0;
            both[i]->weak = false;
        }
    }
    return MUC_OK;
}

/** Words whose rivals were not beaten stay as they are. */
static void drop_rivals(struct repairing *repairing)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < repairing->n; i++)
        if (!repairing->words[i].rival)
            repairing->words[left++] = repairing->words[i];
    repairing->n_plain += repairing->n - left;
    repairing->n = left;
}

static int take_word(struct repairing *repairing, const struct query_word *word)
{
    struct repaired_word out = { .start = word->start, .end = word->end }, *own = NULL;
    struct muc_string folded = word->folded, exact = word->exact;
    int rc = repair_word(repairing, word, &out);

    if (rc)
        return rc;
    if (out.size && !repairing->words &&
        !(repairing->words =
              arena_alloc(repairing->lookups->arena, REPAIRS_MAX * sizeof *repairing->words)))
        return error_memory(repairing->err);
    if (out.size && repairing->n < REPAIRS_MAX) {
        own = &repairing->words[repairing->n++];
        *own = out;
        exact = str_of(own->bytes, own->size);
    }
    repairing->n_plain += !own;
    if (own || repairing->last) /* hardly ever */
        rc = compare_with_rivals(repairing, exact, own);
    if (own && own->folded_size && !own->rival)
        folded = str_of(own->folded, own->folded_size);
    if (!rc && (own || repairing->last))
        rc = compare_with_before(repairing, folded, own);
    repairing->before = folded;
    repairing->before_exact = exact;
    repairing->last = own;
    return rc;
}

/** Of a unit the parts, not the whole; nothing that was asked for as it stands. */
static int repair_node(struct repairing *repairing, const struct node *node)
{
    int rc = MUC_OK;

    if (node->kind == NODE_NOT || node->marks == MARKS_EXACT || node_is_pattern(node) ||
        (node->field != FIELD_ANY && node->field != FIELD_TITLE))
        return MUC_OK;
    for (uint32_t i = 0; i < node->n_words && !rc; i++)
        rc = take_word(repairing, &node->words[i]);
    for (uint32_t i = 0; i < node->n_children && !rc; i++) {
        const struct node *child = node->children[i];
        bool whole = node->kind == NODE_OR && i + 1 < node->n_children &&
                     child->end > node->children[i + 1]->start;

        if (!whole)
            rc = repair_node(repairing, child);
    }
    return rc;
}

/** Whoever types no tone at all, beside words without any marks, types some keys only: of bien doi
 *  khi haau the last is hậu. What was read is taken without marks, for restoration to put them on.
 */
static void drop_marks(struct repairing *repairing)
{
    for (uint32_t i = 0; i < repairing->n; i++)
        if (repairing->words[i].toned)
            return;
    for (uint32_t i = 0; i < repairing->n && repairing->n_plain && !repairing->marked; i++) {
        struct repaired_word *word = &repairing->words[i];

        if (!word->folded_size)
            continue;
        memcpy(word->bytes, word->folded, word->folded_size);
        word->size = word->folded_size;
    }
}

static bool is_believed(const struct repairing *repairing)
{
    for (uint32_t i = 0; i < repairing->n; i++)
        if (!repairing->words[i].weak)
            return true;
    return repairing->n > 1;
}

int reread(struct muc_string text, const struct query *query, struct lookups *lookups,
           struct buffer *out, struct repairs *repairs, struct muc_error *err)
{
    struct repairing repairing = { .lookups = lookups, .marked = query->marked, .err = err };
    uint32_t at = 0;
    int rc = repair_node(&repairing, query->root);

    if (rc)
        return rc;
    drop_rivals(&repairing);
    if (!is_believed(&repairing))
        return MUC_OK;
    drop_marks(&repairing);
    for (uint32_t i = 0; i < repairing.n; i++) {
        const struct repaired_word *word = &repairing.words[i];
        struct repair *repair;

        if (word->start < at)
            continue;
        if (!(repair = vector_push(&repairs->at)))
            return error_memory(err);
        capitals_replace(out, text, &at, word->start, word->end, str_of(word->bytes, word->size));
        *repair = (struct repair){ word->start, word->end, (uint32_t)(out->size - word->size),
                                   (uint32_t)out->size };
    }
    buffer_append(out, text.bytes + at, text.size - at);
    return out->failed ? error_memory(err) : MUC_OK;
}
