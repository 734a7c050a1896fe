/* SPDX-License-Identifier: MIT */
#include "doc/front_matter.h"

#include "base/error.h"
#include "doc/field_names.h"
#include "doc/late.h"

enum {
    BYTES_MAX = 64 << 10,
    TAGS_MAX = 64,
    REPAIRS_MAX = 16, /* lines */
};

struct matter {
    struct arena *arena;
    struct muc_document *document;
    struct metadata *metadata;
    struct muc_string *tags;
    struct muc_string key; /* "": a key comes next */
    unsigned depth;        /* of lists and maps; 1 are its own keys */
    bool in_list;          /* of the value of `key` */
    bool bad_date;
    size_t bad_line;
    bool is_map; /* there is a key */
    struct muc_error *err;
};

/* The line behind the one that begins at `at`. */
static size_t line_end(struct muc_string text, size_t at)
{
    const char *end = at < text.size ? memchr(text.bytes + at, '\n', text.size - at) : NULL;

    return end ? (size_t)(end - text.bytes) + 1 : text.size;
}

static bool is_line(struct muc_string text, size_t at, const char *word)
{
    size_t end = line_end(text, at);

    while (end > at && (unsigned char)text.bytes[end - 1] <= ' ')
        end--;
    return str_equal(str_of(text.bytes + at, end - at), str_c(word));
}

/* The YAML, without the lines around it; *size with them, 0 if there is none. */
static struct muc_string find(struct muc_string text, size_t *size)
{
    size_t start = line_end(text, 0);

    *size = 0;
    if (!is_line(text, 0, "---"))
        return STR("");
    for (size_t at = start; at < text.size && at < BYTES_MAX; at = line_end(text, at))
        if (is_line(text, at, "---") || is_line(text, at, "...")) {
            *size = line_end(text, at);
            return str_of(text.bytes + start, at - start);
        }
    return STR("");
}

static int take_value(struct matter *matter, struct muc_string value)
{
    struct muc_document *document = matter->document;
    enum field field = field_of(matter->key);
    struct muc_string *to = field_place(document, field);

    if (!value.size || !(value = arena_copy(matter->arena, value)).bytes)
        return value.size ? error_memory(matter->err) : MUC_OK;
    if (field == FIELD_TAGS && document->n_tags < TAGS_MAX) {
        matter->tags[document->n_tags++] = value;
    } else if (field == FIELD_DATE) {
        if (doc_date_parse_time(value, &document->date))
            document->date_origin = MUC_DATE_GIVEN;
        else
            matter->bad_date = true;
    } else if (to && field != FIELD_ID && field != FIELD_TEXT) {
        if (!to->size) /* the first of a list */
            *to = value;
    } else if (field == FIELD_OTHER) {
        return metadata_add(matter->metadata, matter->key, value, matter->arena, matter->err);
    }
    return MUC_OK;
}

static int on_scalar(struct matter *matter, struct muc_string text)
{
    int rc = MUC_OK;

    if (matter->depth > 1U + matter->in_list) /* maps in it */
        return MUC_OK;
    if (!matter->key.bytes) {
        matter->key = arena_copy(matter->arena, text);
        matter->is_map |= matter->depth == 1;
        return matter->key.bytes ? MUC_OK : error_memory(matter->err);
    }
    rc = take_value(matter, text);
    if (!matter->in_list)
        matter->key = str_of(NULL, 0);
    return rc;
}

static int on_event(struct matter *matter, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return on_scalar(matter,
                         str_of((const char *)event->data.scalar.value, event->data.scalar.length));
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        matter->depth++;
        matter->in_list |= matter->depth == 2 && event->type == YAML_SEQUENCE_START_EVENT;
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        matter->depth -= matter->depth > 0;
        if (matter->depth == 1) {
            matter->in_list = false;
            matter->key = str_of(NULL, 0);
        }
        break;
    case YAML_ALIAS_EVENT:
        if (matter->depth == 1)
            matter->key = str_of(NULL, 0);
        break;
    default:
        break;
    }
    return MUC_OK;
}

/* Up to where it is YAML: *bad_line, counted from 0; SIZE_MAX: all of it is. */
static int parse_yaml(struct matter *matter, struct muc_string yaml, size_t *bad_line)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = true;
    int rc = MUC_OK;

    *bad_line = SIZE_MAX;
    if (!libyaml.yaml_parser_initialize(&parser))
        return error_memory(matter->err);
    libyaml.yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.bytes, yaml.size);
    while (!rc && more) {
        if (!libyaml.yaml_parser_parse(&parser, &event)) {
            *bad_line = parser.problem_mark.line;
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        rc = on_event(matter, &event);
        libyaml.yaml_event_delete(&event);
    }
    libyaml.yaml_parser_delete(&parser);
    return rc;
}

/* "title: Một: hai", which should be in quotes; whether it is such a line. */
static bool take_line(struct matter *matter, struct muc_string line, int *rc)
{
    const char *colon = line.size ? memchr(line.bytes, ':', line.size) : NULL;
    size_t size = colon ? (size_t)(colon - line.bytes) : 0;
    struct muc_string value, *place;

    if (!size || size + 1 >= line.size || strchr(" \t-#\"'", *line.bytes) || colon[1] != ' ')
        return false;
    value = str_trim(str_of(colon + 1, line.size - size - 1));
    if (!value.size)
        return false;
    matter->key = arena_copy(matter->arena, str_of(line.bytes, size));
    if (!matter->key.bytes) {
        *rc = error_memory(matter->err);
        return true;
    }
    matter->is_map = true;
    if ((place = field_place(matter->document, field_of(matter->key))))
        *place = str_of(NULL, 0); /* what YAML took of it */
    *rc = take_value(matter, value);
    return true;
}

/* All of it that is YAML, and lines of it that would be with quotes. */
static int parse(struct matter *matter, struct muc_string yaml)
{
    size_t before = 2, bad; /* the line of --- is the first */
    int rc = MUC_OK;

    for (int n = 0; n < REPAIRS_MAX && !rc; n++) {
        size_t start = 0, end;

        if ((rc = parse_yaml(matter, yaml, &bad)) || bad == SIZE_MAX)
            return rc;
        matter->bad_line = before + bad;
        for (size_t i = 0; i < bad; i++)
            start = line_end(yaml, start);
        end = line_end(yaml, start);
        if (!take_line(matter, str_of(yaml.bytes + start, end - start), &rc))
            return MUC_OK;
        matter->bad_line = 0;
        before += bad + 1;
        yaml = str_of(yaml.bytes + end, yaml.size - end);
        matter->key = str_of(NULL, 0);
        matter->depth = 0;
        matter->in_list = false;
    }
    matter->bad_line = before;
    return rc;
}

int front_matter_read(struct muc_string text, struct arena *arena, struct muc_document *document,
                      struct metadata *metadata, struct front_matter *found, struct muc_error *err)
{
    struct matter matter = {
        .arena = arena, .document = document, .metadata = metadata, .err = err
    };
    struct muc_string yaml = find(text, &found->size);
    int rc;

    found->bad_date = false;
    found->bad_line = 0;
    if (!found->size)
        return MUC_OK;
    if ((rc = libyaml_load(err)))
        return rc;
    if (!(matter.tags = arena_zero(arena, TAGS_MAX, sizeof *matter.tags)))
        return error_memory(err);
    document->tags = matter.tags;
    rc = parse(&matter, yaml);
    if (!matter.is_map) { /* a text between two rules */
        found->size = 0;
        return rc;
    }
    found->bad_date = matter.bad_date;
    found->bad_line = matter.bad_line;
    return rc;
}
