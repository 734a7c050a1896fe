/* SPDX-License-Identifier: MIT */
#include "index/alerts.h"

#include <stdlib.h>
#include <time.h>

#include "api/handles.h"
#include "base/error.h"
#include "query/parser_memory.h"
#include "query/query.h"

enum { MATCHES_MAX = 1000000 }; /* of one alert: the library's bound of one query */

static int check_name(struct muc_string name, struct muc_error *err)
{
    if (!name.size || name.size > ALERT_NAME_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "name", "an alert's name has 1 to %d bytes",
                         ALERT_NAME_MAX);
    for (size_t i = 0; i < name.size; i++)
        if ((uint8_t)name.bytes[i] < ' ')
            return error_set(err, MUC_EARGUMENT, 0, "name",
                             "an alert's name has no control characters");
    return MUC_OK;
}

/** The alert as it stands now; `alert` was zeroed. MUC_ENOTFOUND: err is untouched. */
static int load(struct store *store, struct muc_string name, struct alert *alert,
                struct muc_error *err)
{
    struct store_read *read;
    int rc = store_read_begin(store, &read, err);

    if (rc)
        return rc;
    rc = alert_load(read, name, alert, err);
    store_read_end(read);
    return rc;
}

static int not_there(struct muc_string name, struct muc_error *err)
{
    return error_set(err, MUC_ENOTFOUND, 0, "", "there is no alert \"%.*s\"", (int)name.size,
                     name.bytes);
}

/* ---- running */

/** Take up the documents of the newest commit that match and were not known. */
static int look(const struct muc_index *index, struct alert *alert, size_t *n,
                struct muc_error *err)
{
    const struct muc_query query = { .text = alert->query,
                                     .match = MUC_MATCH_ALL,
                                     .sort = MUC_SORT_DATE_DOWN,
                                     .limit = MATCHES_MAX,
                                     .no_snippets = true };
    struct muc_results *results;
    VECTOR(struct muc_string) ids = { 0 };
    int rc = muc_search(index, &query, &results, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < muc_results_count(results) && !rc; i++) {
        const struct muc_hit *hit = muc_results_hit(results, i);
        struct muc_string *id;

        if (hit->tier == MUC_TIER_REPAIR || alert_knows(alert, alert_hash(hit->id)))
            continue; /* a repaired query is another one */
        if ((id = vector_push(&ids)))
            *id = hit->id;
        else
            rc = error_memory(err);
    }
    if (!rc)
        rc = alert_take(alert, ids.at, ids.n, err);
    if (!rc)
        *n = ids.n;
    vector_free(&ids);
    muc_results_free(results);
    return rc;
}

static int look_now(struct muc_writer *writer, struct alert *alert, size_t *n,
                    struct muc_error *err)
{
    struct muc_index *index;
    int rc = muc_index_open(store_path(writer->store), &index, err);

    if (rc)
        return rc;
    rc = look(index, alert, n, err);
    muc_index_close(index);
    alert->ran = (uint64_t)time(NULL);
    return rc;
}

int muc_writer_alert_run(struct muc_writer *writer, struct muc_string name, size_t *n,
                         struct muc_error *err)
{
    struct alert alert = { 0 };
    size_t found = 0;
    int rc = load(writer->store, name, &alert, err);

    if (rc)
        return rc == MUC_ENOTFOUND ? not_there(name, err) : rc;
    rc = look_now(writer, &alert, &found, err);
    if (!rc)
        rc = alert_save(writer->store, &alert, err);
    if (!rc)
        *n = found;
    alert_free(&alert);
    return rc;
}

int muc_writer_alert_told(struct muc_writer *writer, struct muc_string name, struct muc_error *err)
{
    struct alert alert = { 0 };
    int rc = load(writer->store, name, &alert, err);

    if (rc)
        return rc == MUC_ENOTFOUND ? not_there(name, err) : rc;
    alert.untold = 0;
    rc = alert_save(writer->store, &alert, err);
    alert_free(&alert);
    return rc;
}

/* ---- changing */

/** Whether a tree asks for something: not for nothing at all, nor only for what is to be absent. */
static bool asks(const struct node *node)
{
    if (node->kind == NODE_NONE || node->kind == NODE_NOT)
        return false;
    for (uint32_t i = 0; i < node->n_children; i++)
        if (asks(node->children[i]))
            return true;
    return !node->n_children;
}

/** An alert that nothing can ever match would be silent for ever. */
static int check_query(struct muc_string text, struct muc_error *err)
{
    struct parser_memory memory = { 0 };
    struct query query = { 0 };
    struct analyzer *analyzer;
    int rc = analyzer_new(&analyzer, err);

    if (rc)
        return rc;
    rc = query_parse(&query, text, analyzer, &memory, err);
    if (!rc && !asks(query.root))
        rc = error_set(err, MUC_EARGUMENT, 0, "query", "it asks for nothing that could be found");
    query_free(&query);
    parser_memory_free(&memory);
    analyzer_free(analyzer);
    return rc;
}

int muc_writer_alert_add(struct muc_writer *writer, struct muc_string name, struct muc_string query,
                         struct muc_error *err)
{
    struct alert alert = { 0 };
    size_t n;
    int rc = check_name(name, err);

    if (!rc)
        rc = load(writer->store, name, &alert, err);
    if (!rc) {
        alert_free(&alert);
        return error_set(err, MUC_EARGUMENT, 0, "name", "there is an alert \"%.*s\" already",
                         (int)name.size, name.bytes);
    }
    if (rc != MUC_ENOTFOUND || (rc = check_query(query, err)))
        return rc;
    alert.name = arena_copy(&alert.arena, name);
    alert.query = arena_copy(&alert.arena, query);
    rc = alert.name.bytes && alert.query.bytes ? look_now(writer, &alert, &n, err)
                                               : error_memory(err);
    alert.untold = 0; /* what is there already is no news */
    alert.last.n = 0;
    alert.ran = 0;
    if (!rc)
        rc = alert_save(writer->store, &alert, err);
    alert_free(&alert);
    return rc;
}

int muc_writer_alert_remove(struct muc_writer *writer, struct muc_string name,
                            struct muc_error *err)
{
    struct alert alert = { 0 };
    int rc = load(writer->store, name, &alert, err);

    if (rc == MUC_ENOTFOUND)
        return not_there(name, err);
    alert_free(&alert);
    return rc == MUC_OK || rc == MUC_EDAMAGED ? alert_delete(writer->store, name, err) : rc;
}

/* ---- listing */

struct muc_alerts {
    struct store_read *read;
    VECTOR(struct alert) alerts;
    VECTOR(struct muc_alert) given;
};

static int visit_name(void *context, struct muc_string name, struct muc_error *err)
{
    struct muc_alerts *alerts = context;
    struct alert *alert = vector_push(&alerts->alerts);

    if (!alert)
        return error_memory(err);
    *alert = (struct alert){ 0 };
    return alert_load(alerts->read, name, alert, err);
}

int muc_alerts_open(const struct muc_index *index, struct muc_alerts **out, struct muc_error *err)
{
    struct muc_alerts *alerts = calloc(1, sizeof *alerts);
    int rc;

    if (!alerts)
        return error_memory(err);
    rc = store_read_begin(index->store, &alerts->read, err);
    if (!rc)
        rc = alert_names(alerts->read, visit_name, alerts, err);
    for (size_t i = 0; i < alerts->alerts.n && !rc; i++) {
        const struct alert *alert = &alerts->alerts.at[i];
        struct muc_alert *given = vector_push(&alerts->given);

        if (!given)
            rc = error_memory(err);
        else
            *given = (struct muc_alert){ .name = alert->name,
                                         .query = alert->query,
                                         .ran = (int64_t)alert->ran,
                                         .known = alert->known.n,
                                         .last = alert->last.at,
                                         .n_last = alert->last.n,
                                         .n_untold = alert->untold };
    }
    store_read_end(alerts->read);
    if (rc) {
        muc_alerts_close(alerts);
        return rc;
    }
    *out = alerts;
    return MUC_OK;
}

size_t muc_alerts_count(const struct muc_alerts *alerts)
{
    return alerts->given.n;
}

const struct muc_alert *muc_alerts_at(const struct muc_alerts *alerts, size_t i)
{
    return &alerts->given.at[i];
}

void muc_alerts_close(struct muc_alerts *alerts)
{
    if (!alerts)
        return;
    for (size_t i = 0; i < alerts->alerts.n; i++)
        alert_free(&alerts->alerts.at[i]);
    vector_free(&alerts->alerts);
    vector_free(&alerts->given);
    free(alerts);
}
