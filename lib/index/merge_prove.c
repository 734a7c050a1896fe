/* SPDX-License-Identifier: MIT */
/* What a merge writes anew gets a seal of its own, by which what was damaged before would look
 * whole. So all that is read is proven first, kind by kind, which brings it into the system's cache
 * for what comes next; of this process' memory it is let go at once, or all inputs were there. */
#include "index/keys.h"
#include "index/merge_parts.h"

static int prove_value(void *context, struct muc_string key, struct muc_string value,
                       struct muc_error *err)
{
    if (!store_verify(key, value))
        return merge_damaged(context, "it is damaged and stays as it is", err);
    store_release(value);
    return MUC_OK;
}

int merge_prove(const struct merge *merge, char letter, enum family family, struct muc_error *err)
{
    int rc = MUC_OK;

    for (size_t i = 0; i < merge->n && !rc; i++) {
        struct input *input = &merge->inputs[i];
        const uint32_t number = input->segment->number;
        char room[STORE_KEY_MAX];

        rc = store_scan(input->segment->data->read, TREE_INDEX,
                        letter == 's' ? key_slab(number, family, STR(""), room)
                                      : key_segment(letter, number, room),
                        prove_value, input, err);
    }
    return rc;
}
