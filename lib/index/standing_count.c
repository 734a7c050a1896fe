/* SPDX-License-Identifier: MIT */
#include "index/standing_count.h"

#include "base/error.h"
#include "index/invert.h"
#include "index/radix.h"
#include "index/records.h"

enum { MEMORY = 16 << 20 }; /* of the inversion of the lines */

/** A line that stands, and a document that has it. */
struct standing_line {
    uint32_t hash;
    uint32_t segment, doc; /* segment OLD: a document of the table */
};

enum { OLD = UINT32_MAX };

struct counting {
    struct view *view;
    uint32_t first_new;
    VECTOR(uint64_t) changed; /* hashes of what came or went; sorted, each once for each time */
    VECTOR(struct standing_line) lines;
    bool differs; /* from those before */
};

/* ---- what came and went */

static bool add_hashes(struct counting *counting, const uint32_t *hashes, uint32_t n)
{
    if (!vector_reserve(&counting->changed, n))
        return false;
    for (uint32_t i = 0; i < n; i++)
        counting->changed.at[counting->changed.n++] = hashes[i];
    return true;
}

static bool add_deleted(struct counting *counting, const struct segment *segment)
{
    const uint32_t *hashes;
    bool ok = true;

    for (uint32_t doc = 0; doc < segment->n_docs && ok; doc++)
        if (segment_is_deleted(segment, doc)) {
            uint32_t n = standing_hashes(&segment->data->lines, doc, &hashes);

            ok = add_hashes(counting, hashes, n);
        }
    return ok;
}

static int find_changed(struct counting *counting, struct muc_error *err)
{
    const struct view *view = counting->view;
    uint64_t *other, *sorted;
    size_t n;

    for (size_t i = 0; i < view->n_open; i++) {
        const struct segment *segment = &view->segments[i];
        const struct standing_view *lines = &segment->data->lines;
        bool ok = true;

        if (segment->number >= counting->first_new)
            ok = add_hashes(counting, lines->hashes, lines->n);
        else if (view->deletions_changed[i])
            ok = add_deleted(counting, segment);
        if (!ok)
            return error_memory(err);
    }
    n = counting->changed.n;
    if (!n)
        return MUC_OK;
    if (!(other = malloc(n * sizeof *other)))
        return error_memory(err);
    sorted = radix_sort(counting->changed.at, other, n, 0, 32);
    if (sorted != counting->changed.at)
        memcpy(counting->changed.at, sorted, n * sizeof *sorted);
    free(other);
    return MUC_OK;
}

/* ---- counting */

/** The document that has the line at `place`; UINT32_MAX: the bytes are bad. */
static uint32_t doc_of(const struct segment *segment, uint32_t place)
{
    const uint32_t *ends = segment->data->lines.ends;
    uint32_t low = 0, high = segment->n_docs;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (ends[middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < segment->n_docs ? low : UINT32_MAX;
}

/** A hash by its rank; 0 if the bytes are bad. */
static uint32_t hash_at(const struct standing_view *lines, uint32_t rank)
{
    uint32_t place = lines->places[rank];

    return place < lines->n ? lines->hashes[place] : 0;
}

/** Add the living documents of a segment that have a line, up to STANDING_LEAST. One that has it
 *  twice counts once: equal hashes are in the order of the documents. */
static unsigned count_in(const struct view *view, size_t s, uint32_t hash, unsigned count,
                         struct standing_line *line)
{
    const struct segment *segment = &view->segments[s];
    const struct standing_view *lines = &segment->data->lines;
    uint32_t low = 0, high = lines->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (hash_at(lines, middle) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t before = UINT32_MAX; low < lines->n && count < STANDING_LEAST; low++) {
        uint32_t doc;

        if (hash_at(lines, low) != hash)
            break;
        doc = doc_of(segment, lines->places[low]);
        if (doc == before || doc == UINT32_MAX || segment_is_deleted(segment, doc))
            continue;
        before = doc;
        *line = (struct standing_line){ hash, (uint32_t)s, doc };
        count++;
    }
    return count;
}

static bool stands(const struct view *view, uint32_t hash, struct standing_line *line)
{
    unsigned count = 0;

    for (size_t s = 0; s < view->n_open && count < STANDING_LEAST; s++)
        count = count_in(view, s, hash, count, line);
    return count == STANDING_LEAST;
}

static bool keep(struct counting *counting, struct standing_line line)
{
    struct standing_line *kept = vector_push(&counting->lines);

    if (kept)
        *kept = line;
    return kept;
}

/** All lines that stand, by rising hash: those before of which nothing changed, and of the changed
 *  ones those that are in enough documents. */
static int find_lines(struct counting *counting, struct muc_error *err)
{
    const struct standing_table *table = counting->view->standing;
    const uint32_t *before = table ? table->segment.data->lines.hashes : NULL;
    uint32_t n_before = table ? table->segment.n_docs : 0, b = 0;
    bool all_new = true; /* then a line stands by what came, or not at all */

    for (size_t i = 0; i < counting->view->n_open; i++)
        all_new &= counting->view->segments[i].number >= counting->first_new;
    for (size_t i = 0, run; i < counting->changed.n; i += run) {
        uint32_t hash = (uint32_t)counting->changed.at[i];
        struct standing_line line;
        bool stood, now;

        for (run = 1; i + run < counting->changed.n && counting->changed.at[i + run] == hash;)
            run++;
        for (; b < n_before && before[b] < hash; b++)
            if (!keep(counting, (struct standing_line){ before[b], OLD, b }))
                return error_memory(err);
        stood = b < n_before && before[b] == hash;
        now = (!all_new || run >= STANDING_LEAST) && stands(counting->view, hash, &line);
        if (now && stood)
            line = (struct standing_line){ hash, OLD, b };
        if (now && !keep(counting, line))
            return error_memory(err);
        counting->differs |= now != stood;
        b += stood;
    }
    for (; b < n_before; b++)
        if (!keep(counting, (struct standing_line){ before[b], OLD, b }))
            return error_memory(err);
    return MUC_OK;
}

/* ---- writing */

/** The line as a document, from one that has it. */
static int cut_line(const struct view *view, const struct standing_line *line, struct arena *arena,
                    struct muc_document *cut, struct muc_error *err)
{
    struct edge_lines lines;
    struct muc_document document;
    struct muc_string value;
    uint32_t first;
    int rc = segment_document(&view->segments[line->segment], line->doc, arena, &document, err);

    if (rc)
        return rc;
    if (!segment_stored(&view->segments[line->segment], line->doc, &value, &first, NULL))
        store_release(value); /* lines are everywhere: all of the file would come into memory */
    edge_lines_of(document.source, document.text, &lines);
    for (size_t i = 0; i < lines.n; i++)
        if (lines.hashes[i] == line->hash) {
            cut->source = document.source;
            cut->text = str_of(document.text.bytes + lines.at[i].start,
                               lines.at[i].end - lines.at[i].start);
            return MUC_OK;
        }
    return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: its lines are not those of its texts",
                     view->segments[line->segment].number);
}

/** The line as it is in the table; `iter` moves on to it. */
static int copy_line(struct records_iter *iter, const struct standing_line *line,
                     struct arena *arena, struct muc_document *copy, struct muc_error *err)
{
    struct muc_document document;
    int rc = 1;

    while (rc == 1 && (!iter->started || iter->doc < line->doc))
        rc = records_next(iter, err);
    if (rc < 0)
        return rc;
    if (rc == 0 || iter->doc != line->doc)
        return error_set(err, MUC_EDAMAGED, 0, "", "the standing lines are damaged");
    if ((rc = stored_parse(iter->record, arena, &document, err)))
        return rc;
    copy->source = document.source;
    copy->text = document.text;
    return MUC_OK;
}

static int add_lines(const struct counting *counting, struct invert *invert, struct muc_error *err)
{
    const struct view *view = counting->view;
    struct arena arena = { 0 };
    struct records_iter iter = { 0 };
    int rc = MUC_OK;

    if (view->standing)
        records_start(&iter, &view->standing->segment);
    for (size_t i = 0; i < counting->lines.n && !rc; i++) {
        const struct standing_line *line = &counting->lines.at[i];
        struct muc_document document = { .id = STR("") };

        arena_reset(&arena);
        rc = line->segment == OLD ? copy_line(&iter, line, &arena, &document, err)
                                  : cut_line(view, line, &arena, &document, err);
        if (!rc)
            rc = invert_add(invert, &document, 0, err);
    }
    records_end(&iter);
    arena_free(&arena);
    return rc;
}

static int write_lines(const struct counting *counting, struct spill *spill, uint32_t number,
                       struct segment_entry *entry, struct muc_error *err)
{
    struct invert *invert;
    struct manifest manifest;
    int rc;

    *entry = (struct segment_entry){ 0 };
    if (!counting->lines.n)
        return MUC_OK;
    if ((rc = invert_new(MEMORY, &invert, err)))
        return rc;
    invert_start(invert, spill, number);
    if (!(rc = add_lines(counting, invert, err)) && !(rc = invert_finish(invert, &manifest, err)) &&
        !(rc = spill_flush(spill, err)))
        *entry = (struct segment_entry){
            number,          manifest.n_docs,     0,
            manifest.tokens, manifest.text_bytes, manifest_bytes(&manifest)
        };
    invert_free(invert);
    return rc;
}

int standing_count(struct view *view, uint32_t first_new, struct spill *spill, uint32_t *next,
                   struct muc_error *err)
{
    struct counting counting = { .view = view, .first_new = first_new };
    struct segment_entry entry;
    int rc = find_changed(&counting, err);

    if (!rc)
        rc = find_lines(&counting, err);
    if (!rc && counting.differs && !(rc = write_lines(&counting, spill, *next, &entry, err))) {
        view->list.standing = entry;
        (*next)++;
    }
    vector_free(&counting.changed);
    vector_free(&counting.lines);
    return rc;
}
