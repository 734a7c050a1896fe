/* SPDX-License-Identifier: MIT */
/* Which document has an id. Most that are added are new, which a sieve of all ids tells without
 * the file once so many were looked for that it pays to read the hashes of all ids. */
#include <xxhash.h>

#include "base/error.h"
#include "index/writer_parts.h"

enum {
    LOOKED_FOR = 1000, /* documents that make it worth to read all hashes once */
    IDS_LEAST = 1 << 16,
    SIEVE_SHARE = 8, /* of the writer's memory at most: 20 million ids by default */
    RARELY = 64,     /* where one of so many is found, most are new … */
    LET_GO = 8, /* … and what their search brings in is let go of each so many segments: up to
                 * 2 MiB around each page. It takes longer than the search, so not for all. */
};

static uint64_t room_at_most(const struct writer *writer)
{
    return id_sieve_room(writer->memory / SIEVE_SHARE);
}

/** What the sieve takes is not there to build in. */
static void share_memory(struct writer *writer)
{
    builder_memory(writer->builder, writer->memory - id_sieve_bytes(&writer->ids));
}

/** Put all ids into a sieve that has room for half as many more, as far as memory goes. */
static int sieve_ids(struct writer *writer, struct muc_error *err)
{
    const struct view *view = &writer->view;
    uint64_t n = 0, room;

    for (size_t i = 0; i < view->n_open; i++)
        n += view->segments[i].n_docs;
    for (size_t i = 0; i < writer->unfinished.n; i++)
        n += writer->unfinished.at[i].ids.n;
    room = n + n / 2 > IDS_LEAST ? n + n / 2 : IDS_LEAST;
    if (room > room_at_most(writer))
        room = room_at_most(writer);
    if (!id_sieve_start(&writer->ids, room))
        return error_memory(err);
    share_memory(writer);
    for (size_t i = 0; i < view->n_open; i++) {
        for (uint32_t k = 0; k < view->segments[i].n_docs; k++)
            id_sieve_add(&writer->ids, view->segments[i].data->id_hashes[k]);
        if (i % LET_GO == LET_GO - 1)
            store_let_go(writer->store);
    }
    for (size_t i = 0; i < writer->unfinished.n; i++)
        for (size_t k = 0; k < writer->unfinished.at[i].ids.n; k++) {
            struct muc_string id = writer->unfinished.at[i].ids.at[k].id;

            id_sieve_add(&writer->ids, XXH3_64bits(id.bytes, id.size));
        }
    store_let_go(writer->store);
    return MUC_OK;
}

int writer_note_id(struct writer *writer, uint64_t hash, struct muc_error *err)
{
    int rc = MUC_OK;

    if (writer->ids.words && writer->ids.n >= writer->ids.room &&
        writer->ids.room < room_at_most(writer))
        rc = sieve_ids(writer, err);
    id_sieve_add(&writer->ids, hash);
    return rc;
}

void writer_forget_ids(struct writer *writer)
{
    id_sieve_free(&writer->ids);
    share_memory(writer);
    writer->looked_for = writer->found = 0;
}

int writer_find_in_view(struct writer *writer, struct muc_string id, uint64_t hash, size_t *segment,
                        uint32_t *doc, struct muc_error *err)
{
    const struct view *view = &writer->view;
    bool sparing;
    int rc = MUC_OK;

    if (++writer->looked_for == LOOKED_FOR && (rc = sieve_ids(writer, err)))
        return rc;
    if (!id_sieve_passes(&writer->ids, hash))
        return 0;
    sparing = writer->ids.words && writer->found < writer->looked_for / RARELY;
    for (size_t i = view->n_open; i-- > 0 && !rc;) {
        rc = segment_find_id(&view->segments[i], id, hash, doc, err);
        *segment = i;
        if (sparing && i % LET_GO == 0)
            store_let_go(view->store);
    }
    writer->found += rc == 1;
    return rc;
}

int writer_find(struct writer *writer, struct muc_string id, uint64_t hash, struct place *place,
                struct muc_error *err)
{
    for (size_t i = 0; i < writer->unfinished.n; i++) {
        struct unfinished *unfinished = &writer->unfinished.at[i];
        struct known_id *known = unfinished_find(unfinished, id, hash);

        if (known && known->doc != UINT32_MAX) {
            *place = (struct place){ unfinished, known, 0, known->doc };
            return 1;
        }
    }
    place->known = NULL;
    return writer_find_in_view(writer, id, hash, &place->segment, &place->doc, err);
}
