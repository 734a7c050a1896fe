/* SPDX-License-Identifier: MIT */
#include "analyze_documents.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "lines.h"
#include "report.h"
#include "token_writer.h"
#include "writer.h"

static struct muc_string member(json_object *object, const char *name)
{
    json_object *value;

    if (!json_object_object_get_ex(object, name, &value) ||
        !json_object_is_type(value, json_type_string))
        return (struct muc_string){ 0 };
    return (struct muc_string){ json_object_get_string(value),
                                (size_t)json_object_get_string_len(value) };
}

static int put_forms(struct output *out, struct muc_analyzer *analyzer, json_object *object,
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

/** Of title and text as one, as an index has them: what is undecided above goes with what follows.
 */
static int put_stems(struct emit *json, struct muc_analyzer *analyzer, json_object *object,
                     struct muc_error *err)
{
    struct muc_string title = member(object, "title"), text = member(object, "text");
    size_t size = title.size + text.size + 2;
    char *both = malloc(size);
    int rc;

    if (!both) {
        *err = (struct muc_error){ .code = MUC_ENOMEM, .message = "out of memory" };
        return MUC_ENOMEM;
    }
    memcpy(both, title.size ? title.bytes : "", title.size);
    memcpy(both + title.size, "\n\n", 2);
    memcpy(both + title.size + 2, text.size ? text.bytes : "", text.size);
    rc = muc_analyzer_run(analyzer, (struct muc_string){ both, size }, err);
    if (!rc) {
        emit_text(json, "lang", muc_text(muc_analyzer_language(analyzer)));
        emit_name(json, "stems");
        tokens_stems(json, analyzer);
    }
    free(both);
    return rc;
}

static int put_object(struct output *out, struct muc_analyzer *analyzer, json_object *object,
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
    rc = put_stems(&json, analyzer, object, err);
    emit_close(&json, '}');
    emit_line(&json);
    return rc;
}

int analyze_documents(struct output *out, struct muc_analyzer *analyzer, const char *path,
                      bool tokens)
{
    struct lines lines;
    int status = STATUS_DONE, closed, rc = MUC_OK;

    if (!lines_open(&lines, path))
        return STATUS_USAGE;
    while (!rc && !output_failed(out) && lines_next(&lines)) {
        enum json_tokener_error why;
        struct muc_error err;
        json_object *object;

        if (lines.size == 0)
            continue;
        object = json_tokener_parse_verbose(lines.line, &why);
        if (!json_object_is_type(object, json_type_object)) {
            complain("%s:%lu: %s", lines.name, lines.number,
                     object ? "not an object" : json_tokener_error_desc(why));
            status = STATUS_INPUTS;
        } else {
            rc = (tokens ? put_forms : put_object)(out, analyzer, object, &err);
            if (rc)
                status = complain_error(&err);
        }
        json_object_put(object);
    }
    closed = lines_close(&lines);
    return status != STATUS_DONE ? status : closed;
}
