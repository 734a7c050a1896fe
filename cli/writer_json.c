/* SPDX-License-Identifier: MIT */
/* writer_json.c - a whole answer as one object, or one hit a line. The names and their order are
 * permanent: programs rely on them. */
#include "explanation.h"
#include "writer.h"

static void put_snippet(struct emit *json, const struct muc_snippet *snippet)
{
    emit_name(json, "snippet");
    emit_open(json, '{');
    emit_name(json, "text");
    emit_string(json, snippet->text);
    emit_name(json, "highlights");
    emit_open(json, '[');
    for (size_t i = 0; i < snippet->n_highlights; i++) {
        emit_open(json, '[');
        emit_uint(json, snippet->highlights[i].start);
        emit_uint(json, snippet->highlights[i].end);
        emit_close(json, ']');
    }
    emit_close(json, ']');
    if (snippet->page)
        emit_count(json, "page", snippet->page);
    emit_close(json, '}');
}

/** The members of a hit, without the braces. */
static void put_hit(struct emit *json, const struct muc_hit *hit, bool explained)
{
    emit_count(json, "rank", hit->rank);
    emit_name(json, "id");
    emit_string(json, hit->id);
    emit_name(json, "score");
    emit_number(json, hit->score);
    emit_name(json, "tier");
    emit_string(json, muc_text(muc_tier_name(hit->tier)));
    emit_text(json, "title", hit->title);
    emit_date(json, "date", hit->date);
    emit_text(json, "source", hit->source);
    emit_text(json, "url", hit->url);
    put_snippet(json, &hit->snippet);
    emit_count(json, "copies", hit->copies);
    if (hit->is_copy) {
        emit_name(json, "is_copy");
        emit_bool(json, true);
    }
    if (explained) {
        emit_name(json, "explanation");
        explanation_json(json, hit);
    }
}

static void put_facet(struct emit *json, const struct muc_facet *facet)
{
    emit_key(json, facet->name);
    emit_open(json, '{');
    emit_name(json, "values");
    emit_open(json, '[');
    for (size_t i = 0; i < facet->n_values; i++) {
        emit_open(json, '{');
        emit_name(json, "value");
        emit_string(json, facet->values[i].value);
        emit_count(json, "count", facet->values[i].count);
        emit_close(json, '}');
    }
    emit_close(json, ']');
    emit_count(json, "missing", facet->missing);
    emit_close(json, '}');
}

static void put_warnings(struct emit *json, const struct muc_results *results)
{
    emit_name(json, "warnings");
    emit_open(json, '[');
    for (size_t i = 0; i < muc_results_warnings(results); i++) {
        const struct muc_warning *warning = muc_results_warning(results, i);

        emit_open(json, '{');
        emit_count(json, "position", warning->position);
        emit_name(json, "kind");
        emit_string(json, muc_text(muc_warning_name(warning->kind)));
        emit_name(json, "message");
        emit_string(json, warning->message);
        emit_close(json, '}');
    }
    emit_close(json, ']');
}

void write_answer_json(struct emit *json, const struct answer *answer)
{
    const struct muc_results *results = answer->results;
    const struct muc_summary *summary = muc_results_summary(results);

    emit_open(json, '{');
    if (answer->label) {
        emit_name(json, "qid");
        emit_string(json, muc_text(answer->label));
    }
    emit_name(json, "query");
    emit_string(json, answer->query);
    emit_text(json, "searched_as", summary->searched_as);
    if (summary->did_you_mean.size) {
        emit_name(json, "did_you_mean");
        emit_open(json, '{');
        emit_text(json, "query", summary->did_you_mean);
        emit_count(json, "total", summary->did_you_mean_total);
        emit_close(json, '}');
    }
    put_warnings(json, results);
    emit_count(json, "snapshot", summary->snapshot);
    emit_name(json, "match");
    emit_string(json, muc_text(summary->match == MUC_MATCH_ANY ? "any" : "all"));
    emit_count(json, "total", summary->total);
    emit_count(json, "total_with_all", summary->total_with_all);
    emit_count(json, "total_as_written", summary->total_as_written);
    emit_name(json, "total_is_exact");
    emit_bool(json, summary->total_is_exact);
    emit_name(json, "partial");
    emit_bool(json, summary->is_partial);
    emit_count(json, "took_us", answer->took_us);
    emit_name(json, "hits");
    emit_open(json, '[');
    for (size_t i = 0; i < muc_results_count(results); i++) {
        emit_open(json, '{');
        put_hit(json, muc_results_hit(results, i), answer->explained);
        emit_close(json, '}');
    }
    emit_close(json, ']');
    emit_name(json, "facets");
    emit_open(json, '{');
    for (size_t i = 0; i < muc_results_facets(results); i++)
        put_facet(json, muc_results_facet(results, i));
    emit_close(json, '}');
    emit_close(json, '}');
}

static void begin_nothing(struct output *out, bool batch)
{
    (void)out;
    (void)batch;
}

static void answer_json(struct output *out, const struct answer *answer)
{
    struct emit json = { .file = out->file };

    write_answer_json(&json, answer);
    emit_line(&json);
}

static void answer_jsonl(struct output *out, const struct answer *answer)
{
    struct emit json = { .file = out->file };

    for (size_t i = 0; i < muc_results_count(answer->results); i++) {
        emit_open(&json, '{');
        if (answer->label) {
            emit_name(&json, "qid");
            emit_string(&json, muc_text(answer->label));
        }
        put_hit(&json, muc_results_hit(answer->results, i), answer->explained);
        emit_close(&json, '}');
        emit_line(&json);
    }
}

const struct writer writer_json = {
    .counts = true,
    .facets = true,
    .explains = true,
    .snippets = true,
    .collapses = true,
    .begin = begin_nothing,
    .answer = answer_json,
};
const struct writer writer_jsonl = {
    .explains = true,
    .snippets = true,
    .collapses = true,
    .begin = begin_nothing,
    .answer = answer_jsonl,
};
