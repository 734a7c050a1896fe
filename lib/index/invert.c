/* SPDX-License-Identifier: MIT */
#include "index/invert.h"

#include "base/error.h"
#include "doc/doc.h"
#include "index/invert_text.h"
#include "index/lengths.h"

enum {
    SLOTS_MAX = 1 << RECORD_SLOT_BITS,
    SLOTS_SPARE = 1 << 10, /* more than one document needs: 2^28 positions */
    FORMS_MAX = 1 << RECORD_FORM_BITS,
    FORMS_FULL = 1 << 22, /* forms that close a segment */
    FORM_BYTES = 64,      /* of a form when families are written: ranks.h, rounds.h */
};

int invert_new(size_t memory, struct invert **out, struct muc_error *err)
{
    struct invert *invert = calloc(1, sizeof *invert);
    int rc;

    if (!invert)
        return error_memory(err);
    rc = analyzer_new(&invert->analyzer, err);
    if (!rc) /* before anything is written: without them other terms would be */
        rc = stems_new(&invert->stemmers, err);
    if (rc) {
        invert_free(invert);
        return rc;
    }
    invert->memory = memory;
    invert->part = PART_TOKENS;
    invert->group = FORMS_GROUP;
    invert->many = FORMS_MANY;
    *out = invert;
    return MUC_OK;
}

void invert_free(struct invert *invert)
{
    if (!invert)
        return;
    segment_writer_free(&invert->segment);
    stored_writer_free(&invert->stored);
    columns_free(&invert->columns);
    analyzer_free(invert->analyzer);
    vector_free(&invert->tokens);
    vector_free(&invert->others);
    analyzer_end(&invert->reading);
    buffer_free(&invert->days);
    vector_free(&invert->named_days);
    vector_free(&invert->introductions);
    stems_free(invert->stemmers);
    buffer_free(&invert->stems);
    stream_free(&invert->text);
    for (int i = 0; i < FIELDS; i++)
        stream_free(&invert->fields[i]);
    vector_free(&invert->slots);
    sketch_words_free(&invert->sketch_words);
    free(invert);
}

void invert_memory(struct invert *invert, size_t memory)
{
    invert->memory = memory;
}

/** Bytes of the words met, and of what orders them when they are written. */
static size_t forms_memory(const struct invert *invert)
{
    return analyzer_memory(invert->analyzer) +
           analyzer_n_forms(invert->analyzer) * (size_t)FORM_BYTES;
}

/** Whether the words met are many enough to be forgotten once they are written. */
static bool forgets(const struct invert *invert)
{
    return forms_memory(invert) > invert->memory / 8;
}

/** If they are, free what finds them already. */
static void settle(struct invert *invert)
{
    if (!forgets(invert))
        return;
    analyzer_settle(invert->analyzer);
    sketch_words_free(&invert->sketch_words);
    invert->settled = true;
}

static void forget(struct invert *invert)
{
    analyzer_reset(invert->analyzer);
    sketch_words_reset(&invert->sketch_words);
    invert->settled = false;
}

void invert_start(struct invert *invert, struct spill *spill, uint32_t number)
{
    segment_writer_free(&invert->segment);
    segment_writer_start(&invert->segment, spill, number);
    stored_writer_free(&invert->stored);
    stored_writer_start(&invert->stored, &invert->segment);
    columns_free(&invert->columns);
    if (invert->settled || forgets(invert))
        forget(invert);
    stream_free(&invert->text);
    for (int i = 0; i < FIELDS; i++)
        stream_free(&invert->fields[i]);
    invert->slots.n = 0;
}

static size_t streams_memory(const struct invert *invert)
{
    size_t n = stream_size(&invert->text);

    for (int i = 0; i < FIELDS; i++)
        n += stream_size(&invert->fields[i]);
    return n * sizeof(uint16_t);
}

bool invert_is_full(const struct invert *invert)
{
    size_t used = streams_memory(invert) + columns_memory(&invert->columns) + forms_memory(invert) +
                  stored_writer_memory(&invert->stored);

    return used > invert->memory / MEMORY_PARTS * MEMORY_TOKENS ||
           invert->slots.n > SLOTS_MAX - SLOTS_SPARE ||
           analyzer_n_forms(invert->analyzer) > FORMS_FULL;
}

/** Slots for the positions up to `last`, and for one more: no pair reaches the next document. */
static bool add_slots(struct invert *invert, uint32_t doc, uint32_t last)
{
    size_t n = ((size_t)last + 1) / SLOT_POSITIONS + 1;

    if (!vector_reserve(&invert->slots, n))
        return false;
    for (size_t i = 0; i < n; i++)
        invert->slots.at[invert->slots.n++] = (struct slot){ doc, (uint32_t)i * SLOT_POSITIONS };
    return true;
}

/** What the text introduces. */
static int add_introductions(struct invert *invert, uint32_t slot, uint32_t *last,
                             struct muc_error *err)
{
    const struct introductions *found = &invert->introductions;
    uint32_t n = (uint32_t)found->n;

    if (!stream_reserve(&invert->fields[FIELD_BRIEF], n) ||
        !stream_reserve(&invert->fields[FIELD_MEANING], n))
        return error_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t place = invert_place(slot, i);

        stream_put(&invert->fields[FIELD_BRIEF], found->at[i].by_brief, place, true);
        stream_put(&invert->fields[FIELD_MEANING], found->at[i].by_meaning, place, true);
    }
    *last = n > *last ? n : *last;
    return MUC_OK;
}

static int add_field(struct invert *invert, int field, const struct muc_string *texts, size_t n,
                     uint32_t slot, uint32_t *last, struct muc_error *err)
{
    uint32_t next = 0;
    int rc = MUC_OK;

    for (size_t i = 0; i < n && !rc; i++)
        rc = invert_add_field(invert, field, texts[i], slot, POSITION_GAP, &next, last, err);
    return rc;
}

static int add_document(struct invert *invert, const struct muc_document *document,
                        uint64_t content, const struct measures *measures, uint32_t slot,
                        struct muc_error *err)
{
    const struct {
        int field;
        const struct muc_string *texts;
        size_t n;
    } fields[] = {
        { FIELD_BYLINE, &document->byline, 1 },
        { FIELD_SOURCE, &document->source, 1 },
        { FIELD_KIND, &document->kind, 1 },
        { FIELD_LANG, &document->lang, 1 },
        { FIELD_PLACE, &document->place, 1 },
        { FIELD_NUMBER, &document->number, 1 },
        { FIELD_TAG, document->tags, document->n_tags },
    };
    struct edge_lines lines;
    struct column_row row = {
        .id = document->id,
        .source = document->source,
        .kind = document->kind,
        .lang = document->lang,
        .place = document->place,
        .byline = document->byline,
        .number = document->number,
        .tags = document->tags,
        .n_tags = document->n_tags,
        .content = content,
        .date = date_pack(document->date),
        .text_size = (uint32_t)(document->title.size + document->text.size),
        .length = length_code(measures->length),
        .title_length = measures->title_length,
        .sketch = &measures->sketch,
    };
    uint32_t last = measures->last;
    int rc = add_introductions(invert, slot, &last, err);

    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
        rc = add_field(invert, fields[i].field, fields[i].texts, fields[i].n, slot, &last, err);
    if (rc)
        return rc;
    if (analyzer_n_forms(invert->analyzer) > FORMS_MAX)
        return error_set(err, MUC_ENOMEM, 0, "", "too many different words in one segment");
    if (!add_slots(invert, invert->columns.n, last))
        return error_memory(err);
    edge_lines_of(document->source, document->text, &lines);
    row.lines = lines.hashes;
    row.n_lines = lines.n;
    if ((rc = columns_add(&invert->columns, &row, err)))
        return rc;
    if (doc_is_large(document->text.size)) /* it is held once more while it is stored */
        settle(invert);
    return stored_writer_add(&invert->stored, document, err);
}

int invert_add(struct invert *invert, const struct muc_document *given, uint64_t content,
               struct muc_error *err)
{
    uint32_t slot = (uint32_t)invert->slots.n;
    struct muc_document document = *given;
    struct measures measures = { .length = 0 };
    int rc = invert_add_text(invert, given, slot, &measures, err);

    if (rc)
        return rc;
    if (!document.lang.size)
        document.lang = str_c(language_code(measures.language));
    return add_document(invert, &document, content, &measures, slot, err);
}

int invert_finish(struct invert *invert, struct manifest *manifest, struct muc_error *err)
{
    int rc;

    if ((rc = stored_writer_finish(&invert->stored, err)) ||
        (rc = columns_write(&invert->columns, &invert->segment, err)))
        return rc;
    columns_free(&invert->columns);
    stored_writer_free(&invert->stored);
    settle(invert);
    if ((rc = invert_write_families(invert, err)) ||
        (rc = segment_writer_finish(&invert->segment, err)))
        return rc;
    *manifest = invert->segment.manifest;
    return MUC_OK;
}
