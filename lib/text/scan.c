/* SPDX-License-Identifier: MIT */
/* From characters to plain tokens, and to the whole ones between them. */
#include "text/scan.h"

#include <unicode/uchar.h>

#include "base/error.h"
#include "text/ahead.h"
#include "text/character.h"
#include "text/sentence.h"
#include "text/unit.h"
#include "text/whole.h"

static enum character_class class_of(uint32_t c)
{
    return c < CHARACTER_TABLE ? character_classes[c] : character_class(c);
}

/** The form of the written bytes [start, end); UINT32_MAX: none, or failed with scan->rc. */
static uint32_t form_of(struct scan *scan, size_t start, size_t end, bool number)
{
    struct folded_word folded;
    uint32_t form;

    scan->rc = fold_word(scan->analyzer->folder, str_of(scan->text.bytes + start, end - start),
                         number, &folded, scan->err);
    if (scan->rc || !folded.exact_size)
        return UINT32_MAX;
    form = forms_intern(&scan->analyzer->forms, number ? TOKEN_NUMBER : TOKEN_WORD,
                        str_of(folded.exact, folded.exact_size),
                        str_of(folded.folded, folded.folded_size));
    if (form == UINT32_MAX)
        scan->rc = error_memory(scan->err);
    return form;
}

static void push_token(struct scan *scan, size_t start, size_t end, uint32_t form)
{
    struct tokens *plain = &scan->room->plain;

    if (!vector_reserve(plain, 1)) {
        scan->rc = error_memory(scan->err);
        return;
    }
    plain->at[plain->n++] =
        (struct token){ (uint32_t)start, (uint32_t)end, scan->position++, form, false };
}

/** Add the sign behind the last token, if that is a number with one. */
static bool add_parts(struct scan *scan)
{
    const struct tokens *plain = &scan->room->plain;
    const struct token *last = &plain->at[plain->n - 1];
    struct muc_string form;
    size_t start, end;
    uint32_t number;

    if ((uint8_t)(scan->text.bytes[last->start] - '0') > 9 ||
        !unit_parts(scan->text, last->end, &start, &end))
        return false;
    form = unit_parts_form(str_of(scan->text.bytes + start, end - start));
    number = forms_intern(&scan->analyzer->forms, TOKEN_NUMBER, form, form);
    if (number == UINT32_MAX)
        scan->rc = error_memory(scan->err);
    else
        push_token(scan, start, end, number);
    return !scan->rc;
}

/** What the gap between the last token and `start` means. */
static void read_gap(struct scan *scan, size_t start, bool upper)
{
    const struct tokens *plain = &scan->room->plain;
    bool parts = add_parts(scan);
    const struct token *last = &plain->at[plain->n - 1];
    const char *bytes = scan->text.bytes;
    uint32_t *joint;

    scan->position += sentence_ends(str_of(bytes + last->start, last->end - last->start),
                                    str_of(bytes + last->end, start - last->end), upper);
    if (parts || !whole_may_join(scan->text, last->end, (uint32_t)start))
        return;
    if ((joint = vector_push(&scan->room->joints)))
        *joint = (uint32_t)plain->n - 1;
    else
        scan->rc = error_memory(scan->err);
}

/** Whether just a space stands between the last token and what begins at `start`, which is no
 * digit: that means nothing, and is so nearly always. */
static inline bool follows_a_space(const struct scan *scan, size_t start)
{
    const struct tokens *plain = &scan->room->plain;
    const char *bytes = scan->text.bytes;

    return plain->n && start - plain->at[plain->n - 1].end == 1 && bytes[start - 1] == ' ' &&
           (uint8_t)(bytes[start] - '0') > 9;
}

static void add_token(struct scan *scan, size_t start, size_t end, uint32_t form, bool upper)
{
    const struct tokens *plain = &scan->room->plain;

    if (form == UINT32_MAX)
        return;
    if (plain->n && !follows_a_space(scan, start))
        read_gap(scan, start, upper);
    push_token(scan, start, end, form);
}

/** The end of the word that begins with a letter or digit at `at`. */
static size_t word_end(const struct scan *scan, size_t at)
{
    size_t first = at, end = at, joint = 0; /* joint: start of what may join the next character */
    enum character_class before = CLASS_OTHER, joins = CLASS_OTHER;

    while (at < scan->text.size) {
        size_t start = at;
        uint32_t c = character_next(scan->text, &at);
        enum character_class class = class_of(c);

        switch (class) {
        case CLASS_EXTEND:
            if (!joint)
                end = at;
            continue;
        case CLASS_SMALL_DIGIT:
            if (joint || !unit_takes(str_of(scan->text.bytes + first, start - first), c))
                return end;
            before = class;
            end = at;
            continue;
        case CLASS_LETTER:
        case CLASS_DIGIT:
            if (joint && (class != joins || before != joins))
                return end;
            before = class;
            joint = 0;
            end = at;
            continue;
        case CLASS_APOSTROPHE:
        case CLASS_POINT:
            joins = class == CLASS_POINT ? CLASS_DIGIT : before;
            if (joint || before != joins)
                return end;
            joint = start;
            continue;
        default:
            return end;
        }
    }
    return end;
}

static size_t complex_end(const struct scan *scan, size_t at)
{
    size_t end = at;

    while (at < scan->text.size) {
        enum character_class class = class_of(character_next(scan->text, &at));

        if (class != CLASS_COMPLEX && class != CLASS_EXTEND)
            break;
        end = at;
    }
    return end;
}

/** A word that is no number and has no case. */
static void add_word(struct scan *scan, size_t start, size_t end)
{
    add_token(scan, start, end, form_of(scan, start, end, false), false);
}

/** The words of a run of a script without spaces, as ICU's dictionaries know them. */
static void add_complex(struct scan *scan, size_t start, size_t end)
{
    struct analyzer *analyzer = scan->analyzer;
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    int32_t from, to;

    if (!analyzer->words)
        analyzer->words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    utext_openUTF8(&text, scan->text.bytes + start, (int64_t)(end - start), &status);
    if (U_SUCCESS(status))
        ubrk_setUText(analyzer->words, &text, &status);
    if (U_FAILURE(status)) {
        scan->rc = error_set(scan->err, MUC_EIO, 0, "ICU", "words cannot be told apart: %s",
                             u_errorName(status));
        utext_close(&text);
        return;
    }
    from = ubrk_first(analyzer->words);
    while (!scan->rc && (to = ubrk_next(analyzer->words)) != UBRK_DONE) {
        if (ubrk_getRuleStatus(analyzer->words) != UBRK_WORD_NONE)
            add_word(scan, start + (size_t)from, start + (size_t)to);
        from = to;
    }
    utext_close(&text);
}

/** Read what begins at `at`; returns where to go on. If that is a word of just the bytes of `key`
 *  it is remembered. */
static size_t scan_slowly(struct scan *scan, size_t at, simde__m128i key, size_t key_size)
{
    struct analyzer *analyzer = scan->analyzer;
    size_t start = at, end;
    uint32_t c = character_next(scan->text, &at), form;
    enum character_class class = class_of(c);
    bool number = class == CLASS_DIGIT, upper = number || character_is_upper(c);

    switch (class) {
    case CLASS_LETTER:
    case CLASS_DIGIT:
        end = word_end(scan, start);
        if (number)
            end = start + unit_start(str_of(scan->text.bytes + start, end - start));
        form = form_of(scan, start, end, number);
        if (end - start == key_size && form != UINT32_MAX)
            known_add(&analyzer->known, key, (struct known_word){ form, upper });
        add_token(scan, start, end, form, upper);
        return end;
    case CLASS_SINGLE:
        while (at < scan->text.size) { /* with the marks that follow it */
            size_t next = at;

            if (class_of(character_next(scan->text, &next)) != CLASS_EXTEND)
                break;
            at = next;
        }
        add_word(scan, start, at);
        return at;
    case CLASS_COMPLEX:
        end = complex_end(scan, start);
        add_complex(scan, start, end);
        return end;
    default:
        return at;
    }
}

/** Add words found ahead as long as they are known and a space alone parts each from the one
 * before, which means nothing: so it is nearly always. Returns how many. */
static unsigned take_plain(struct scan *scan, const struct ahead *words, unsigned n)
{
    struct tokens *plain = &scan->room->plain;
    struct token *token = plain->at + plain->n;
    const char *bytes = scan->text.bytes;
    size_t end, room = plain->room - plain->n; /* a word read slowly may be several tokens */
    unsigned i;

    if (!plain->n)
        return 0;
    end = token[-1].end;
    n = n < room ? n : (unsigned)room;
    for (i = 0; i < n; i++) {
        const struct ahead *word = &words[i];
        const struct known_word *known;

        if (!word->n || word->at - end != 1 || bytes[end] != ' ' ||
            (uint8_t)(bytes[word->at] - '0') <= 9 || !(known = known_find(word->place, word->key)))
            break;
        end = word->at + word->n;
        *token++ = (struct token){ (uint32_t)word->at, (uint32_t)end, scan->position + i,
                                   known->form, false };
    }
    plain->n += i;
    scan->position += i;
    return i;
}

/** Add the words found ahead. Returns where the text goes on: at `end`, unless one of them was
 *  another than was seen there. */
static size_t take_words(struct scan *scan, const struct ahead *words, unsigned n, size_t end)
{
    for (unsigned i = take_plain(scan, words, n); i < n && !scan->rc;) {
        const struct ahead *word = &words[i++];
        const struct known_word *known = word->n ? known_find(word->place, word->key) : NULL;

        if (known) {
            add_token(scan, word->at, word->at + word->n, known->form, known->upper);
        } else {
            size_t next = scan_slowly(scan, word->at, word->key, word->n);
            if (!word->n || next != word->at + word->n)
                return next;
        }
        i += i < n ? take_plain(scan, words + i, n - i) : 0;
    }
    return end;
}

void scan_text(struct scan *scan, size_t most)
{
    struct tokens *plain = &scan->room->plain;

    while (scan->at < scan->text.size && plain->n < most && !scan->rc) {
        struct ahead words[AHEAD];
        size_t end;
        unsigned n = ahead_find(&scan->analyzer->known, scan->text, scan->at, words, &end);

        if (vector_reserve(plain, AHEAD))
            scan->at = take_words(scan, words, n, end);
        else
            scan->rc = error_memory(scan->err);
    }
    if (scan->at >= scan->text.size && plain->n && !scan->rc)
        add_parts(scan);
}

/* ---- whole tokens between the plain ones */

static bool put_whole(struct scan *scan, const struct whole *whole, struct tokens *out)
{
    const struct token *plain = scan->room->plain.at;
    struct muc_string written = str_of(whole->form, whole->size);
    struct folded_word folded;
    struct token *token;
    uint32_t form;

    scan->rc = fold_word(scan->analyzer->folder, written, whole->number, &folded, scan->err);
    if (scan->rc || !folded.exact_size)
        return !scan->rc;
    form = forms_intern(&scan->analyzer->forms, TOKEN_WHOLE, written,
                        str_of(folded.folded, folded.folded_size));
    if (form == UINT32_MAX || !(token = vector_push(out)))
        return false;
    *token = (struct token){ plain[whole->first].start, plain[whole->last].end,
                             plain[whole->first].position, form, true };
    return true;
}

static bool put_plain(struct scan *scan, struct tokens *out, uint32_t from, uint32_t end)
{
    const struct tokens *plain = &scan->room->plain;

    if (!vector_reserve(out, end - from))
        return false;
    if (end > from)
        memcpy(out->at + out->n, plain->at + from, (end - from) * sizeof *out->at);
    out->n += end - from;
    return true;
}

/** Leave in the room what is from plain token `end` on. */
static void keep(struct scan *scan, uint32_t end)
{
    struct analyzer_room *room = scan->room;
    size_t n = 0;

    for (size_t i = 0; i < room->joints.n; i++)
        if (room->joints.at[i] >= end)
            room->joints.at[n++] = room->joints.at[i] - end;
    room->joints.n = n;
    room->plain.n -= end;
    if (room->plain.n)
        memmove(room->plain.at, room->plain.at + end, room->plain.n * sizeof *room->plain.at);
}

bool scan_put(struct scan *scan, struct tokens *out)
{
    const struct tokens *plain = &scan->room->plain;
    uint32_t n = (uint32_t)plain->n, done = 0; /* plain tokens that are put */
    uint32_t stay = scan->at < scan->text.size ? WHOLE_AHEAD : 0, end = n > stay ? n - stay : 0;

    for (size_t i = 0; i < scan->room->joints.n; i++) {
        uint32_t first = scan->room->joints.at[i];
        struct whole whole;

        if (first >= end)
            break;
        if (first < done || !whole_at(scan->analyzer, scan->text, plain->at, n, first, &whole))
            continue;
        if (!put_plain(scan, out, done, whole.last + 1) || !put_whole(scan, &whole, out))
            return false;
        done = whole.last + 1;
    }
    end = done > end ? done : end;
    if (!put_plain(scan, out, done, end))
        return false;
    keep(scan, end);
    return true;
}
