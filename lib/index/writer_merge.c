/* SPDX-License-Identifier: MIT */
/* Fewer segments. Groups of them become one each, some groups at a time: a round. Each merge has
 * two threads, reads segments of its own and writes one of its own, and what a round made becomes
 * the newest state in one transaction; or, of segments that no commit has named yet, part of what
 * the next commit writes. */
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/error.h"
#include "base/thread.h"
#include "index/merge.h"
#include "index/tiers.h"
#include "index/writer_parts.h"

struct group {
    struct segment **inputs; /* of the view, which stays as it is until all are merged */
    struct merge_task task;
    struct segment_entry entry;
    struct muc_error err;
    int rc;
    pthread_t thread;
    bool started; /* the thread */
};

struct round {
    struct writer *writer;
    struct group *groups;
    size_t n;
    bool *taken; /* of the list's segments: whether they are in a group */
    size_t n_taken;
    uint32_t *erased; /* room for numbers of segments, of each that is taken or made */
    uint64_t n_docs;  /* alive in these */
    uint32_t least;   /* number of the first segment of the list that may be in one */
    size_t wanted;    /* segments of a tier that become one: index/tiers.h */
    bool unnamed;     /* no list that was committed names any of them */
    bool reorders;    /* puts like documents together */
};

/** Merges at a time: enough for all threads. */
static size_t most_groups(const struct writer *writer)
{
    return (writer->threads + 1) / 2;
}

static int round_start(struct round *round, struct writer *writer, struct muc_error *err)
{
    *round = (struct round){ .writer = writer, .wanted = TIERS_MERGE };
    round->groups = calloc(most_groups(writer), sizeof *round->groups);
    round->taken = calloc(writer->view.list.entries.n + 1, sizeof *round->taken);
    round->erased =
        calloc(writer->view.list.entries.n + most_groups(writer), sizeof *round->erased);
    return round->groups && round->taken && round->erased ? MUC_OK : error_memory(err);
}

static void round_free(struct round *round)
{
    for (size_t i = 0; i < round->n; i++)
        free(round->groups[i].inputs);
    free(round->groups);
    free(round->taken);
    free(round->erased);
}

/** Add a group of `n` segments by their places in the list. 1; 0: it has to wait for the next
 * round, since threads or memory do not suffice, which for the first they do; MUC_ENOMEM. */
static int round_add(struct round *round, const size_t *places, size_t n, struct muc_error *err)
{
    struct writer *writer = round->writer;
    struct segment **inputs;
    uint64_t n_docs = round->n_docs;

    for (size_t i = 0; i < n; i++) {
        const struct segment_entry *entry = &writer->view.list.entries.at[places[i]];

        n_docs += entry->n_docs - entry->n_deleted;
    }
    if (round->n && (round->n == most_groups(writer) || n_docs > writer->memory / TIERS_DOCUMENT))
        return 0;
    if (!(inputs = malloc(n * sizeof *inputs)))
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        inputs[i] = &writer->view.segments[places[i]];
        round->taken[places[i]] = true;
    }
    round->groups[round->n++] =
        (struct group){ .inputs = inputs,
                        .task = { .inputs = inputs,
                                  .n = n,
                                  .memory = round->reorders ? writer->memory : 0,
                                  .threads = writer->threads,
                                  .spill = &writer->spill,
                                  .number = writer->next++,
                                  .watch = &writer->watch } };
    round->n_taken += n;
    round->n_docs = n_docs;
    return 1;
}

static void *merge_group(void *context)
{
    struct group *group = context;

    group->rc = merge_segments(&group->task, &group->entry, &group->err);
    return NULL;
}

/** Give back to the system what building has freed, but malloc() keeps: most of the memory that it
 *  may have, and merging needs some, too; and so the other way round. */
static void trim_memory(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/** Merge all groups, the first in the caller's thread. */
static int round_merge(struct round *round, struct muc_error *err)
{
    int rc = MUC_OK;

    trim_memory();
    merge_watch_start(&round->writer->watch, (uint32_t)round->n_taken);
    for (size_t i = 1; i < round->n; i++) {
        struct group *group = &round->groups[i];

        group->started = thread_start(&group->thread, merge_group, group) == 0;
    }
    for (size_t i = 0; i < round->n; i++)
        if (!round->groups[i].started)
            merge_group(&round->groups[i]);
    for (size_t i = 0; i < round->n; i++) {
        struct group *group = &round->groups[i];

        if (group->started)
            pthread_join(group->thread, NULL);
        if (group->rc && !rc) {
            rc = group->rc;
            if (err)
                *err = group->err;
        }
    }
    if (!rc)
        rc = spill_flush(&round->writer->spill, err);
    trim_memory();
    if (rc)
        spill_drop(&round->writer->spill);
    return rc;
}

/** Erase segments that no list has named: nobody misses them, whatever comes of the next commit.
 *  Those that it fails for the next writer sweeps. */
static void erase_unnamed(struct writer *writer, const uint32_t *erased, size_t n)
{
    struct store_write *write = NULL;
    int rc = store_write_begin_draft(writer->store, &write, NULL);

    for (size_t i = 0; i < n && !rc; i++)
        rc = segment_erase(write, erased[i], NULL);
    if (rc)
        store_abort(write);
    else if (!store_commit(write, NULL))
        store_settle(writer->store, NULL);
}

/** Give the room back that a failed round's segments take: what comes next may need it. */
static void round_undo(struct round *round)
{
    for (size_t i = 0; i < round->n; i++)
        round->erased[i] = round->groups[i].task.number;
    erase_unnamed(round->writer, round->erased, round->n);
    view_refresh(&round->writer->view, NULL); /* or it stays as it was */
}

/** The merged segments come to the list's end, in place of what they were made of. */
static int round_write(struct round *round, struct muc_error *err)
{
    struct writer *writer = round->writer;
    struct view *view = &writer->view;
    size_t n = 0;
    int rc = MUC_OK;

    for (size_t i = view->list.entries.n; i-- > 0;)
        if (round->taken[i]) {
            round->erased[n++] = view->list.entries.at[i].number;
            view_remove(view, i);
        }
    for (size_t i = 0; i < round->n && !rc; i++)
        if (round->groups[i].entry.n_docs)
            rc = view_add(view, &round->groups[i].entry, err);
    writer->changed = true;
    if (!rc && round->unnamed) {
        erase_unnamed(writer, round->erased, n);
        rc = view_refresh(view, err);
    } else if (!rc) {
        rc = writer_write(writer, round->erased, n, err);
    }
    return writer_fail(writer, rc, err);
}

/** Which groups come next; `context` is the one that chooses. MUC_OK, or MUC_ENOMEM. */
typedef int choose_groups(struct round *round, void *context, struct muc_error *err);

/** One round: how many segments were merged, or what failed. */
static long merge_round(struct writer *writer, choose_groups *choose, void *context,
                        struct muc_error *err)
{
    struct round round = { 0 };
    int rc = writer_usable(writer, err);

    if (!rc)
        rc = round_start(&round, writer, err);
    if (!rc)
        rc = choose(&round, context, err);
    if (!rc && round.n) {
        if ((rc = round_merge(&round, err)))
            round_undo(&round);
        else
            rc = round_write(&round, err);
    }
    round_free(&round);
    return rc ? rc : (long)round.n_taken;
}

static int choose_tiers(struct round *round, void *context, struct muc_error *err)
{
    size_t chosen[TIERS_MOST], n;
    int rc = 1;

    (void)context;
    while (rc == 1 && (n = tiers_choose(&round->writer->view.list, round->taken, round->least,
                                        round->wanted, chosen)))
        rc = round_add(round, chosen, n, err);
    return rc < 0 ? rc : MUC_OK;
}

/** Note that it met what is damaged, where nothing was noted before: by that all later merging of
 *  the segment fails. What else failed the next writer tries again. */
static void note_damage(struct writer *writer, long rc, const struct muc_error *why)
{
    if (rc == MUC_EDAMAGED && !writer->unmerged.code)
        writer->unmerged = *why;
}

void writer_merge_tiers(struct writer *writer)
{
    struct muc_error why = { 0 }; /* the writer keeps it where nothing more may be committed */
    long n;

    while ((n = merge_round(writer, choose_tiers, NULL, &why)) > 0)
        continue;
    note_damage(writer, n, &why);
}

int writer_unmerged(const struct writer *writer, struct muc_error *err)
{
    if (writer->unmerged.code && err)
        *err = writer->unmerged;
    return writer->unmerged.code;
}

/* ---- before the commit
 *
 * What was just written is in the system's cache; after some gigabytes more it has to be read from
 * the disk. So long runs merge as they go, once there is a group for each two threads; those that
 * memory does not suffice for at a time wait for the next round. Nobody asks the segments yet, so
 * they wait until they are as many as may become one: each document is merged once. */

static int choose_unnamed(struct round *round, void *context, struct muc_error *err)
{
    round->least = round->writer->counted;
    round->wanted = TIERS_MOST;
    round->unnamed = true;
    return choose_tiers(round, context, err);
}

/** Whether there are groups for all threads to merge of segments since the last commit. */
static bool is_due(const struct writer *writer)
{
    const struct segment_list *list = &writer->view.list;
    size_t chosen[TIERS_MOST], n, groups = 0;
    bool *taken = calloc(list->entries.n + 1, sizeof *taken);

    while (taken && groups < most_groups(writer) &&
           (n = tiers_choose(list, taken, writer->counted, TIERS_MOST, chosen))) {
        for (size_t i = 0; i < n; i++)
            taken[chosen[i]] = true;
        groups += n > 1; /* one that only leaves out what is deleted may wait */
    }
    free(taken);
    return groups == most_groups(writer);
}

int writer_merge_unnamed(struct writer *writer, struct muc_error *err)
{
    struct muc_error why; /* the writer keeps it where nothing more may be committed */
    int rc;

    if (writer->merges_late || !is_due(writer))
        return MUC_OK;
    if ((rc = writer_gather(writer, err))) /* and so frees the memory of what is being built */
        return rc;
    writer->merges_late = merge_round(writer, choose_unnamed, NULL, &why) < 0;
    return writer_usable(writer, err);
}

/* ---- all */

/** Segments [at, end) of the list were not looked at yet. */
struct rest {
    size_t at, end;
};

static int choose_all(struct round *round, void *context, struct muc_error *err)
{
    const struct segment_list *list = &round->writer->view.list;
    struct rest *rest = context;
    size_t *places = malloc((rest->end + 1) * sizeof *places);
    int rc = places ? 1 : error_memory(err);

    round->reorders = true;
    while (rc == 1 && rest->at < rest->end) {
        size_t n = tiers_fit(list, rest->at, rest->end);

        for (size_t i = 0; i < n; i++)
            places[i] = rest->at + i;
        if ((n > 1 || list->entries.at[rest->at].n_deleted ||
             merge_would_reorder(&round->writer->view.segments[rest->at])) &&
            (rc = round_add(round, places, n, err)) != 1)
            break;
        rest->at += n;
    }
    rest->at -= round->n_taken; /* those go, and what they become stands behind all others */
    rest->end -= round->n_taken;
    free(places);
    return rc < 0 ? rc : MUC_OK;
}

int writer_merge(struct writer *writer, struct muc_error *err)
{
    struct rest rest = { 0 };
    long n = writer_commit_only(writer, err);

    rest.end = writer->view.list.entries.n;
    while (n >= 0 && rest.at < rest.end)
        if ((n = merge_round(writer, choose_all, &rest, err)) == 0)
            break;
    return n < 0 ? (int)n : MUC_OK;
}
