/* SPDX-License-Identifier: MIT */
#include "search/hits.h"

#include "base/error.h"
#include "doc/sections.h"
#include "index/columns.h"
#include "index/standing.h"
#include "search/explain.h"

#define ELLIPSIS "…"

/* ---- strings that outlive the document */

static bool keep(struct arena *arena, struct muc_string *text)
{
    *text = arena_copy(arena, *text);
    return text->bytes;
}

static int keep_ranges(struct arena *arena, const struct snippet *snippet, uint32_t shift,
                       const struct muc_range **out, struct muc_error *err)
{
    struct muc_range *ranges = arena_zero(arena, snippet->n + 1, sizeof *ranges);

    if (!ranges)
        return error_memory(err);
    for (size_t i = 0; i < snippet->n; i++) {
        ranges[i].start = snippet->ranges[i].start + shift;
        ranges[i].end = snippet->ranges[i].end + shift;
    }
    *out = ranges;
    return MUC_OK;
}

/** The page of a byte of a text that has pages, else 0. */
static uint32_t page_of(struct muc_string text, size_t at)
{
    const char *feed = text.size ? memchr(text.bytes, '\f', text.size) : NULL, *end;
    uint32_t page = 1;

    if (!feed)
        return 0;
    for (end = text.bytes + at; feed && feed < end; page++)
        feed = memchr(feed + 1, '\f', (size_t)(text.bytes + text.size - (feed + 1)));
    return page;
}

/** The window, with an ellipsis where text was left out. */
static int keep_snippet(struct arena *arena, struct muc_string text, const struct snippet *snippet,
                        struct muc_snippet *out, struct muc_error *err)
{
    const size_t dots = sizeof ELLIPSIS - 1;
    size_t size = snippet->end - snippet->start, shift = snippet->cut_start ? dots : 0;
    char *bytes = arena_alloc(arena, size + 2 * dots + 1);
    int rc;

    if (!bytes)
        return error_memory(err);
    if ((rc = keep_ranges(arena, snippet, (uint32_t)shift, &out->highlights, err)))
        return rc;
    memcpy(bytes, ELLIPSIS, shift);
    memcpy(bytes + shift, text.bytes + snippet->start, size);
    if (snippet->cut_end)
        memcpy(bytes + shift + size, ELLIPSIS, dots);
    out->text = str_of(bytes, shift + size + (snippet->cut_end ? dots : 0));
    bytes[out->text.size] = '\0';
    out->n_highlights = snippet->n;
    out->page = snippet->n ? page_of(text, snippet->start + snippet->ranges[0].start) : 0;
    return MUC_OK;
}

/* ---- parts of a hit */

static int make_title(const struct hit_making *making, struct muc_hit *hit, struct muc_error *err)
{
    struct highlighter *highlighter = making->highlighter;
    struct snippet snippet = { 0 };
    int rc = highlighter_run(highlighter, hit->title, true, err);

    if (!rc)
        rc = snippet_ranges(hit->title, highlighter->matches.at, highlighter->matches.n, &snippet,
                            err);
    if (!rc)
        rc = keep_ranges(making->arena, &snippet, 0, &hit->title_highlights, err);
    hit->n_title_highlights = rc ? 0 : snippet.n;
    snippet_free(&snippet);
    return rc;
}

/** A piece of the text with its matches. */
struct piece_matches {
    size_t first, n;     /* of the highlighter's matches */
    uint32_t start, end; /* bytes of the text */
};

/** The longest piece between standing lines, behind the heading, in which the query is met, or if
 * it is met nowhere the longest; the whole text if it is met in such lines alone. */
static struct piece_matches between_standing(const struct hit_making *making,
                                             const struct muc_document *document)
{
    const struct highlighter *highlighter = making->highlighter;
    const struct snippet_match *matches = highlighter->matches.at;
    size_t n = highlighter->matches.n, at = 0;
    uint32_t size = (uint32_t)document->text.size, start = sections_heading(document).end;
    struct piece_matches best = { 0, n, 0, 0 };
    struct standing standing;

    standing_find(making->reader->standing, document, &standing);
    for (size_t i = 0; i <= standing.n; i++) {
        uint32_t end = i < standing.n ? standing.at[i].start : size;
        struct piece_matches piece = { .start = start, .end = end };

        if (end < start) /* a line above the heading */
            continue;
        while (at < n && matches[at].start < start)
            at++;
        piece.first = at;
        while (at < n && matches[at].end <= end)
            at++;
        piece.n = at - piece.first;
        if ((piece.n || !n) && end - start > best.end - best.start)
            best = piece;
        start = i < standing.n ? standing.at[i].end : size;
    }
    if (!best.end)
        best.end = size;
    return best;
}

/** The best of the text, but for lines that stand in many documents of the source. */
static int choose_snippet(const struct hit_making *making, const struct muc_document *document,
                          struct snippet *snippet, struct muc_error *err)
{
    struct piece_matches piece = between_standing(making, document);
    struct snippet_match *matches = making->highlighter->matches.at;
    struct muc_string text = document->text;
    int rc;

    if (piece.first)
        matches += piece.first;
    if (piece.start)
        text.bytes += piece.start;
    text.size = piece.end - piece.start;
    for (size_t i = 0; i < piece.n && piece.start; i++) {
        matches[i].start -= piece.start;
        matches[i].end -= piece.start;
    }
    rc = snippet_choose(text, matches, piece.n, making->query->snippet_bytes, snippet, err);
    snippet->start += piece.start;
    snippet->end += piece.start;
    return rc;
}

static int make_snippet(const struct hit_making *making, const struct muc_document *document,
                        struct muc_hit *hit, struct muc_error *err)
{
    struct highlighter *highlighter = making->highlighter;
    struct muc_string text = document->text;
    struct snippet snippet = { 0 };
    int rc = highlighter_run(highlighter, text, false, err);

    if (!rc && !making->query->no_snippets) {
        rc = making->query->document.size ? snippet_ranges(text, highlighter->matches.at,
                                                           highlighter->matches.n, &snippet, err)
                                          : choose_snippet(making, document, &snippet, err);
        if (!rc)
            rc = keep_snippet(making->arena, text, &snippet, &hit->snippet, err);
        snippet_free(&snippet);
    }
    return rc;
}

/** What is told of a document by its text. */
__attribute__((noinline)) static int make_texts(const struct hit_making *making,
                                                const struct found *found, struct muc_hit *hit,
                                                struct muc_error *err)
{
    const struct segment *segment = &making->reader->segments[found->segment];
    struct arena arena = { 0 };
    struct muc_document document;
    int rc = segment_document(segment, found->doc, &arena, &document, err);

    if (rc)
        goto out;
    hit->title = sections_title(&document);
    hit->source = document.source;
    hit->url = document.url;
    hit->lang = document.lang;
    if (!keep(making->arena, &hit->title) || !keep(making->arena, &hit->source) ||
        !keep(making->arena, &hit->url) || !keep(making->arena, &hit->lang)) {
        rc = error_memory(err);
        goto out;
    }
    /* a document that was asked for is shown whole, whatever the time */
    if (making->query->document.size || !deadline_is_over(making->deadline)) {
        highlighter_begin(making->highlighter, days_near(&document));
        /* which forms are shown in the one depends on those in the other */
        if ((rc = highlighter_run(making->highlighter, hit->title, true, err)) ||
            (rc = make_snippet(making, &document, hit, err)) || (rc = make_title(making, hit, err)))
            goto out;
        hit->tier = highlighter_tier(making->highlighter);
    }
out:
    arena_free(&arena);
    return rc;
}

/** Explain its score. */
__attribute__((noinline)) static int make_parts(const struct hit_making *making,
                                                const struct found *found, struct muc_hit *hit,
                                                struct muc_error *err)
{
    const struct explaining explaining = { making->reader,  making->plan,    making->query->text,
                                           making->repairs, making->recency, making->arena };

    return explain(&explaining, found, hit, err);
}

int hit_make(const struct hit_making *making, const struct found *found, uint64_t rank,
             struct muc_hit *hit, struct muc_error *err)
{
    struct arena *arena = making->arena;
    int rc = MUC_OK;

    *hit =
        (struct muc_hit){ .rank = rank, .date = date_unpack(found->date), .score = found->score };
    if (!arena_reserve(arena, MUC_ID_MAX + 1))
        return error_memory(err);
    hit->id = segment_id(&making->reader->segments[found->segment], found->doc, (char *)arena->at);
    arena->at[hit->id.size] = 0;
    arena_alloc(arena, hit->id.size + 1); /* where it was read */
    if (hits_have_text(making->query))
        rc = make_texts(making, found, hit, err);
    if (!rc && making->query->explain)
        rc = make_parts(making, found, hit, err);
    return rc;
}
