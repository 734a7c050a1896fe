/* SPDX-License-Identifier: MIT */
#include "snippet/snippet.h"

#include "base/error.h"
#include "snippet/window.h"

static int match_order(const void *a, const void *b)
{
    const struct snippet_match *left = a, *right = b;

    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->end < right->end) - (left->end > right->end);
}

/* The matches by start: a whole token, which comes behind its parts, before them. NULL: no memory.
 * Where they are in order already, as they mostly are, the caller's own. */
static const struct snippet_match *sorted(const struct snippet_match *matches, size_t n,
                                          struct snippet_match **owned)
{
    size_t i = 1;

    while (i < n && match_order(&matches[i - 1], &matches[i]) <= 0)
        i++;
    if (i >= n)
        return matches;
    if ((*owned = malloc(n * sizeof **owned))) {
        memcpy(*owned, matches, n * sizeof **owned);
        qsort(*owned, n, sizeof **owned, match_order);
    }
    return *owned;
}

static bool only_blanks(struct muc_string text, uint32_t at, uint32_t end)
{
    for (uint32_t next; at < end; at = next)
        if (!is_blank(character_behind(text, at, &next)))
            return false;
    return true;
}

/* Append the matches that lie inside the window, joined where they touch. */
static bool append_ranges(struct muc_string text, const struct snippet_match *matches, size_t n,
                          struct snippet *snippet)
{
    uint32_t start = snippet->start, position = 0;

    for (size_t i = 0; i < n; i++) {
        const struct snippet_match *match = &matches[i];
        struct muc_range *last = snippet->n ? &snippet->ranges[snippet->n - 1] : NULL;

        if (match->start < start || match->end > snippet->end)
            continue;
        if (last && (match->start <= start + last->end ||
                     (match->position == position + 1 &&
                      only_blanks(text, start + last->end, match->start)))) {
            last->end = match->end - start > last->end ? match->end - start : last->end;
        } else {
            if (!vector_fit(&snippet->ranges, snippet->n, &snippet->room, 1, sizeof *last))
                return false;
            snippet->ranges[snippet->n++] =
                (struct muc_range){ match->start - start, match->end - start };
        }
        position = match->position;
    }
    return true;
}

/* Fill `out` with a window and the matches in it. */
static int fill(struct muc_string text, struct piece window, const struct snippet_match *matches,
                size_t n, struct snippet *out, struct muc_error *err)
{
    struct snippet snippet = { .start = window.start, .end = window.end };

    if (!append_ranges(text, matches, n, &snippet)) {
        snippet_free(&snippet);
        return error_memory(err);
    }
    snippet.cut_start = !only_blanks(text, 0, window.start);
    snippet.cut_end = !only_blanks(text, window.end, (uint32_t)text.size);
    *out = snippet;
    return MUC_OK;
}

int snippet_choose(struct muc_string text, const struct snippet_match *matches, size_t n,
                   uint32_t size, struct snippet *snippet, struct muc_error *err)
{
    struct snippet_match *owned = NULL;
    struct piece core = { 0, 0 };
    int rc = MUC_OK;

    if (!(matches = sorted(matches, n, &owned)) && n > 0)
        return error_memory(err);
    if (n > 0)
        rc = core_find(matches, n, size, &core, err);
    if (rc == MUC_OK)
        rc = fill(text, window_around(text, core, size), matches, n, snippet, err);
    free(owned);
    return rc;
}

int snippet_ranges(struct muc_string text, const struct snippet_match *matches, size_t n,
                   struct snippet *snippet, struct muc_error *err)
{
    struct snippet_match *owned = NULL;
    int rc;

    if (!(matches = sorted(matches, n, &owned)) && n > 0)
        return error_memory(err);
    rc = fill(text, (struct piece){ 0, (uint32_t)text.size }, matches, n, snippet, err);
    free(owned);
    return rc;
}

void snippet_free(struct snippet *snippet)
{
    free(snippet->ranges);
    *snippet = (struct snippet){ 0 };
}
