/* SPDX-License-Identifier: MIT */
#include "doc/recode.h"

#include "base/error.h"
#include "base/str.h"
#include "text/detect.h"

enum { TEXT_LEAST = 4096 }; /* bytes of text that decide without the title */

/** Title and text as one; borrowed where one is enough. */
static bool sample_of(const struct muc_document *document, struct buffer *joined,
                      struct muc_string *sample)
{
    if (document->text.size >= TEXT_LEAST || !document->title.size) {
        *sample = document->text;
        return true;
    }
    buffer_append(joined, document->title.bytes, document->title.size);
    buffer_byte(joined, '\n');
    buffer_append(joined, document->text.bytes, document->text.size);
    *sample = str_of((const char *)joined->at, joined->size);
    return !joined->failed;
}

static bool recode(const struct encoding *encoding, struct arena *arena, struct muc_string *text)
{
    struct buffer converted = { 0 };
    struct muc_string copy;

    if (!text->size || likeness_is_plain(*text))
        return true;
    encoding_convert(encoding, *text, AS_CHARACTERS, &converted);
    copy = converted.failed ? (struct muc_string){ 0 }
                            : arena_copy(arena, str_of((char *)converted.at, converted.size));
    buffer_free(&converted);
    if (!copy.bytes)
        return false;
    *text = copy;
    return true;
}

static bool recode_all(const struct encoding *encoding, struct arena *arena,
                       struct muc_document *document)
{
    struct muc_string *tags = arena_zero(arena, document->n_tags, sizeof *tags);
    bool ok = tags || !document->n_tags;

    for (size_t i = 0; ok && i < document->n_tags; i++) {
        tags[i] = document->tags[i];
        ok = recode(encoding, arena, &tags[i]);
    }
    document->tags = tags;
    document->encoding = str_c(encoding_name(encoding));
    return ok && recode(encoding, arena, &document->title) &&
           recode(encoding, arena, &document->text) && recode(encoding, arena, &document->source) &&
           recode(encoding, arena, &document->kind) && recode(encoding, arena, &document->byline);
}

int recode_document(struct arena *arena, struct muc_document *document, struct muc_error *err)
{
    const struct encoding *encoding = NULL;
    struct muc_document recoded = *document;
    struct buffer joined = { 0 };
    struct muc_string sample;
    int rc = MUC_OK;

    if (likeness_is_plain(document->text) || likeness_is_plain(document->title))
        return MUC_OK;
    if (!sample_of(document, &joined, &sample))
        rc = error_memory(err);
    if (!rc)
        rc = detect(sample, AS_CHARACTERS, &encoding, err);
    buffer_free(&joined);
    if (!rc && encoding && !recode_all(encoding, arena, &recoded))
        rc = error_memory(err);
    if (!rc)
        *document = recoded;
    return rc;
}
