/* SPDX-License-Identifier: MIT */
/* reader_converter.c - what a command of the user makes of a file: a text, or a web page. */
#include "base/error.h"
#include "doc/child.h"
#include "doc/members.h"
#include "doc/source.h"

enum { FILE_MAX = 1 << 30 };

struct converting {
    const struct doc_input *input;
    const struct doc_sink *sink;
    struct buffer written;
};

/** The document is that of the file, not of what was written of it. */
static int emit(void *context, const struct muc_document *written, struct muc_error *err)
{
    struct converting *converting = context;
    struct muc_document document = *written;

    source_describe(converting->input, doc_reader_converter.name, &document);
    return converting->sink->emit(converting->sink->context, &document, err);
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    struct converting *converting = context;

    return converting->sink->refuse(converting->sink->context, line, message, err);
}

static void warn(void *context, uint64_t line, const char *message)
{
    struct converting *converting = context;

    converting->sink->warn(converting->sink->context, line, message);
}

static int read_written(struct converting *converting, struct muc_error *err)
{
    const struct doc_sink sink = { emit, refuse, warn, converting, NULL };
    struct doc_input input = *converting->input;
    struct muc_string left = str_of((const char *)converting->written.at, converting->written.size);
    bool page = doc_reader_html.is(converting->written.at, converting->written.size);
    uint64_t hash;

    input.pull = members_pull;
    input.context = &left;
    input.size = converting->written.size;
    input.fd = -1;
    input.progress = NULL;
    return (page ? &doc_reader_html : &doc_reader_text)->read(&input, &sink, &hash, err);
}

static int converter_read(const struct doc_input *input, const struct doc_sink *sink,
                          uint64_t *hash, struct muc_error *err)
{
    const char *const argv[] = { "sh", "-c", input->converter->command, NULL };
    struct converting converting = { .input = input, .sink = sink };
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    rc = child_run(argv, &child_limits, file.fd, input->path, "a shell", input->watch,
                   &converting.written, err);
    if (!rc && !converting.written.size)
        rc = error_set(err, MUC_EINPUT, 0, input->path, "%.100s wrote nothing of it",
                       input->converter->command);
    if (!rc)
        rc = read_written(&converting, err);
    source_file_close(&file, rc ? NULL : hash);
    buffer_free(&converting.written);
    return rc;
}

static const char *const endings[] = { NULL };

const struct doc_reader doc_reader_converter = { "command", false, endings, NULL, converter_read };
