/* SPDX-License-Identifier: MIT */
/* api.c - what programs ask for, in the JSON of the command line. */
#include <string.h>

#include "document_members.h"
#include "server/answer.h"
#include "server/asked.h"
#include "server/route.h"
#include "stats_json.h"
#include "steady.h"
#include "suggest_json.h"
#include "writer.h"

static const char json_type[] = "application/json";

static void put_answer(struct request *request, const struct answer *answer)
{
    struct emit json = { 0 };

    if (!request_begin(request, 200, json_type))
        return;
    json.file = request->body;
    write_answer_json(&json, answer);
    emit_line(&json);
}

void handle_search(struct request *request)
{
    struct asked asked;
    struct muc_query query;
    struct muc_results *results;
    struct muc_error err;
    uint64_t start;

    if (!asked_read(request, asked_options, false, &asked))
        return;
    query = asked_query(&asked, request);
    start = steady_us();
    if (muc_search(request->view->index, &query, &results, &err)) {
        request_error(request, &err);
        return;
    }
    answer_is_of(request, results);
    put_answer(request, &(struct answer){ .query = query.text,
                                          .results = results,
                                          .took_us = steady_us() - start,
                                          .count_only = asked.count,
                                          .explained = asked.explain });
    muc_results_free(results);
}

void handle_similar(struct request *request)
{
    struct similar_settings {
        const char *id;
        uint32_t limit, offset;
        bool copies;
    } settings = { 0 };
    static const struct option_spec options[] = {
        { .name = "id", .kind = OPTION_TEXT, .target = offsetof(struct similar_settings, id) },
        { .name = "limit",
          .kind = OPTION_COUNT,
          .target = offsetof(struct similar_settings, limit),
          .least = 1,
          .most = ASKED_LIMIT_MAX },
        { .name = "offset",
          .kind = OPTION_COUNT,
          .target = offsetof(struct similar_settings, offset),
          .most = ASKED_OFFSET_MAX },
        { .name = "copies", .target = offsetof(struct similar_settings, copies) },
        { 0 },
    };
    struct muc_query query = { .time_ms = request->server->settings->query_ms };
    struct muc_results *results;
    struct muc_string id;
    struct muc_error err;
    uint64_t start, took;

    if (!request_options(request, &(struct option_set){ options, &settings }, 1, false))
        return;
    if (!settings.id) {
        request_problem(request, 400, "the parameter id is missing");
        return;
    }
    id = muc_text(settings.id);
    query.limit = settings.limit;
    query.offset = settings.offset;
    query.copies_only = settings.copies;
    start = steady_us();
    if (muc_similar(request->view->index, &id, 1, &query, &results, &err)) {
        request_error(request, &err);
        return;
    }
    took = steady_us() - start;
    answer_is_of(request, results);
    put_answer(request, &(struct answer){ .query = id, .results = results, .took_us = took });
    muc_results_free(results);
}

void handle_document(struct request *request)
{
    const size_t before = strlen(request->route->path);
    struct muc_string id = { request->path.bytes + before, request->path.size - before };
    struct muc_stored *stored;
    struct muc_error err;

    if (!request_options(request, NULL, 0, false))
        return;
    if (muc_index_document(request->view->index, id, &stored, &err)) {
        request_error(request, &err);
        return;
    }
    if (request_begin(request, 200, json_type)) {
        struct muc_document document = *muc_stored_document(stored);
        struct emit json = { .file = request->body };

        document.path = (struct muc_string){ 0 }; /* folders of the server are not for all to see */
        document_json(&json, &document);
        emit_line(&json);
    }
    muc_stored_free(stored);
}

void handle_suggest(struct request *request)
{
    struct suggest_settings {
        const char *q;
        uint32_t limit;
    } settings = { NULL, 8 };
    static const struct option_spec options[] = {
        { .name = "q", .kind = OPTION_TEXT, .target = offsetof(struct suggest_settings, q) },
        { .name = "limit",
          .kind = OPTION_COUNT,
          .target = offsetof(struct suggest_settings, limit),
          .least = 1,
          .most = 50 },
        { 0 },
    };
    struct muc_suggestions *suggestions;
    struct muc_error err;

    if (!request_options(request, &(struct option_set){ options, &settings }, 1, false))
        return;
    if (!settings.q) {
        request_problem(request, 400, "the parameter q is missing");
        return;
    }
    if (!asked_q_fits(request, settings.q))
        return;
    if (muc_suggest(request->view->index, muc_text(settings.q), settings.limit, &suggestions,
                    &err)) {
        request_error(request, &err);
        return;
    }
    if (request_begin(request, 200, json_type)) {
        struct emit json = { .file = request->body };

        suggest_json(&json, muc_text(settings.q), suggestions);
        emit_line(&json);
    }
    muc_suggestions_free(suggestions);
}

void handle_stats(struct request *request)
{
    if (request_options(request, NULL, 0, false) && request_begin(request, 200, json_type)) {
        struct emit json = { .file = request->body };

        stats_json(&json, NULL, &request->view->stats);
        emit_line(&json);
    }
}

void handle_health(struct request *request)
{
    request->cache = "no-store";
    if (request_begin(request, 200, "text/plain; charset=utf-8"))
        fputs("ok\n", request->body);
}

void handle_metrics(struct request *request)
{
    const char *names[METRICS_ROUTES];

    for (size_t i = 0; i < n_routes; i++)
        names[i] = routes[i].name;
    request->cache = "no-store";
    if (request_begin(request, 200, "text/plain; version=0.0.4; charset=utf-8"))
        metrics_write(&request->server->metrics, names, n_routes, request->view, request->body);
}
