/* SPDX-License-Identifier: MIT */
/* reader_doc.c - Word before 2007.
 *
 * antiword reads it, as a child (doc/child.h); what it gives up on, as very short documents,
 * catdoc reads. The fonts of before Unicode come out of both as the letters of windows-1252 that
 * their bytes are, and are told by that (doc/recode.h). */
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "doc/child.h"
#include "doc/compound.h"
#include "doc/extracted.h"
#include "doc/source.h"

enum { FILE_MAX = 1 << 30 };

static bool is_blank(const struct buffer *text)
{
    for (size_t i = 0; i < text->size; i++)
        if (text->at[i] > ' ')
            return false;
    return true;
}

/** The lines that antiword draws between and around cells of tables: "|Xã   |4,5   |". */
static void without_rules(struct buffer *text)
{
    size_t n = 0;

    for (size_t start = 0, end; start < text->size; start = end) {
        const uint8_t *line = text->at + start;
        const uint8_t *feed = memchr(line, '\n', text->size - start);
        size_t size = feed ? (size_t)(feed - line) : text->size - start;
        bool row = size > 1 && line[0] == '|' && line[size - 1] == '|';

        end = start + size + (feed != NULL);
        for (size_t i = start; i < end; i++) {
            bool blank = text->at[i] == ' ' || (row && text->at[i] == '|');

            if (row && blank && (i == start || text->at[n - 1] == ' '))
                continue;
            text->at[n++] = row && blank ? ' ' : text->at[i];
        }
    }
    text->size = n;
}

/** `antiword` as the first to try; where it fails its reason is the one that is given. */
static int convert(const struct doc_input *input, int fd, struct buffer *text,
                   struct muc_error *err)
{
    static const char *const antiword[] = { "antiword", "-m", "UTF-8.txt", "-w", "0", "-", NULL };
    static const char *const catdoc[] = { "catdoc", "-d", "utf-8", "-w", NULL };
    uint8_t head[COMPOUND_MARK];
    struct muc_error second;
    int rc;

    if (compound_is_encrypted(fd))
        return error_set(err, MUC_EINPUT, 0, input->path, "encrypted: it needs a password");
    rc = child_run(antiword, &child_limits, fd, input->path, "antiword", input->watch, text, err);
    if (!rc)
        without_rules(text);
    if (rc == MUC_EINPUT && pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
        compound_begins(head, sizeof head) && !lseek(fd, 0, SEEK_SET)) {
        int again;

        buffer_clear(text);
        again = child_run(catdoc, &child_limits, fd, input->path, "catdoc", input->watch, text,
                          &second);
        if (again == MUC_ESTOPPED && err)
            *err = second;
        if (again == MUC_ESTOPPED || (!again && !is_blank(text)))
            rc = again;
    }
    if (!rc && is_blank(text))
        rc = error_set(err, MUC_EINPUT, 0, input->path, "a document without text");
    return rc;
}

static int doc_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    const struct properties none = { 0 };
    struct buffer text = { 0 };
    struct arena arena = { 0 };
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    rc = convert(input, file.fd, &text, err);
    if (!rc)
        rc = extracted_emit(input, sink, &doc_reader_doc, str_of((const char *)text.at, text.size),
                            &none, &arena, err);
    source_file_close(&file, rc ? NULL : hash);
    arena_free(&arena);
    buffer_free(&text);
    return rc;
}

/** Sheets and slides are such files too: the name of the stream of a text has to be in sight. */
static bool is_doc(const uint8_t *head, size_t size)
{
    static const char stream[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";

    for (size_t at = 0; compound_begins(head, size) && at + sizeof stream <= size; at++)
        if (!memcmp(head + at, stream, sizeof stream))
            return true;
    return false;
}

static const char *const endings[] = { "doc", "dot", NULL };

const struct doc_reader doc_reader_doc = { "doc", false, endings, is_doc, doc_read };
