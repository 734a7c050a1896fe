/* SPDX-License-Identifier: MIT */
#include "emit.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "format.h"
#include "utf8.h"

/** What goes before a value or a key: a comma between neighbours. */
static void next_value(struct emit *json)
{
    uint64_t bit = UINT64_C(1) << json->depth;

    if (!json->after_key && (json->filled & bit))
        fputc(',', json->file);
    json->filled |= bit;
    json->after_key = false;
}

void emit_open(struct emit *json, char bracket)
{
    next_value(json);
    fputc(bracket, json->file);
    json->depth++;
    json->filled &= ~(UINT64_C(1) << json->depth);
}

void emit_close(struct emit *json, char bracket)
{
    json->depth--;
    fputc(bracket, json->file);
}

void emit_line(struct emit *json)
{
    fputc('\n', json->file);
    json->filled = 0;
}

/** Bytes at the front that stand for themselves in a string. */
static size_t plain_size(const char *bytes, size_t size)
{
    size_t i = 0;

    while (i < size && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != 0x7F)
        i++;
    return i;
}

/** A character inside a string that needs no escape but for a terminal's sake. */
static void put_character(FILE *file, const char *bytes, size_t size, uint32_t c)
{
    if (c == UTF8_BAD)
        fputs(UTF8_REPLACEMENT, file);
    else if (utf8_is_harmful(c))
        fprintf(file, "\\u%04x", (unsigned)c);
    else
        fwrite(bytes, 1, size, file);
}

static void put_quoted(FILE *file, struct muc_string text)
{
    fputc('"', file);
    for (size_t i = 0; i < text.size;) {
        uint32_t c;
        size_t n = plain_size(text.bytes + i, text.size - i);

        if (n) {
            fwrite(text.bytes + i, 1, n, file);
            i += n;
            continue;
        }
        n = utf8_decode(text.bytes + i, text.size - i, &c);
        if (c == '"' || c == '\\')
            fprintf(file, "\\%c", (int)c);
        else if (c == '\n')
            fputs("\\n", file);
        else if (c == '\t')
            fputs("\\t", file);
        else
            put_character(file, text.bytes + i, n, c);
        i += n;
    }
    fputc('"', file);
}

void emit_key(struct emit *json, struct muc_string key)
{
    next_value(json);
    put_quoted(json->file, key);
    fputc(':', json->file);
    json->after_key = true;
}

void emit_name(struct emit *json, const char *key)
{
    next_value(json);
    fprintf(json->file, "\"%s\":", key);
    json->after_key = true;
}

void emit_string(struct emit *json, struct muc_string text)
{
    next_value(json);
    put_quoted(json->file, text);
}

void emit_uint(struct emit *json, uint64_t n)
{
    next_value(json);
    fprintf(json->file, "%" PRIu64, n);
}

void emit_int(struct emit *json, int64_t n)
{
    next_value(json);
    fprintf(json->file, "%" PRId64, n);
}

void emit_number(struct emit *json, double n)
{
    if (!isfinite(n)) {
        emit_null(json);
        return;
    }
    next_value(json);
    fprintf(json->file, "%.9g", n);
}

void emit_bool(struct emit *json, bool value)
{
    next_value(json);
    fputs(value ? "true" : "false", json->file);
}

void emit_null(struct emit *json)
{
    next_value(json);
    fputs("null", json->file);
}

void emit_raw(struct emit *json, struct muc_string value)
{
    next_value(json);
    for (size_t i = 0; i < value.size;) {
        uint32_t c;
        size_t n = utf8_decode(value.bytes + i, value.size - i, &c);

        if (c == '\n' || c == '\r' || c == '\t') /* between values; strings have them escaped */
            fputc(' ', json->file);
        else
            put_character(json->file, value.bytes + i, n, c);
        i += n;
    }
}

void emit_text(struct emit *json, const char *key, struct muc_string text)
{
    emit_name(json, key);
    if (text.size)
        emit_string(json, text);
    else
        emit_null(json);
}

void emit_count(struct emit *json, const char *key, uint64_t n)
{
    emit_name(json, key);
    emit_uint(json, n);
}

void emit_date(struct emit *json, const char *key, struct muc_date date)
{
    char iso[FORMAT_DATE_SIZE];

    emit_text(json, key, muc_text(format_date(date, iso)));
}
