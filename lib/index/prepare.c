/* SPDX-License-Identifier: MIT */
#include "index/prepare.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"
#include "doc/sections.h"
#include "text/decode.h"
#include "text/utf8.h"

static int too_long(const char *field, size_t size, size_t most, struct muc_error *err)
{
    return error_set(err, MUC_EINPUT, 0, field, "%s has %zu bytes, at most %zu are allowed", field,
                     size, most);
}

/** One string within its limit and valid; counts what was replaced. */
static int repair(struct muc_string *text, const char *field, size_t most, struct arena *arena,
                  uint32_t *n_replaced, struct muc_error *err)
{
    struct buffer fixed = { 0 };
    uint32_t n;

    if (text->size > most)
        return too_long(field, text->size, most, err);
    if (!text->size || utf8_is_valid(*text))
        return MUC_OK;
    n = decode_repair(*text, &fixed);
    *text = arena_copy(arena, str_of((const char *)fixed.at, fixed.size));
    if (fixed.failed)
        text->bytes = NULL;
    buffer_free(&fixed);
    if (!text->bytes)
        return error_memory(err);
    if (text->size > most) /* U+FFFD may be longer than what it stands for */
        return too_long(field, text->size, most, err);
    *n_replaced += n;
    return MUC_OK;
}

static int repair_lists(struct muc_document *document, struct arena *arena, struct muc_error *err)
{
    struct muc_string *tags = arena_zero(arena, document->n_tags + 1, sizeof *tags);
    struct muc_metadata *metadata = arena_zero(arena, document->n_metadata + 1, sizeof *metadata);
    uint32_t *replaced = &document->n_replaced;
    int rc = MUC_OK;

    if (!tags || !metadata)
        return error_memory(err);
    for (size_t i = 0; i < document->n_tags && !rc; i++) {
        tags[i] = document->tags[i];
        rc = repair(&tags[i], "a tag", MUC_FIELD_MAX, arena, replaced, err);
    }
    for (size_t i = 0; i < document->n_metadata && !rc; i++) {
        metadata[i] = document->metadata[i];
        rc = repair(&metadata[i].key, "a metadata key", MUC_FIELD_MAX, arena, replaced, err);
        if (!rc)
            rc = repair(&metadata[i].value, "metadata", MUC_FIELD_MAX, arena, replaced, err);
    }
    document->tags = tags;
    document->metadata = metadata;
    return rc;
}

/** Chained, each part seeded with the hash of those before it: so boundaries count too. */
static uint64_t hash_string(struct muc_string text, uint64_t before)
{
    return XXH3_64bits_withSeed(text.bytes ? text.bytes : "", text.size, before);
}

struct muc_string file_of(struct muc_string path)
{
    size_t size = path.size;

    while (size && ascii_is_digit(path.bytes[size - 1]))
        size--;
    return size && size < path.size && path.bytes[size - 1] == '#' ? str_of(path.bytes, size - 1)
                                                                   : path;
}

static uint64_t hash_content(const struct muc_document *document)
{
    const struct muc_string fields[] = { document->title,  document->text,  document->source,
                                         document->url,    document->lang,  document->kind,
                                         document->byline, document->place, document->number };
    const uint64_t numbers[] = {
        (uint16_t)document->date.year, document->date.month, document->date.day,
        document->date_origin,         document->n_tags,     document->n_metadata
    };
    uint64_t hash = hash_string(file_of(document->path), XXH3_64bits(numbers, sizeof numbers));

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        hash = hash_string(fields[i], hash);
    for (size_t i = 0; i < document->n_tags; i++)
        hash = hash_string(document->tags[i], hash);
    for (size_t i = 0; i < document->n_metadata; i++) {
        hash = hash_string(document->metadata[i].key, hash);
        hash = hash_string(document->metadata[i].value, hash);
    }
    return hash;
}

/** What the text tells beside what is given. */
static int add_facts(struct muc_document *document, struct arena *arena, struct muc_error *err)
{
    struct sections sections;
    int rc = sections_of(document->title, document->text, arena, &sections, err);

    if (rc)
        return rc;
    document->sections = sections.at;
    document->n_sections = sections.n;
    if (!document->kind.size)
        document->kind = str_c(sections.kind);
    if (!document->byline.size)
        document->byline = sections.byline;
    if (!document->place.size)
        document->place = sections.place;
    if (!document->number.size)
        document->number = sections.number;
    if (!document->date.year && sections.date.year) {
        document->date = sections.date;
        document->date_origin = MUC_DATE_DATELINE;
    }
    return MUC_OK;
}

int prepare(const struct muc_document *given, struct arena *arena, struct muc_document *prepared,
            uint64_t *content, struct muc_error *err)
{
    struct muc_document document = *given;
    const struct {
        struct muc_string *text;
        const char *name;
        size_t most;
    } fields[] = {
        { &document.id, "id", MUC_ID_MAX },
        { &document.title, "title", MUC_FIELD_MAX },
        { &document.text, "text", MUC_TEXT_MAX },
        { &document.source, "source", MUC_FIELD_MAX },
        { &document.url, "url", MUC_FIELD_MAX },
        { &document.lang, "lang", MUC_FIELD_MAX },
        { &document.kind, "kind", MUC_FIELD_MAX },
        { &document.byline, "byline", MUC_FIELD_MAX },
        { &document.place, "place", MUC_FIELD_MAX },
        { &document.number, "number", MUC_FIELD_MAX },
        { &document.path, "path", MUC_FIELD_MAX },
        { &document.encoding, "encoding", MUC_FIELD_MAX },
        { &document.reader, "reader", MUC_FIELD_MAX },
    };
    int rc = MUC_OK;

    if (!document.id.size)
        return error_set(err, MUC_EINPUT, 0, "id", "the document has no id");
    if (!document.title.size && !document.text.size)
        return error_set(err, MUC_EINPUT, 0, "text", "the document has neither text nor title");
    if (document.n_tags > MUC_LIST_MAX || document.n_metadata > MUC_LIST_MAX)
        return error_set(err, MUC_EINPUT, 0, "", "the document has more than %d tags or metadata",
                         MUC_LIST_MAX);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
        rc = repair(fields[i].text, fields[i].name, fields[i].most, arena, &document.n_replaced,
                    err);
    if (!rc && (document.n_tags || document.n_metadata))
        rc = repair_lists(&document, arena, err);
    if (rc)
        return rc;
    *content = hash_content(&document);
    if ((rc = add_facts(&document, arena, err)))
        return rc;
    *prepared = document;
    return MUC_OK;
}
