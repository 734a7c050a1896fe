/* SPDX-License-Identifier: MIT */
#include "text/analyzer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>
#define XXH_INLINE_ALL /* words are short: the call would cost more than the hash */
#include <xxhash.h>

#include "base/error.h"
#include "text/character.h"
#include "text/fold.h"
#include "text/forms.h"
#include "text/sentence.h"
#include "text/whole.h"

enum { RULES_VERSION = 1 };

struct analyzer {
    const uint8_t *classes;
    struct folder *folder;
    struct forms forms;
    UBreakIterator *words; /* for scripts without spaces; opened when one is met */
    struct tokens plain;   /* of the text at hand, before the whole ones are put in */
};

int analyzer_new(struct analyzer **out, struct muc_error *err)
{
    struct analyzer *analyzer = calloc(1, sizeof *analyzer);
    int rc;

    if (!analyzer)
        return error_memory(err);
    rc = forms_init(&analyzer->forms) ? folder_new(&analyzer->folder, err) : error_memory(err);
    if (rc) {
        analyzer_free(analyzer);
        return rc;
    }
    analyzer->classes = character_classes();
    *out = analyzer;
    return MUC_OK;
}

void analyzer_free(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    if (analyzer->words)
        ubrk_close(analyzer->words);
    folder_free(analyzer->folder);
    forms_free(&analyzer->forms);
    free(analyzer->plain.at);
    free(analyzer);
}

const struct form *analyzer_form(const struct analyzer *analyzer, uint32_t n)
{
    return &analyzer->forms.list.at[n];
}

uint32_t analyzer_n_forms(const struct analyzer *analyzer)
{
    return (uint32_t)analyzer->forms.list.n;
}

size_t analyzer_memory(const struct analyzer *analyzer)
{
    const struct forms *forms = &analyzer->forms;

    return forms->arena.total + forms->n_slots * sizeof(uint32_t) +
           forms->list.room * sizeof(struct form);
}

void analyzer_reset(struct analyzer *analyzer)
{
    forms_reset(&analyzer->forms);
}

const char *analyzer_version(void)
{
    static _Thread_local char version[64];
    UVersionInfo icu, unicode;
    char icu_text[U_MAX_VERSION_STRING_LENGTH], unicode_text[U_MAX_VERSION_STRING_LENGTH];

    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    u_versionToString(icu, icu_text);
    u_versionToString(unicode, unicode_text);
    snprintf(version, sizeof version, "rules %d, ICU %s, Unicode %s", RULES_VERSION, icu_text,
             unicode_text);
    return version;
}

/* ---- from characters to plain tokens */

/** A place in the text while it is read, and the sentence so far. */
struct scan {
    struct analyzer *analyzer;
    struct muc_string text;
    uint32_t position; /* of the next token */
    int rc;
    struct muc_error *err;
};

static enum character_class class_of(const struct analyzer *analyzer, uint32_t c)
{
    return c < CHARACTER_TABLE ? analyzer->classes[c] : character_class(c);
}

/** The form of the written bytes [start, end); UINT32_MAX: none, or failed with scan->rc. */
static uint32_t form_of(struct scan *scan, size_t start, size_t end, bool number)
{
    struct forms *forms = &scan->analyzer->forms;
    struct muc_string word = str_of(scan->text.bytes + start, end - start);
    uint64_t hash = XXH3_64bits(word.bytes, word.size);
    uint32_t form = forms_of_surface(forms, hash, word);
    struct folded_word folded;

    if (form != UINT32_MAX)
        return form;
    scan->rc = fold_word(scan->analyzer->folder, word, number, &folded, scan->err);
    if (scan->rc || !folded.exact_size)
        return UINT32_MAX;
    form = forms_intern(forms, number ? TOKEN_NUMBER : TOKEN_WORD,
                        str_of(folded.exact, folded.exact_size),
                        str_of(folded.folded, folded.folded_size));
    if (form == UINT32_MAX)
        scan->rc = error_memory(scan->err);
    else
        forms_remember(forms, hash, word, form);
    return form;
}

static void add_token(struct scan *scan, size_t start, size_t end, bool number, bool upper)
{
    struct tokens *plain = &scan->analyzer->plain;
    uint32_t form = form_of(scan, start, end, number);
    struct token *token;

    if (form == UINT32_MAX)
        return;
    if (plain->n) {
        const struct token *last = &plain->at[plain->n - 1];
        const char *bytes = scan->text.bytes;

        scan->position += sentence_ends(str_of(bytes + last->start, last->end - last->start),
                                        str_of(bytes + last->end, start - last->end), upper);
    }
    if (!(token = vector_push(plain))) {
        scan->rc = error_memory(scan->err);
        return;
    }
    *token = (struct token){ (uint32_t)start, (uint32_t)end, scan->position++, form };
}

/** The end of the word that begins with a letter or digit at `at`. */
static size_t word_end(const struct scan *scan, size_t at)
{
    size_t end = at, joint = 0; /* joint: start of what may join the next character */
    enum character_class before = CLASS_OTHER, joins = CLASS_OTHER;

    while (at < scan->text.size) {
        size_t start = at;
        enum character_class class = class_of(scan->analyzer, character_next(scan->text, &at));

        switch (class) {
        case CLASS_EXTEND:
            if (!joint)
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
        enum character_class class = class_of(scan->analyzer, character_next(scan->text, &at));

        if (class != CLASS_COMPLEX && class != CLASS_EXTEND)
            break;
        end = at;
    }
    return end;
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
            add_token(scan, start + (size_t)from, start + (size_t)to, false, false);
        from = to;
    }
    utext_close(&text);
}

static void scan_text(struct scan *scan)
{
    for (size_t at = 0; at < scan->text.size && !scan->rc;) {
        size_t start = at, end;
        uint32_t c = character_next(scan->text, &at);

        switch (class_of(scan->analyzer, c)) {
        case CLASS_LETTER:
        case CLASS_DIGIT:
            end = word_end(scan, start);
            add_token(scan, start, end, class_of(scan->analyzer, c) == CLASS_DIGIT,
                      class_of(scan->analyzer, c) == CLASS_DIGIT || character_is_upper(c));
            at = end;
            break;
        case CLASS_SINGLE:
            while (at < scan->text.size) { /* with the marks that follow it */
                size_t next = at;

                if (class_of(scan->analyzer, character_next(scan->text, &next)) != CLASS_EXTEND)
                    break;
                at = next;
            }
            add_token(scan, start, at, false, false);
            break;
        case CLASS_COMPLEX:
            end = complex_end(scan, start);
            add_complex(scan, start, end);
            at = end;
            break;
        default:
            break;
        }
    }
}

/* ---- whole tokens between the plain ones */

static bool put_whole(struct scan *scan, const struct whole *whole, struct tokens *out)
{
    const struct token *plain = scan->analyzer->plain.at;
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
                             plain[whole->first].position, form };
    return true;
}

static bool put_tokens(struct scan *scan, struct tokens *out)
{
    const struct tokens *plain = &scan->analyzer->plain;
    struct whole whole = { .size = 0 };

    if (!vector_reserve(out, plain->n))
        return false;
    for (uint32_t i = 0; i < plain->n; i++) {
        struct token *token;

        if (!whole.size &&
            !whole_at(scan->analyzer, scan->text, plain->at, (uint32_t)plain->n, i, &whole))
            whole.size = 0;
        if (!(token = vector_push(out)))
            return false;
        *token = plain->at[i];
        if (whole.size && whole.last == i) {
            if (!put_whole(scan, &whole, out))
                return false;
            whole.size = 0;
        }
    }
    return true;
}

int analyzer_run(struct analyzer *analyzer, struct muc_string text, uint32_t position,
                 struct tokens *tokens, struct muc_error *err)
{
    struct scan scan = { analyzer, text, position, MUC_OK, err };
    size_t before = tokens->n;

    analyzer->plain.n = 0;
    scan_text(&scan);
    if (!scan.rc && !put_tokens(&scan, tokens) && !scan.rc)
        scan.rc = error_memory(err);
    if (scan.rc)
        tokens->n = before;
    return scan.rc;
}
