/* SPDX-License-Identifier: MIT */
/* json.c - a line of JSON Lines to a document.
 *
 * json-c reads it: measured on news, nine times as fast as the others at hand; it keeps numbers as
 * they were written, and puts U+FFFD for half a surrogate pair instead of refusing the document. */
#include <json-c/json.h>
#include <json-c/json_visit.h>
#include <math.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "doc/doc.h"
#include "text/decode.h"

enum { DEPTH_MAX = 64, DATE_SIZE = 10 /* of yyyy-mm-dd */ };

struct parse {
    struct arena *arena;
    struct muc_document *document;
    const char *warning;
    struct muc_error *err;
};

static int wrong_type(struct parse *parse, const char *key, const char *wanted)
{
    return error_set(parse->err, MUC_EINPUT, 0, key, "\"%s\" must be %s", key, wanted);
}

static struct muc_string string_of(json_object *value)
{
    return str_of(json_object_get_string(value), (size_t)json_object_get_string_len(value));
}

static int keep(struct parse *parse, struct muc_string from, struct muc_string *to)
{
    struct muc_string copy = arena_copy(parse->arena, from);

    if (!copy.bytes)
        return error_memory(parse->err);
    *to = copy;
    return MUC_OK;
}

static int take_string(struct parse *parse, const char *key, json_object *value,
                       struct muc_string *to)
{
    if (!json_object_is_type(value, json_type_string))
        return wrong_type(parse, key, "a string");
    return keep(parse, string_of(value), to);
}

static int take_id(struct parse *parse, json_object *value)
{
    struct muc_string id;

    if (json_object_is_type(value, json_type_int))
        id = str_c(json_object_to_json_string(value));
    else if (json_object_is_type(value, json_type_string))
        id = string_of(value);
    else
        return wrong_type(parse, "id", "a string or a whole number");
    return keep(parse, id, &parse->document->id);
}

static int take_tags(struct parse *parse, json_object *value)
{
    bool list = json_object_is_type(value, json_type_array);
    size_t n = list ? json_object_array_length(value) : 1;
    struct muc_string *tags;
    int rc = MUC_OK;

    if (n > MUC_LIST_MAX)
        return error_set(parse->err, MUC_EINPUT, 0, "tags", "%zu tags; a document has at most %d",
                         n, MUC_LIST_MAX);
    if (!(tags = arena_zero(parse->arena, n, sizeof *tags)))
        return error_memory(parse->err);
    for (size_t i = 0; !rc && i < n; i++) {
        json_object *tag = list ? json_object_array_get_idx(value, i) : value;

        if (!json_object_is_type(tag, json_type_string))
            return wrong_type(parse, "tags", "a string or a list of strings");
        rc = keep(parse, string_of(tag), &tags[i]);
    }
    parse->document->tags = tags;
    parse->document->n_tags = n;
    return rc;
}

/* The day of a time stamp: 2020-12-22T10:00:00+07:00, 2020-12-22 10:00. The day as it is written,
 * whatever the zone. */
static struct muc_string without_time(struct muc_string text)
{
    if (text.size <= DATE_SIZE + 1 || !strchr("Tt ", text.bytes[DATE_SIZE]))
        return text;
    for (size_t i = DATE_SIZE + 1; i < text.size; i++)
        if (!text.bytes[i] || !strchr("0123456789:.,+-Zz ", text.bytes[i]))
            return text;
    return str_of(text.bytes, DATE_SIZE);
}

static int take_date(struct parse *parse, json_object *value)
{
    struct muc_string text;

    if (json_object_is_type(value, json_type_int))
        text = str_c(json_object_to_json_string(value)); /* a year */
    else if (json_object_is_type(value, json_type_string))
        text = without_time(string_of(value));
    else
        return wrong_type(parse, "date", "a string such as \"2020-12-22\"");
    if (doc_date_parse(text, &parse->document->date))
        parse->document->date_origin = MUC_DATE_GIVEN;
    else if (text.size)
        parse->warning = "\"date\" is not a day of the calendar; taken without it";
    return MUC_OK;
}

/* Numbers that json-c reads although JSON has none like them, or does not keep. */
static int check_number(json_object *value, int flags, json_object *parent, const char *key,
                        size_t *index, void *bad)
{
    (void)flags, (void)parent, (void)key, (void)index;
    if (json_object_is_type(value, json_type_int))
        *(bool *)bad |= json_object_get_uint64(value) == UINT64_MAX ||
                        json_object_get_int64(value) == INT64_MIN;
    if (json_object_is_type(value, json_type_double)) {
        struct muc_string written = str_c(json_object_to_json_string(value));

        *(bool *)bad |=
            !isfinite(json_object_get_double(value)) || written.bytes[written.size - 1] == '.';
    }
    return JSON_C_VISIT_RETURN_CONTINUE;
}

static int take_metadata(struct parse *parse, const char *key, json_object *value,
                         struct muc_metadata *to)
{
    bool bad = false;
    int rc;

    json_c_visit(value, 0, check_number, &bad);
    if (bad)
        return error_set(parse->err, MUC_EINPUT, 0, key,
                         "\"%s\" holds a number that JSON has not, or too large to be kept", key);
    if ((rc = keep(parse, str_c(key), &to->key)))
        return rc;
    return keep(parse,
                str_c(json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN |
                                                                JSON_C_TO_STRING_NOSLASHESCAPE)),
                &to->value);
}

static int take_member(struct parse *parse, const char *key, json_object *value,
                       struct muc_metadata *metadata)
{
    struct muc_document *document = parse->document;
    const struct {
        const char *key;
        struct muc_string *to;
    } strings[] = {
        { "title", &document->title },   { "text", &document->text },
        { "source", &document->source }, { "url", &document->url },
        { "lang", &document->lang },     { "kind", &document->kind },
        { "byline", &document->byline },
    };

    if (!value) /* null is as good as absent */
        return MUC_OK;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        if (strcmp(key, strings[i].key) == 0)
            return take_string(parse, key, value, strings[i].to);
    if (strcmp(key, "id") == 0)
        return take_id(parse, value);
    if (strcmp(key, "tags") == 0)
        return take_tags(parse, value);
    if (strcmp(key, "date") == 0)
        return take_date(parse, value);
    return take_metadata(parse, key, value, &metadata[document->n_metadata++]);
}

static int take_object(struct parse *parse, json_object *object)
{
    struct json_object_iterator at, end;
    struct muc_metadata *metadata;
    int n = json_object_is_type(object, json_type_object) ? json_object_object_length(object) : -1;
    int rc = MUC_OK;

    if (n < 0)
        return error_set(parse->err, MUC_EINPUT, 0, "",
                         "not an object: a line is one document, {\"id\": …, \"text\": …}");
    if (n > MUC_LIST_MAX)
        return error_set(parse->err, MUC_EINPUT, 0, "", "%d keys; a document has at most %d", n,
                         MUC_LIST_MAX);
    if (!(metadata = arena_zero(parse->arena, (size_t)n, sizeof *metadata)))
        return error_memory(parse->err);
    at = json_object_iter_begin(object);
    end = json_object_iter_end(object);
    for (; !rc && !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
        rc = take_member(parse, json_object_iter_peek_name(&at), json_object_iter_peek_value(&at),
                         metadata);
    parse->document->metadata = metadata;
    if (!rc && !parse->document->title.size && !parse->document->text.size)
        rc = error_set(parse->err, MUC_EINPUT, 0, "", "neither \"text\" nor \"title\"");
    return rc;
}

static bool is_utf8(struct muc_string line)
{
    size_t i = 0;

    while (i < line.size) {
        UChar32 c;

        if (!(line.bytes[i] & 0x80)) {
            i++;
            continue;
        }
        U8_NEXT(line.bytes, i, line.size, c);
        if (c < 0)
            return false;
    }
    return true;
}

static int parse_line(struct parse *parse, struct muc_string line)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);
    enum json_tokener_error why;
    json_object *object;
    size_t end;
    int rc;

    if (!tokener)
        return error_memory(parse->err);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    object = json_tokener_parse_ex(tokener, line.bytes, (int)line.size);
    why = json_tokener_get_error(tokener);
    end = json_tokener_get_parse_end(tokener);
    if (why == json_tokener_continue)
        rc = error_set(parse->err, MUC_EINPUT, 0, "",
                       "the line ends in the middle; a document must be on one line");
    else if (why != json_tokener_success)
        rc = error_set(parse->err, MUC_EINPUT, 0, "", "not JSON at byte %zu of the line: %s",
                       end + 1, json_tokener_error_desc(why));
    else
        rc = take_object(parse, object);
    json_object_put(object);
    json_tokener_free(tokener);
    return rc;
}

int doc_from_json(struct muc_string line, struct arena *arena, struct muc_document *document,
                  const char **warning, struct muc_error *err)
{
    struct muc_document made = { 0 };
    struct parse parse = { arena, &made, NULL, err };
    struct buffer repaired = { 0 };
    struct decoding decoding;
    const char *nul;
    int rc = MUC_OK;

    if (line.size > INT32_MAX)
        return error_set(err, MUC_EINPUT, 0, "", "the line is above 2 GiB");
    if (line.size && (nul = memchr(line.bytes, 0, line.size)))
        return error_set(err, MUC_EINPUT, 0, "", "a NUL byte at byte %zu of the line",
                         (size_t)(nul - line.bytes) + 1);
    if (!is_utf8(line)) {
        parse.warning = "not UTF-8 in places; U+FFFD was put there";
        if ((rc = decode(line.bytes, line.size, "UTF-8", &repaired, &decoding, err)))
            goto out;
        made.n_replaced = decoding.n_replaced;
        line = str_of((const char *)repaired.at, repaired.size);
    }
    if ((rc = parse_line(&parse, line)))
        goto out;
    *document = made;
    *warning = parse.warning;
out:
    buffer_free(&repaired);
    return rc;
}
