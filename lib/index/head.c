/* SPDX-License-Identifier: MIT */
#include "index/head.h"

#include "base/bytes.h"
#include "base/error.h"
#include "text/analyzer.h"

void head_write(struct buffer *out)
{
    buffer_u32(out, FORMAT_VERSION);
    buffer_sized(out, str_c(analyzer_version()));
    buffer_sized(out, str_of(NULL, 0));
}

/** Read the head; `rules`: those that the terms were made by, empty where there is no head yet. */
static int read_head(struct store_read *read, const char *path, struct muc_string *rules,
                     struct muc_error *err)
{
    struct muc_string value;
    struct bytes in;
    uint32_t version;
    int rc = store_get_sealed(read, TREE_INDEX, STR("h"), &value, err);

    *rules = str_of(NULL, 0);
    if (rc)
        return rc == MUC_ENOTFOUND ? MUC_OK : rc;
    in = bytes_of(value.bytes, value.size);
    version = bytes_u32(&in);
    if (!in.bad && version != FORMAT_VERSION)
        return error_set(err, MUC_EVERSION, 0, path,
                         "the index has format %u, this program knows format %d: index again into "
                         "a new folder",
                         version, FORMAT_VERSION);
    *rules = bytes_sized(&in);
    if (in.bad)
        return error_set(err, MUC_EDAMAGED, 0, path, "the head of the index is damaged");
    return MUC_OK;
}

int head_check_format(struct store_read *read, const char *path, struct muc_error *err)
{
    struct muc_string rules;

    return read_head(read, path, &rules, err);
}

int head_check(struct store_read *read, const char *path, struct muc_error *err)
{
    struct muc_string rules, mine = str_c(analyzer_version());
    int rc = read_head(read, path, &rules, err);

    if (!rc && rules.bytes && !str_equal(rules, mine))
        rc = error_set(err, MUC_EVERSION, 0, path,
                       "the index was made by \"%.*s\", this program has \"%s\": index again into "
                       "a new folder",
                       (int)(rules.size < 80 ? rules.size : 80), rules.bytes, mine.bytes);
    return rc;
}

int segment_list_load(struct store_read *read, struct segment_list *list, struct muc_error *err)
{
    struct muc_string value;
    int rc = store_get_sealed(read, TREE_INDEX, STR("l"), &value, err);

    if (rc == MUC_ENOTFOUND) {
        list->snapshot = 0;
        list->next = 1;
        list->entries.n = 0;
        list->standing = (struct segment_entry){ 0 };
        return MUC_OK;
    }
    return rc ? rc : segment_list_read(value, list, err);
}
