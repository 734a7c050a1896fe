/* SPDX-License-Identifier: MIT */
#include "query_settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "words.h"

static const char *const match_names[] = { "auto", "all", "any", NULL };
static const char *const accents_names[] = { "auto", "exact", "ignore", NULL };
static const char *const sort_names[] = { "relevance", "date", "-date", NULL };
static const char *const rank_names[] = { "default", "bm25", NULL };

#define TARGET(member) .target = offsetof(struct query_settings, member)

const struct option_spec query_options[] = {
    { .name = "match",
      .kind = OPTION_CHOICE,
      .choices = match_names,
      TARGET(match),
      .argument = "HOW",
      .summary = "how words are joined; auto: all of them, and any where no document has all, or "
                 "from the start for the best of a sentence" },
    { .name = "accents",
      .kind = OPTION_CHOICE,
      .choices = accents_names,
      TARGET(accents),
      .argument = "HOW",
      .summary = "auto: the written form first, then lost and other marks; exact: the written "
                 "form only; ignore: all forms alike" },
    { .name = "sort",
      .kind = OPTION_CHOICE,
      .choices = sort_names,
      TARGET(sort),
      .argument = "ORDER",
      .summary = "best first, oldest first (date) or newest first (-date)" },
    { .name = "from",
      .kind = OPTION_DATE,
      TARGET(from),
      .argument = "DATE",
      .summary = "documents of this day, month or year and later" },
    { .name = "to",
      .kind = OPTION_DATE,
      TARGET(to),
      .argument = "DATE",
      .summary = "documents of this day, month or year and earlier" },
    { .name = "source",
      .kind = OPTION_TEXT,
      TARGET(source),
      .argument = "NAME",
      .summary =
          "documents of exactly this source (in a query, source:NAME asks for words of it)" },
    { .name = "kind",
      .kind = OPTION_TEXT,
      TARGET(kind),
      .argument = "NAME",
      .summary = "documents of exactly this kind" },
    { .name = "lang",
      .kind = OPTION_TEXT,
      TARGET(lang),
      .argument = "CODE",
      .summary = "documents in exactly this language" },
    { .name = "tag",
      .kind = OPTION_TEXT,
      TARGET(tag),
      .argument = "NAME",
      .summary = "documents with exactly this tag" },
    { .name = "rank",
      .kind = OPTION_CHOICE,
      .choices = rank_names,
      TARGET(rank),
      .argument = "HOW",
      .summary = "default: tiers, pairs and title on top of BM25; bm25: that alone, for "
                 "comparison" },
    { .name = "recency",
      .kind = OPTION_COUNT,
      TARGET(recency),
      .argument = "DAYS",
      .least = 1,
      .most = 100000,
      .summary = "up to half as much again for new documents: for the newest one most, for one so "
                 "many days older half of that" },
    { 0 },
};

struct muc_query query_of(const struct query_settings *settings, struct muc_string text,
                          struct muc_filter filters[QUERY_FILTERS])
{
    const struct muc_filter asked[QUERY_FILTERS] = {
        { "source", muc_text(settings->source) },
        { "kind", muc_text(settings->kind) },
        { "lang", muc_text(settings->lang) },
        { "tag", muc_text(settings->tag) },
    };
    const char *const given[QUERY_FILTERS] = { settings->source, settings->kind, settings->lang,
                                               settings->tag };
    size_t n = 0;

    for (size_t i = 0; i < QUERY_FILTERS; i++)
        if (given[i])
            filters[n++] = asked[i];
    return (struct muc_query){
        .text = text,
        .match = (enum muc_match)settings->match,
        .accents = (enum muc_accents)settings->accents,
        .sort = (enum muc_sort)settings->sort,
        .rank = (enum muc_rank)settings->rank,
        .recency = settings->recency,
        .from = settings->from,
        .to = settings->to,
        .filters = filters,
        .n_filters = n,
    };
}

char *query_text(const struct query_settings *settings, char **words, size_t n)
{
    enum { SIZE = sizeof "date:.." + 2 * FORMAT_DATE_SIZE };
    char from[FORMAT_DATE_SIZE], to[FORMAT_DATE_SIZE];
    char *text;

    if (n || (!settings->from.year && !settings->to.year))
        return words_join(words, n);
    text = malloc(SIZE);
    if (text)
        snprintf(text, SIZE, "date:%s..%s", format_date(settings->from, from),
                 format_date(settings->to, to));
    return text;
}
