/* SPDX-License-Identifier: MIT */
/* reader_text.c - a plain text: one document.
 *
 * Data that is not text is refused: more than one character in ten is a control (a NUL is one) or
 * could not be decoded. */
#include <strings.h>
#include <unicode/utf8.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/repair.h"
#include "doc/source.h"
#include "text/decode.h"

enum {
    FILE_MAX = 2 * MUC_TEXT_MAX, /* bytes: a text of the largest size in UTF-16, and more */
    BAD_MAX = 10,                /* in a hundred characters */
};

static bool is_control(UChar32 c)
{
    return (c < ' ' && !(c >= '\t' && c <= '\r') && c != 0x1a) || (c >= 0x7f && c < 0xa0);
}

static int check_is_text(const char *path, struct muc_string text, const struct decoding *decoding,
                         struct muc_error *err)
{
    size_t n = 0, n_controls = 0, n_blank = 0;

    for (size_t i = 0; i < text.size; n++) {
        UChar32 c;

        U8_NEXT_OR_FFFD(text.bytes, i, text.size, c);
        n_controls += is_control(c);
        n_blank += c <= ' ' || c == 0xa0;
    }
    if (n == n_blank)
        return error_set(err, MUC_EINPUT, 0, path, "empty");
    if (n_controls > n * BAD_MAX / 100)
        return error_set(err, MUC_EINPUT, 0, path, "not a text: %zu of %zu characters are controls",
                         n_controls, n);
    if (decoding->n_replaced > n * BAD_MAX / 100)
        return error_set(err, MUC_EINPUT, 0, path,
                         "%u of %zu characters are not %s; name the encoding it is in",
                         decoding->n_replaced, n, decoding->encoding);
    return MUC_OK;
}

static int take_text(const struct doc_input *input, const struct doc_sink *sink,
                     struct muc_string text, const struct decoding *decoding, struct muc_error *err)
{
    struct muc_document document = { .n_replaced = decoding->n_replaced };
    struct arena arena = { 0 };
    struct buffer clean = { 0 };
    char warning[REPAIR_WARNING_MAX];
    int rc = check_is_text(input->path, text, decoding, err);

    if (rc)
        goto out;
    if (!repair_is_clean(text)) {
        document.n_replaced += repair(text, &clean);
        text = str_of((const char *)clean.at, clean.size);
    }
    rc = clean.failed ? error_memory(err)
                      : doc_from_text(text, input->path, input->mtime, &arena, &document, err);
    if (rc)
        goto out;
    source_describe(input, doc_reader_text.name, &document);
    document.id = input->id;
    if (strcasecmp(decoding->encoding, "UTF-8") != 0)
        document.encoding = str_c(decoding->encoding);
    rc = sink->emit(sink->context, &document, err);
    if (!rc && document.n_replaced) {
        repair_warning(warning, decoding->encoding, document.n_replaced);
        sink->warn(sink->context, 0, warning);
    }
out:
    arena_free(&arena);
    buffer_free(&clean);
    return rc;
}

static int text_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct buffer bytes = { 0 }, text = { 0 };
    struct decoding decoding;
    struct source source;
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    if ((rc = source_read_all(&source, FILE_MAX, &bytes, err)))
        goto out;
    if ((rc = decode(bytes.at, bytes.size, input->encoding, &text, &decoding, err)))
        goto out;
    buffer_free(&bytes);
    rc = take_text(input, sink, str_of((const char *)text.at, text.size), &decoding, err);
    if (!rc)
        *hash = source_hash(&source);
out:
    buffer_free(&text);
    buffer_free(&bytes);
    source_close(&source);
    return rc;
}

static const char *const endings[] = { "txt", "text", "", NULL };

const struct doc_reader doc_reader_text = { "text", false, endings, NULL, text_read };
