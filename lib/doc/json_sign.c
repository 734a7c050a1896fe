/* SPDX-License-Identifier: MIT */
#include "doc/json_sign.h"

#include "base/str.h"
#include "doc/field_names.h"

/** The object with which a text begins, as far as it was walked. */
struct object {
    struct muc_string text;
    size_t at;
    uint32_t depth;
    bool broken; /* a line ends in it */
    bool named;  /* a key of it is that of a title or a text */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/** Behind a string that begins with the quote at `at`; the end of the text if it is cut. */
static size_t string_end(struct muc_string text, size_t at)
{
    for (at++; at < text.size && text.bytes[at] != '"'; at++)
        at += text.bytes[at] == '\\';
    return at < text.size ? at + 1 : text.size;
}

/** A string: a key if a colon follows. */
static void walk_string(struct object *object)
{
    struct muc_string text = object->text, name;
    size_t start = object->at + 1, behind;
    enum field field;

    object->at = behind = string_end(text, object->at);
    while (behind < text.size && is_blank(text.bytes[behind]))
        behind++;
    if (object->depth != 1 || behind == text.size || text.bytes[behind] != ':')
        return;
    name = str_of(text.bytes + start, object->at - 1 - start);
    field = field_of(name);
    object->named |= field == FIELD_TITLE || field == FIELD_TEXT;
}

/** Walk to behind its last brace, or to the end of the text. */
static void walk(struct object *object)
{
    do {
        char c = object->text.bytes[object->at];

        if (c == '"') {
            walk_string(object);
            continue;
        }
        object->depth += c == '{' || c == '[';
        object->depth -= c == '}' || c == ']';
        object->broken |= c == '\n';
        object->at++;
    } while (object->depth && object->at < object->text.size);
}

const struct doc_reader *json_sign(const uint8_t *head, size_t size)
{
    struct object object = { .text = str_of((const char *)head, size) };
    struct muc_string *text = &object.text;

    if (str_starts(*text, STR("\xef\xbb\xbf")))
        *text = str_of(text->bytes + 3, text->size - 3);
    while (text->size && is_blank(text->bytes[0]))
        *text = str_of(text->bytes + 1, text->size - 1);
    if (!text->size || text->bytes[0] != '{')
        return NULL;
    walk(&object);
    if (!object.named || (object.depth && size < DOC_HEAD))
        return NULL;
    return object.broken ? &doc_reader_json : &doc_reader_jsonl;
}
