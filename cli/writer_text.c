/* SPDX-License-Identifier: MIT */
/* writer_text.c - an answer for a person: wrapped to the screen, the words found in colour. */
#include <inttypes.h>
#include <string.h>

#include "display.h"
#include "explanation.h"
#include "format.h"
#include "writer.h"

enum {
    COPIES_SIZE = 48,
    PAGE_SIZE = 24,
    RANK_COLUMNS = 4, /* "123 " before a title; what follows is indented alike */
};

/** Whether a query has marks. One without asks for no marks in particular: to say that the text has
 * others would be noise. */
static bool has_marks(struct muc_string query)
{
    for (size_t i = 0; i < query.size; i++)
        if ((unsigned char)query.bytes[i] >= 0x80)
            return true;
    return false;
}

/** How the worst of a hit's words was met; nothing where all stand as written. */
static const char *tier_words(enum muc_tier tier, bool marked)
{
    switch (tier) {
    case MUC_TIER_EXACT:
        return "";
    case MUC_TIER_SPELLING:
        return "other spelling";
    case MUC_TIER_MARKS_LOST:
        return "marks missing";
    case MUC_TIER_MARKS_OTHER:
        return marked ? "other marks" : "";
    case MUC_TIER_EXPANSION:
        return "other form";
    case MUC_TIER_REPAIR:
        return "typing repaired";
    }
    return "";
}

static void put_total(struct output *out, const struct muc_summary *summary, bool marked)
{
    display_style(out, STYLE_BOLD);
    fprintf(out->file, "%s%" PRIu64 " document%s", summary->total_is_exact ? "" : "at least ",
            summary->total, summary->total == 1 ? "" : "s");
    display_style(out, STYLE_END);
    if (summary->total_with_all != summary->total && summary->total_with_all)
        fprintf(out->file, ", %" PRIu64 " with all the words", summary->total_with_all);
    if (marked && summary->total_as_written != summary->total)
        fprintf(out->file, " (%" PRIu64 " as written)", summary->total_as_written);
    fputc('\n', out->file);
}

/** Append a part of the line below a title. */
static size_t add_part(char *line, size_t size, size_t room, struct muc_string part)
{
    static const char dot[] = " \xC2\xB7 ";

    if (part.size == 0 || size + sizeof dot - 1 + part.size >= room)
        return size;
    if (size) {
        memcpy(line + size, dot, sizeof dot - 1);
        size += sizeof dot - 1;
    }
    memcpy(line + size, part.bytes, part.size);
    return size + part.size;
}

/** What other documents a row stands for. */
static const char *copies_words(const struct muc_hit *hit, char words[COPIES_SIZE])
{
    if (hit->is_copy)
        return "near copy";
    if (!hit->copies)
        return "";
    snprintf(words, COPIES_SIZE, "and %" PRIu64 " near cop%s", hit->copies,
             hit->copies == 1 ? "y" : "ies");
    return words;
}

/** Where in a document of pages the words stand. */
static const char *page_words(const struct muc_snippet *snippet, char words[PAGE_SIZE])
{
    if (!snippet->page)
        return "";
    snprintf(words, PAGE_SIZE, "page %" PRIu32, snippet->page);
    return words;
}

/** Date, source, id and how it matched, in one faint line. */
static void put_facts(struct output *out, const struct muc_hit *hit, bool marked)
{
    char line[2 * MUC_ID_MAX], date[FORMAT_DATE_SIZE], copies[COPIES_SIZE];
    char page[PAGE_SIZE];
    size_t size = 0;

    size = add_part(line, size, sizeof line, muc_text(format_date(hit->date, date)));
    size = add_part(line, size, sizeof line, hit->source);
    size = add_part(line, size, sizeof line, hit->id);
    size = add_part(line, size, sizeof line, muc_text(page_words(&hit->snippet, page)));
    size = add_part(line, size, sizeof line, muc_text(tier_words(hit->tier, marked)));
    size = add_part(line, size, sizeof line, muc_text(copies_words(hit, copies)));
    fprintf(out->file, "%*s", RANK_COLUMNS, "");
    display_wrapped(out, RANK_COLUMNS,
                    &(struct styled){ .text = { line, size }, .style = "", .around = STYLE_FAINT });
    fputc('\n', out->file);
}

static void put_hit(struct output *out, const struct muc_hit *hit, const struct answer *answer)
{
    struct styled title = { hit->title, hit->title_highlights, hit->n_title_highlights, STYLE_FOUND,
                            STYLE_TITLE };
    struct styled snippet = { hit->snippet.text, hit->snippet.highlights, hit->snippet.n_highlights,
                              STYLE_FOUND, "" };
    int columns = fprintf(out->file, "\n%*" PRIu64 " ", RANK_COLUMNS - 1, hit->rank) - 1;

    if (title.text.size == 0)
        title = (struct styled){ hit->id, NULL, 0, "", STYLE_TITLE };
    display_wrapped(out, (unsigned)columns, &title);
    fputc('\n', out->file);
    put_facts(out, hit, has_marks(answer->query));
    if (snippet.text.size) {
        fprintf(out->file, "%*s", RANK_COLUMNS, "");
        display_wrapped(out, RANK_COLUMNS, &snippet);
        fputc('\n', out->file);
    }
    if (answer->explained)
        explanation_write(out, RANK_COLUMNS + 2, hit);
}

static void put_facet(struct output *out, const struct muc_facet *facet)
{
    fputc('\n', out->file);
    display_style(out, STYLE_BOLD);
    display_clean(out->file, facet->name);
    display_style(out, STYLE_END);
    fputc('\n', out->file);
    for (size_t i = 0; i < facet->n_values; i++) {
        fprintf(out->file, "%8" PRIu64 "  ", facet->values[i].count);
        display_wrapped(out, 10, &(struct styled){ facet->values[i].value, NULL, 0, "", "" });
        fputc('\n', out->file);
    }
    if (facet->missing)
        fprintf(out->file, "%8" PRIu64 "  (none)\n", facet->missing);
}

static void begin_text(struct output *out, bool batch)
{
    (void)out;
    (void)batch;
}

static void put_offer(struct output *out, const struct muc_summary *summary)
{
    fputs("did you mean: ", out->file);
    display_wrapped(out, 14, &(struct styled){ summary->did_you_mean, NULL, 0, "", "" });
    fprintf(out->file, " (finds %" PRIu64 ")\n", summary->did_you_mean_total);
}

static void answer_text(struct output *out, const struct answer *answer)
{
    const struct muc_results *results = answer->results;
    const struct muc_summary *summary = muc_results_summary(results);

    if (answer->label) {
        display_style(out, STYLE_BOLD);
        display_clean(out->file, muc_text(answer->label));
        display_style(out, STYLE_END);
        fputs(answer->count_only ? "\t" : "\n", out->file);
    }
    if (answer->count_only) {
        fprintf(out->file, "%" PRIu64 "\n", summary->total);
    } else {
        put_total(out, summary, has_marks(answer->query));
        if (summary->searched_as.size) {
            fputs("searched as: ", out->file);
            display_wrapped(out, 13, &(struct styled){ summary->searched_as, NULL, 0, "", "" });
            fputc('\n', out->file);
        }
        if (summary->did_you_mean.size)
            put_offer(out, summary);
        if (summary->match == MUC_MATCH_ANY && !answer->any_asked && summary->total)
            fputs(summary->total_with_all
                      ? "not all of them have all the words: --match all finds those alone\n"
                      : "no document has all the words: these have some of them\n",
                  out->file);
    }
    for (size_t i = 0; i < muc_results_count(results); i++)
        put_hit(out, muc_results_hit(results, i), answer);
    for (size_t i = 0; i < muc_results_facets(results); i++)
        put_facet(out, muc_results_facet(results, i));
    if (answer->label && !answer->count_only)
        fputc('\n', out->file);
}

const struct writer writer_text = {
    .counts = true,
    .facets = true,
    .explains = true,
    .snippets = true,
    .collapses = true,
    .paged = true,
    .begin = begin_text,
    .answer = answer_text,
};
