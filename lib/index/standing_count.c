/* SPDX-License-Identifier: MIT */
#include "index/standing_count.h"

#include "base/error.h"
#include "index/invert.h"
#include "index/radix.h"
#include "index/records.h"

enum {
    MEMORY = 16 << 20,       /* of the inversion of the lines */
    GATHERED_MOST = 4 << 20, /* hashes that are sorted at once, unless many are alike */
    FEW = 64,                /* one line in so many is looked up; more are met in a walk over all */
    LET_GO = 256,            /* lines that are looked up, each somewhere else in the file … */
    LET_GO_TEXTS = 16,       /* … and that are cut out of texts: as far apart */
};

/** A line that stands, and a document that has it. */
struct standing_line {
    uint32_t hash;
    uint32_t segment, doc; /* segment OLD: a document of the table */
};

enum { OLD = UINT32_MAX };

/* A document by its number among all that are gathered, 2^31 at most, with a bit if it came; or one
 * that went. */
enum { CAME = UINT32_C(1) << 31, GONE = UINT32_MAX };

struct counting {
    struct view *view;
    uint32_t first_new;
    bool all; /* lines of all documents are gathered, else of those that came or went */
    uint32_t n_ranges, range;  /* of hashes, and the one at hand: not all have to be in memory */
    VECTOR(uint64_t) gathered; /* hashes, each with its document; sorted by hash */
    uint32_t n_before;         /* lines of the table that are dealt with */
    VECTOR(struct standing_line) lines;
    bool differs; /* from those before */
};

static bool is_new(const struct counting *counting, const struct segment *segment)
{
    return segment->number >= counting->first_new;
}

static bool is_gathered(const struct counting *counting, const struct segment *segment)
{
    return counting->all || is_new(counting, segment);
}

/* ---- what came and went */

/** Add the lines of a document that are in the range. */
static bool add_hashes(struct counting *counting, const struct segment *segment, uint32_t doc,
                       uint32_t number)
{
    const uint32_t *hashes;
    uint32_t n = standing_hashes(&segment->data->lines, doc, &hashes);

    if (!vector_reserve(&counting->gathered, n))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if ((uint64_t)hashes[i] * counting->n_ranges >> 32 == counting->range)
            counting->gathered.at[counting->gathered.n++] = (uint64_t)hashes[i] << 32 | number;
    return true;
}

/** Those of the documents of a segment, the first of which has the number `first`. */
static bool add_docs(struct counting *counting, size_t s, uint32_t first)
{
    const struct segment *segment = &counting->view->segments[s];
    bool came = is_new(counting, segment), went = counting->view->deletions_changed[s], ok = true;

    for (uint32_t doc = 0; doc < segment->n_docs && ok; doc++)
        if (came)
            ok = add_hashes(counting, segment, doc, (first + doc) | CAME);
        else if (segment_is_deleted(segment, doc))
            ok = !went || add_hashes(counting, segment, doc, GONE);
        else if (counting->all)
            ok = add_hashes(counting, segment, doc, first + doc);
    return ok;
}

/** Choose what to gather, and into how few ranges of hashes it is parted. */
static void begin(struct counting *counting)
{
    const struct view *view = counting->view;
    uint64_t n_docs = 0, n_all = 0, n_changed = 0;

    for (size_t i = 0; i < view->n_open; i++) {
        const struct segment *segment = &view->segments[i];

        n_docs += segment->n_docs;
        n_all += segment->data->lines.n;
        if (is_new(counting, segment))
            n_changed += segment->data->lines.n;
        else if (view->deletions_changed[i])
            n_changed += view->list.entries.at[i].n_deleted * (uint64_t)STANDING_LINES;
    }
    counting->all = n_changed * FEW >= n_all && n_docs < CAME;
    counting->n_ranges = (uint32_t)((counting->all ? n_all : n_changed) / GATHERED_MOST + 1);
}

static int gather(struct counting *counting, struct muc_error *err)
{
    const struct view *view = counting->view;
    uint64_t *other, *sorted;
    uint32_t n_docs = 0;
    size_t n;

    counting->gathered.n = 0;
    for (size_t i = 0; i < view->n_open; i++) {
        const struct segment *segment = &view->segments[i];

        if ((is_gathered(counting, segment) || view->deletions_changed[i]) &&
            !add_docs(counting, i, n_docs))
            return error_memory(err);
        n_docs += is_gathered(counting, segment) ? segment->n_docs : 0;
        if (is_gathered(counting, segment) && segment->n_docs >= LET_GO)
            store_let_go(view->store);
    }
    n = counting->gathered.n;
    if (!n)
        return MUC_OK;
    if (!(other = malloc(n * sizeof *other)))
        return error_memory(err);
    sorted = radix_sort(counting->gathered.at, other, n, 32, 32);
    if (sorted != counting->gathered.at)
        memcpy(counting->gathered.at, sorted, n * sizeof *sorted);
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

/** Add the living documents of those gathered that have a line: [at, end) names them. */
static unsigned count_gathered(const struct counting *counting, const uint64_t *at,
                               const uint64_t *end, struct standing_line *line)
{
    const struct view *view = counting->view;
    uint32_t before = GONE, first = 0;
    unsigned count = 0;
    size_t s = 0;

    for (; at < end && count < STANDING_LEAST; at++) {
        uint32_t number = (uint32_t)*at;

        if (number == GONE || (number &= ~(uint32_t)CAME) == before)
            continue;
        before = number;
        for (;; s++) { /* the numbers of a line rise */
            const struct segment *segment = &view->segments[s];

            if (is_gathered(counting, segment) && number - first < segment->n_docs)
                break;
            first += is_gathered(counting, segment) ? segment->n_docs : 0;
        }
        if (segment_is_deleted(&view->segments[s], number - first))
            continue;
        *line = (struct standing_line){ (uint32_t)(*at >> 32), (uint32_t)s, number - first };
        count++;
    }
    return count;
}

/** Whether enough documents have the line of [at, end), which came or went; one of them. */
static bool stands(const struct counting *counting, const uint64_t *at, const uint64_t *end,
                   struct standing_line *line)
{
    const struct view *view = counting->view;
    unsigned count = count_gathered(counting, at, end, line);

    for (size_t s = 0; s < view->n_open && count < STANDING_LEAST; s++)
        if (!is_gathered(counting, &view->segments[s]))
            count = count_in(view, s, (uint32_t)(*at >> 32), count, line);
    return count == STANDING_LEAST;
}

static bool keep(struct counting *counting, struct standing_line line)
{
    struct standing_line *kept = vector_push(&counting->lines);

    if (kept)
        *kept = line;
    return kept;
}

/** Keep the lines of the table below a hash, of which nothing changed. */
static bool keep_before(struct counting *counting, uint64_t hash)
{
    const struct standing_table *table = counting->view->standing;
    uint32_t n = table ? table->segment.n_docs : 0, *b = &counting->n_before;

    for (; *b < n && table->segment.data->lines.hashes[*b] < hash; (*b)++)
        if (!keep(counting,
                  (struct standing_line){ table->segment.data->lines.hashes[*b], OLD, *b }))
            return false;
    return true;
}

/** The lines of the range that stand, by rising hash: those before of which nothing changed, and of
 *  the changed ones those that are in enough documents. */
static int find_lines(struct counting *counting, struct muc_error *err)
{
    const struct standing_table *table = counting->view->standing;
    const uint64_t *at = counting->gathered.at, *end = at + counting->gathered.n, *next;

    for (unsigned n = 0; at < end; at = next) {
        uint32_t hash = (uint32_t)(*at >> 32), any = 0, b;
        struct standing_line line = { hash, OLD, 0 };
        bool stood, now;

        for (next = at; next < end && (uint32_t)(*next >> 32) == hash; next++)
            any |= (uint32_t)*next;
        if (!(any & CAME)) /* nor GONE */
            continue;
        if (!keep_before(counting, hash))
            return error_memory(err);
        b = counting->n_before;
        stood = table && b < table->segment.n_docs && table->segment.data->lines.hashes[b] == hash;
        now = stands(counting, at, next, &line);
        if (!counting->all && ++n % LET_GO == 0)
            store_let_go(counting->view->store);
        if (now && stood) /* the table has it */
            line = (struct standing_line){ hash, OLD, b };
        if (now && !keep(counting, line))
            return error_memory(err);
        counting->differs |= now != stood;
        counting->n_before += stood;
    }
    return MUC_OK;
}

static int find_all(struct counting *counting, struct muc_error *err)
{
    int rc = MUC_OK;

    begin(counting);
    for (; counting->range < counting->n_ranges && !rc; counting->range++)
        if (!(rc = gather(counting, err)))
            rc = find_lines(counting, err);
    if (!rc && !keep_before(counting, (uint64_t)UINT32_MAX + 1))
        rc = error_memory(err);
    return rc;
}

/* ---- writing */

/** The line as a document, from one that has it. */
static int cut_line(const struct view *view, const struct standing_line *line, struct arena *arena,
                    struct muc_document *cut, struct muc_error *err)
{
    struct edge_lines lines;
    struct muc_document document;
    int rc = segment_document(&view->segments[line->segment], line->doc, arena, &document, err);

    if (rc)
        return rc;
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
        if (i % LET_GO_TEXTS == LET_GO_TEXTS - 1)
            store_let_go(view->store);
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
    int rc = find_all(&counting, err);

    if (!rc && counting.differs && !(rc = write_lines(&counting, spill, *next, &entry, err))) {
        view->list.standing = entry;
        (*next)++;
    }
    vector_free(&counting.gathered);
    vector_free(&counting.lines);
    return rc;
}
