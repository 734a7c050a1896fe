/* SPDX-License-Identifier: MIT */
/* json.c - a line of JSON Lines to a document.
 *
 * json-c reads what is more than strings (json_plain.h): it keeps numbers as they were written, and
 * puts U+FFFD for half a surrogate pair instead of refusing the document. */
#include <json-c/json.h>
#include <json-c/json_visit.h>
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "doc/doc.h"
#include "doc/json_plain.h"
#include "doc/recode.h"
#include "doc/repair.h"

enum {
    DEPTH_MAX = 64,
    VALUES_MAX = 1000000, /* json-c takes some 80 bytes for each, the line as few as 2 */
};

struct parse {
    struct arena *arena;
    struct muc_document *document;
    bool bad_date;
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
    struct muc_string copy = { 0 };

    if (from.bytes) /* NULL: json-c is out of memory */
        copy = arena_copy(parse->arena, from);
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

/* Numbers that json-c reads although JSON has none like them, or does not keep. */
static int check_number(json_object *value, int flags, json_object *parent, const char *key,
                        size_t *index, void *bad)
{
    (void)flags, (void)parent, (void)key, (void)index;
    if (json_object_is_type(value, json_type_int))
        *(bool *)bad |= json_object_get_uint64(value) == UINT64_MAX ||
                        json_object_get_int64(value) == INT64_MIN;
    if (json_object_is_type(value, json_type_double))
        *(bool *)bad |= !isfinite(json_object_get_double(value));
    return JSON_C_VISIT_RETURN_CONTINUE;
}

static int check_numbers(struct parse *parse, const char *key, json_object *value)
{
    bool bad = false;

    json_c_visit(value, 0, check_number, &bad);
    if (!bad)
        return MUC_OK;
    return error_set(parse->err, MUC_EINPUT, 0, key,
                     "\"%s\" holds a number that JSON has not, or too large to be kept", key);
}

static int take_id(struct parse *parse, json_object *value)
{
    int rc;

    if (json_object_is_type(value, json_type_string))
        return keep(parse, string_of(value), &parse->document->id);
    if (!json_object_is_type(value, json_type_int))
        return wrong_type(parse, "id", "a string or a whole number");
    if ((rc = check_numbers(parse, "id", value))) /* two ids must not become one */
        return rc;
    return keep(parse, str_c(json_object_to_json_string(value)), &parse->document->id);
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

static void take_date_text(struct parse *parse, struct muc_string text)
{
    if (doc_date_parse_time(text, &parse->document->date))
        parse->document->date_origin = MUC_DATE_GIVEN;
    else if (text.size)
        parse->bad_date = true;
}

static int take_date(struct parse *parse, json_object *value)
{
    struct muc_string text;

    if (json_object_is_type(value, json_type_int))
        text = str_c(json_object_to_json_string(value)); /* a year */
    else if (json_object_is_type(value, json_type_string))
        text = string_of(value);
    else
        return wrong_type(parse, "date", "a string such as \"2020-12-22\"");
    take_date_text(parse, text);
    return MUC_OK;
}

static int take_metadata(struct parse *parse, const char *key, json_object *value,
                         struct muc_metadata *to)
{
    const int form = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE;
    int rc;

    if ((rc = check_numbers(parse, key, value)) || (rc = keep(parse, str_c(key), &to->key)))
        return rc;
    return keep(parse, str_c(json_object_to_json_string_ext(value, form)), &to->value);
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
    }, facts[] = { /* of other types they are the writer's own */
        { "place", &document->place },
        { "number", &document->number },
    };

    if (!value) /* null is as good as absent */
        return MUC_OK;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        if (strcmp(key, strings[i].key) == 0)
            return take_string(parse, key, value, strings[i].to);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (strcmp(key, facts[i].key) == 0 && json_object_is_type(value, json_type_string))
            return take_string(parse, key, value, facts[i].to);
    if (strcmp(key, "id") == 0)
        return take_id(parse, value);
    if (strcmp(key, "tags") == 0)
        return take_tags(parse, value);
    if (strcmp(key, "date") == 0)
        return take_date(parse, value);
    return take_metadata(parse, key, value, &metadata[document->n_metadata++]);
}

static int not_an_object(struct parse *parse)
{
    return error_set(parse->err, MUC_EINPUT, 0, "",
                     "not an object: a document is {\"id\": …, \"text\": …}");
}

static int take_object(struct parse *parse, json_object *object)
{
    struct json_object_iterator at, end;
    struct muc_metadata *metadata;
    int n = json_object_is_type(object, json_type_object) ? json_object_object_length(object) : -1;
    int rc = MUC_OK;

    if (n < 0)
        return not_an_object(parse);
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

/** What a line looks like outside its strings. */
struct outline {
    size_t n_values; /* or some more */
    size_t stray;    /* where the first byte is that JSON has not there; SIZE_MAX: none */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_spaces(struct muc_string line, size_t at)
{
    while (at < line.size && is_space(line.bytes[at]))
        at++;
    return at;
}

/* Where the quote is that closes the string from `at` on. */
static size_t string_end(struct muc_string line, size_t at)
{
    const char *quote;

    while ((quote = memchr(line.bytes + at, '"', line.size - at))) {
        size_t end = (size_t)(quote - line.bytes), escapes = 0;

        while (line.bytes[end - escapes - 1] == '\\')
            escapes++;
        if (escapes % 2 == 0)
            return end;
        at = end + 1;
    }
    return line.size;
}

static bool in_number(char c)
{
    return ascii_is_digit(c) || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
}

/* Where what is written like a number ends; there is one byte of it at `at`. */
static size_t number_end(struct muc_string line, size_t at)
{
    while (++at < line.size && in_number(line.bytes[at]))
        ;
    return at;
}

/* Step over one byte of either kind. */
static bool step(struct muc_string *text, char one, char other)
{
    if (!text->size || (text->bytes[0] != one && text->bytes[0] != other))
        return false;
    *text = str_of(text->bytes + 1, text->size - 1);
    return true;
}

static bool step_digits(struct muc_string *text)
{
    const size_t size = text->size;

    while (text->size && ascii_is_digit(text->bytes[0]))
        *text = str_of(text->bytes + 1, text->size - 1);
    return text->size < size;
}

/* RFC 8259, 6: [-] int [frac] [exp]. */
static bool is_number(struct muc_string text)
{
    step(&text, '-', '-');
    if (!step(&text, '0', '0') && !step_digits(&text))
        return false;
    if (step(&text, '.', '.') && !step_digits(&text))
        return false;
    if (step(&text, 'e', 'E')) {
        step(&text, '+', '-');
        if (!step_digits(&text))
            return false;
    }
    return !text.size;
}

/* json-c's strict mode refuses each byte of UTF-8 above 0x7f in its releases 0.17 and 0.18, where
 * char is signed; so it reads leniently and what it lets pass is found here: comments, single
 * quotes, commas with nothing behind them, words in capitals, numbers such as 01 and 1e. */
static struct outline outline_of(struct muc_string line)
{
    struct outline outline = { 1, SIZE_MAX };
    bool after_comma = false;

    for (size_t at = skip_spaces(line, 0); at < line.size; at = skip_spaces(line, at + 1)) {
        char c = line.bytes[at];
        bool number = c == '-' || ascii_is_digit(c);
        size_t end = number ? number_end(line, at) : at + 1;
        bool strays = c == '\'' || c == '/' || (c >= 'A' && c <= 'Z') ||
                      (after_comma && (c == '}' || c == ']')) ||
                      (number && !is_number(str_of(line.bytes + at, end - at)));

        if (strays && outline.stray == SIZE_MAX)
            outline.stray = at;
        after_comma = c == ',';
        outline.n_values += after_comma || c == '[' || c == '{';
        at = c == '"' ? string_end(line, at + 1) : end - 1;
    }
    return outline;
}

static bool begins_object(struct muc_string line)
{
    size_t at = skip_spaces(line, 0);

    return at == line.size || line.bytes[at] == '{';
}

static int not_json(struct parse *parse, size_t at, enum json_tokener_error why)
{
    return error_set(parse->err, MUC_EINPUT, 0, "", "not JSON at byte %zu of the document: %s",
                     at + 1, json_tokener_error_desc(why));
}

static int parse_line(struct parse *parse, struct muc_string line, const struct outline *outline)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);
    enum json_tokener_error why;
    json_object *object;
    size_t end;
    int rc;

    if (!tokener)
        return error_memory(parse->err);
    object = json_tokener_parse_ex(tokener, line.bytes, (int)line.size);
    why = json_tokener_get_error(tokener);
    end = json_tokener_get_parse_end(tokener);
    if (why == json_tokener_continue && !begins_object(line))
        rc = not_an_object(parse); /* null, 17: more could follow */
    else if (why == json_tokener_continue)
        rc = error_set(parse->err, MUC_EINPUT, 0, "",
                       "it ends in the middle; in JSON Lines a document must be on one line");
    else if (why != json_tokener_success)
        rc = not_json(parse, end, why);
    else if ((end = skip_spaces(line, end)) < line.size)
        rc = not_json(parse, end, json_tokener_error_parse_unexpected);
    else if (!(rc = take_object(parse, object)) && outline->stray != SIZE_MAX)
        rc = not_json(parse, outline->stray, json_tokener_error_parse_unexpected);
    json_object_put(object);
    json_tokener_free(tokener);
    return rc;
}

int json_check_value(struct muc_string value, struct arena *arena, struct muc_error *err)
{
    struct muc_string text = arena_copy(arena, value); /* with a NUL, where a number ends */
    const struct outline outline = outline_of(value);
    struct json_tokener *tokener = text.bytes ? json_tokener_new_ex(DEPTH_MAX - 1) : NULL;
    json_object *object;
    bool bad = outline.stray != SIZE_MAX || outline.n_values > VALUES_MAX;

    if (!tokener)
        return error_memory(err);
    object = json_tokener_parse_ex(tokener, text.bytes, (int)text.size + 1);
    bad = bad || json_tokener_get_error(tokener) != json_tokener_success ||
          skip_spaces(value, json_tokener_get_parse_end(tokener)) < value.size;
    json_c_visit(object, 0, check_number, &bad);
    json_object_put(object);
    json_tokener_free(tokener);
    return bad ? error_set(err, MUC_EINPUT, 0, "metadata", "a value is not one of JSON") : MUC_OK;
}

/** What needs no more than that: a document of strings, with a text or a title. */
static bool take_plain(struct parse *parse, struct muc_string line)
{
    struct muc_document *document = parse->document;
    struct muc_string date = { 0 };
    const struct plain_key keys[] = {
        { STR("id"), &document->id },         { STR("title"), &document->title },
        { STR("text"), &document->text },     { STR("date"), &date },
        { STR("source"), &document->source }, { STR("url"), &document->url },
        { STR("lang"), &document->lang },     { STR("kind"), &document->kind },
        { STR("byline"), &document->byline }, { STR("place"), &document->place },
        { STR("number"), &document->number },
    };

    if (!json_plain(line, keys, sizeof keys / sizeof keys[0], parse->arena))
        return false;
    if (date.bytes)
        take_date_text(parse, date);
    return document->title.size || document->text.size;
}

/* What the document was taken in spite of, or NULL. */
static int describe(struct parse *parse, const char **warning)
{
    static const char bad_date[] = "\"date\" is not a day of the calendar; taken without it";
    char repaired[REPAIR_WARNING_MAX] = "", both[REPAIR_WARNING_MAX + sizeof bad_date + 2];
    struct muc_string kept = { 0 };
    int rc = MUC_OK;

    if (parse->document->n_replaced)
        repair_warning(repaired, "UTF-8", parse->document->n_replaced);
    snprintf(both, sizeof both, "%s%s%s", repaired, *repaired && parse->bad_date ? "; " : "",
             parse->bad_date ? bad_date : "");
    if (*both)
        rc = keep(parse, str_c(both), &kept);
    if (!rc)
        *warning = kept.bytes;
    return rc;
}

int doc_from_json(struct muc_string line, struct arena *arena, struct muc_document *document,
                  const char **warning, struct muc_error *err)
{
    struct muc_document made = { 0 };
    struct parse parse = { arena, &made, false, err };
    struct buffer repaired = { 0 };
    struct outline outline;
    int rc;

    if (!repair_is_clean(line)) {
        made.n_replaced = repair(line, &repaired);
        line = str_of((const char *)repaired.at, repaired.size);
    }
    if (repaired.failed)
        rc = error_memory(err);
    else if (line.size > INT32_MAX)
        rc = error_set(err, MUC_EINPUT, 0, "", "above 2 GiB");
    else if (take_plain(&parse, line))
        rc = MUC_OK;
    else if ((outline = outline_of(line)).n_values > VALUES_MAX)
        rc = error_set(err, MUC_EINPUT, 0, "", "above a million values; a document has few");
    else
        rc = parse_line(&parse, line, &outline);
    if (!rc)
        rc = recode_document(arena, &made, err);
    if (!rc)
        rc = describe(&parse, warning);
    if (!rc)
        *document = made;
    buffer_free(&repaired);
    return rc;
}
