/* SPDX-License-Identifier: MIT */
/* reader_rtf.c - Rich Text Format, also where it is called .doc.
 *
 * Read here: the programs that Debian has for it lose Vietnamese (unrtf its letters, catdoc the
 * charset of fonts), and the names of fonts say which text is from before Unicode. */
#include <string.h>

#include "base/error.h"
#include "doc/rtf_text.h"
#include "doc/source.h"

enum { FILE_MAX = 256 << 20 }; /* bytes; most of a large one are pictures */

static int rtf_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    struct buffer bytes = { 0 }, text = { 0 };
    struct properties properties;
    struct arena arena = { 0 };
    struct source source;
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    rc = source_read_all(&source, FILE_MAX, &bytes, err);
    if (!rc)
        rc = rtf_text(str_of((const char *)bytes.at, bytes.size), input->path, &arena, &text,
                      &properties, err);
    buffer_free(&bytes);
    if (!rc && !text.size)
        rc = error_set(err, MUC_EINPUT, 0, input->path, "a document without text");
    if (!rc)
        rc = extracted_emit(input, sink, &doc_reader_rtf, str_of((const char *)text.at, text.size),
                            &properties, &arena, err);
    if (!rc)
        *hash = source_hash(&source);
    arena_free(&arena);
    buffer_free(&text);
    source_close(&source);
    return rc;
}

static bool is_rtf(const uint8_t *head, size_t size)
{
    return size >= 5 && !memcmp(head, "{\\rtf", 5);
}

static const char *const endings[] = { "rtf", NULL };

const struct doc_reader doc_reader_rtf = { "rtf", false, endings, is_rtf, rtf_read };
