/* SPDX-License-Identifier: MIT */
#include "analyze_documents.h"

#include <jansson.h>

#include "command.h"
#include "lines.h"
#include "report.h"
#include "token_writer.h"
#include "writer.h"

static struct muc_string member(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    return (struct muc_string){ json_string_value(value), json_string_length(value) };
}

static int put_forms(struct output *out, struct muc_analyzer *analyzer, const json_t *object,
                     struct muc_error *err)
{
    int rc;

    write_id_line(out->file, member(object, "id"), false);
    fputc('\t', out->file);
    if ((rc = muc_analyzer_run(analyzer, member(object, "title"), err)))
        return rc;
    tokens_forms(out->file, analyzer, true);
    bool first = muc_analyzer_count(analyzer) == 0;
    if ((rc = muc_analyzer_run(analyzer, member(object, "text"), err)))
        return rc;
    tokens_forms(out->file, analyzer, first);
    fputc('\n', out->file);
    return MUC_OK;
}

static int put_object(struct output *out, struct muc_analyzer *analyzer, const json_t *object,
                      struct muc_error *err)
{
    static const char *const fields[] = { "title", "text" };
    struct emit json = { .file = out->file };
    int rc;

    emit_open(&json, '{');
    emit_text(&json, "id", member(object, "id"));
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if ((rc = muc_analyzer_run(analyzer, member(object, fields[i]), err)))
            return rc;
        emit_name(&json, fields[i]);
        tokens_array(&json, analyzer);
    }
    emit_close(&json, '}');
    emit_line(&json);
    return MUC_OK;
}

int analyze_documents(struct output *out, struct muc_analyzer *analyzer, const char *path,
                      bool tokens)
{
    struct lines lines;
    int status = STATUS_DONE, closed, rc = MUC_OK;

    if (!lines_open(&lines, path))
        return STATUS_USAGE;
    while (!rc && !output_failed(out) && lines_next(&lines)) {
        json_error_t why;
        struct muc_error err;
        json_t *object;

        if (lines.size == 0)
            continue;
        object = json_loadb(lines.line, lines.size, JSON_ALLOW_NUL, &why);
        if (!json_is_object(object)) {
            complain("%s:%lu: %s", lines.name, lines.number, object ? "not an object" : why.text);
            status = STATUS_INPUTS;
        } else {
            rc = (tokens ? put_forms : put_object)(out, analyzer, object, &err);
            if (rc)
                status = complain_error(&err);
        }
        json_decref(object);
    }
    closed = lines_close(&lines);
    return status != STATUS_DONE ? status : closed;
}
