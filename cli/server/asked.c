/* SPDX-License-Identifier: MIT */
#include "server/asked.h"

#include <string.h>

#include "format.h"

#define TARGET(member) .target = offsetof(struct asked, member)
#define OPTION_Q                                                                                   \
    {                                                                                              \
        .name = "q", .kind = OPTION_TEXT, TARGET(q)                                                \
    }

const struct option_spec asked_q[] = { OPTION_Q, { 0 } };

const struct option_spec asked_options[] = {
    OPTION_Q,
    { .name = "limit", .kind = OPTION_COUNT, TARGET(limit), .least = 1, .most = ASKED_LIMIT_MAX },
    { .name = "offset", .kind = OPTION_COUNT, TARGET(offset), .most = ASKED_OFFSET_MAX },
    { .name = "facet", .kind = OPTION_TEXT, TARGET(facets) },
    { .name = "facet_values",
      .kind = OPTION_COUNT,
      TARGET(facet_values),
      .least = 1,
      .most = 1000 },
    { .name = "no-collapse", TARGET(no_collapse) },
    { .name = "explain", TARGET(explain) },
    { .name = "count", TARGET(count) },
    { 0 },
};

static size_t characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += (*text & 0xC0) != 0x80;
    return n;
}

bool asked_q_fits(struct request *request, const char *q)
{
    if (characters(q) <= REQUEST_QUERY_MAX)
        return true;
    return request_problem(request, 400, "q has more than %d characters", REQUEST_QUERY_MAX);
}

bool asked_read(struct request *request, const struct option_spec *options, bool lenient,
                struct asked *asked)
{
    const struct option_set sets[] = { { options, asked }, { query_options, asked } };

    *asked = (struct asked){ 0 };
    if (!request_options(request, sets, sizeof sets / sizeof *sets, lenient))
        return false;
    return !asked->q || asked_q_fits(request, asked->q);
}

bool asked_anything(const struct asked *asked)
{
    const struct query_settings *query = &asked->query;

    return (asked->q && *asked->q) || query->from.year || query->to.year || query->source ||
           query->kind || query->lang || query->tag;
}

struct muc_query asked_query(struct asked *asked, const struct request *request)
{
    char from[FORMAT_DATE_SIZE], to[FORMAT_DATE_SIZE];
    const char *text = asked->q ? asked->q : "";
    struct muc_query query;

    if (!*text && (asked->query.from.year || asked->query.to.year)) {
        snprintf(asked->dates, sizeof asked->dates, "date:%s..%s",
                 format_date(asked->query.from, from), format_date(asked->query.to, to));
        text = asked->dates;
    }
    query = query_of(&asked->query, muc_text(text), asked->filters);
    query.everything = !*text && (!asked->q || asked_anything(asked));
    query.limit = asked->limit;
    query.offset = asked->offset;
    query.facets = asked->facets;
    query.facet_values = asked->facet_values;
    query.collapse = !asked->no_collapse;
    query.explain = asked->explain;
    query.count_only = asked->count;
    query.time_ms = request->server->settings->query_ms;
    return query;
}
