/* SPDX-License-Identifier: MIT */
#include "index/manifest.h"

#include "base/bytes.h"
#include "base/error.h"

enum { ENTRY_BYTES = 3 * 4 + 3 * 8 };

void part_count(struct part *part, size_t size, uint64_t seal)
{
    part->n_values++;
    part->bytes += size;
    part->sum += seal;
}

struct part *manifest_part(struct manifest *manifest, char letter, unsigned which)
{
    if (letter == 's' && which > 0 && which < FAMILY_END)
        return &manifest->families[which];
    if (letter == 'c' && which > 0 && which < COLUMN_END)
        return &manifest->columns[which];
    return letter == 't' && which == 0 ? &manifest->stored : NULL;
}

uint64_t manifest_bytes(const struct manifest *manifest)
{
    uint64_t bytes = manifest->stored.bytes;

    for (int i = 1; i < FAMILY_END; i++)
        bytes += manifest->families[i].bytes;
    for (int i = 1; i < COLUMN_END; i++)
        bytes += manifest->columns[i].bytes;
    return bytes;
}

double manifest_average(const struct manifest *manifest)
{
    return manifest->tokens && manifest->n_docs
               ? (double)manifest->tokens / (double)manifest->n_docs
               : 1;
}

static void write_part(struct buffer *out, char letter, int which, const struct part *part)
{
    if (!part->n_values)
        return;
    buffer_byte(out, (uint8_t)letter);
    buffer_byte(out, (uint8_t)which);
    buffer_u32(out, part->n_values);
    buffer_u64(out, part->bytes);
    buffer_u64(out, part->sum);
    buffer_u64(out, part->terms);
    buffer_u64(out, part->postings);
    buffer_u64(out, part->dictionary_bytes);
    buffer_u64(out, part->positions_bytes);
}

void manifest_write(const struct manifest *manifest, struct buffer *out)
{
    struct part stored = manifest->stored;
    uint32_t n = stored.n_values > 0;

    stored.terms = manifest->reordered;
    for (int i = 1; i < COLUMN_END; i++)
        n += manifest->columns[i].n_values > 0;
    for (int i = 1; i < FAMILY_END; i++)
        n += manifest->families[i].n_values > 0;
    buffer_u32(out, manifest->n_docs);
    buffer_u64(out, manifest->tokens);
    buffer_u64(out, manifest->text_bytes);
    buffer_u32(out, n);
    for (int i = 1; i < COLUMN_END; i++)
        write_part(out, 'c', i, &manifest->columns[i]);
    for (int i = 1; i < FAMILY_END; i++)
        write_part(out, 's', i, &manifest->families[i]);
    write_part(out, 't', 0, &stored);
}

bool manifest_read(struct muc_string value, struct manifest *manifest)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    struct manifest read = { 0 };
    unsigned before = 0;
    uint32_t n;

    read.n_docs = bytes_u32(&in);
    read.tokens = bytes_u64(&in);
    read.text_bytes = bytes_u64(&in);
    n = bytes_u32(&in);
    for (uint32_t i = 0; i < n && !in.bad; i++) {
        unsigned letter = bytes_byte(&in), which = bytes_byte(&in);
        struct part *part = manifest_part(&read, (char)letter, which);

        if (!part || (letter << 8 | which) <= before)
            return false;
        before = letter << 8 | which;
        part->n_values = bytes_u32(&in);
        part->bytes = bytes_u64(&in);
        part->sum = bytes_u64(&in);
        part->terms = bytes_u64(&in);
        part->postings = bytes_u64(&in);
        part->dictionary_bytes = bytes_u64(&in);
        part->positions_bytes = bytes_u64(&in);
    }
    if (in.bad || in.at != in.end)
        return false;
    read.reordered = read.stored.terms;
    read.stored.terms = 0;
    *manifest = read;
    return true;
}

static void write_entry(const struct segment_entry *entry, struct buffer *out)
{
    buffer_u32(out, entry->number);
    buffer_u32(out, entry->n_docs);
    buffer_u32(out, entry->n_deleted);
    buffer_u64(out, entry->tokens);
    buffer_u64(out, entry->text_bytes);
    buffer_u64(out, entry->bytes);
}

void segment_list_write(const struct segment_list *list, struct buffer *out)
{
    buffer_u64(out, list->snapshot);
    buffer_u32(out, list->next);
    buffer_u32(out, (uint32_t)list->entries.n);
    for (size_t i = 0; i < list->entries.n; i++)
        write_entry(&list->entries.at[i], out);
    write_entry(&list->standing, out);
}

static bool read_entry(struct bytes *in, uint32_t next, struct segment_entry *entry)
{
    entry->number = bytes_u32(in);
    entry->n_docs = bytes_u32(in);
    entry->n_deleted = bytes_u32(in);
    entry->tokens = bytes_u64(in);
    entry->text_bytes = bytes_u64(in);
    entry->bytes = bytes_u64(in);
    return entry->n_deleted <= entry->n_docs && entry->number < next;
}

int segment_list_read(struct muc_string value, struct segment_list *list, struct muc_error *err)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    uint32_t n;

    list->entries.n = 0;
    list->snapshot = bytes_u64(&in);
    list->next = bytes_u32(&in);
    n = bytes_u32(&in);
    if (in.bad || bytes_left(&in) != ((uint64_t)n + 1) * ENTRY_BYTES)
        return error_set(err, MUC_EDAMAGED, 0, "l", "the list of segments is cut short");
    if (!vector_reserve(&list->entries, n))
        return error_memory(err);
    for (uint32_t i = 0; i <= n; i++) {
        struct segment_entry *entry =
            i < n ? &list->entries.at[list->entries.n++] : &list->standing;

        if (!read_entry(&in, list->next, entry))
            return error_set(err, MUC_EDAMAGED, 0, "l", "segment %u contradicts the list",
                             entry->number);
    }
    return MUC_OK;
}

void segment_list_free(struct segment_list *list)
{
    vector_free(&list->entries);
}
