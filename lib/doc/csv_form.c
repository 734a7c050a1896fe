/* SPDX-License-Identifier: MIT */
#include "doc/csv_form.h"

char csv_delimiter(struct muc_string table)
{
    static const char signs[] = ",;\t|";
    size_t counts[sizeof signs - 1] = { 0 }, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < table.size; i++) {
        const char *sign = table.bytes[i] ? strchr(signs, table.bytes[i]) : NULL;

        if (table.bytes[i] == '"')
            quoted = !quoted;
        else if (!quoted && (table.bytes[i] == '\n' || table.bytes[i] == '\r'))
            break;
        else if (!quoted && sign)
            counts[sign - signs]++;
    }
    for (size_t i = 1; i < sizeof signs - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    return signs[best];
}

static size_t count_tabs(struct muc_string text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.size; i++)
        n += text.bytes[i] == '\t';
    return n;
}

/* Byte behind the first quote that is not doubled; 0: it is not in sight. *doubled: one before it
 * is. */
static size_t closing_quote(struct muc_string rest, bool ended, bool *doubled)
{
    *doubled = false;
    for (size_t at = 1; at < rest.size; at++) {
        const char *quote = memchr(rest.bytes + at, '"', rest.size - at);

        if (!quote)
            return 0;
        at = (size_t)(quote - rest.bytes) + 1;
        if (at == rest.size ? ended : rest.bytes[at] != '"')
            return at;
        *doubled = true;
    }
    return 0;
}

/* Byte of the next line feed from `at` on; the size of the text if there is none. */
static size_t line_end(struct muc_string text, size_t at)
{
    const char *end = at < text.size ? memchr(text.bytes + at, '\n', text.size - at) : NULL;

    return end ? (size_t)(end - text.bytes) : text.size;
}

enum csv_quote csv_quote_of(struct muc_string rest, bool ended, size_t n_before, size_t n_columns,
                            size_t *size)
{
    bool doubled;
    size_t close = closing_quote(rest, ended, &doubled), at = close, first, last, end;

    if (!close)
        return ended ? CSV_TEXT : CSV_UNKNOWN;
    while (at < rest.size && rest.bytes[at] == ' ')
        at++;
    if (at == rest.size && !ended)
        return CSV_UNKNOWN;
    if (at < rest.size && !strchr("\t\r\n", rest.bytes[at] ? rest.bytes[at] : '*'))
        return CSV_TEXT;
    *size = close;
    first = line_end(rest, 0);
    if (first >= close || doubled || !n_columns)
        return CSV_AROUND;
    if (n_before + count_tabs(str_of(rest.bytes, first)) + 1 != n_columns)
        return CSV_AROUND;
    for (last = close; rest.bytes[last - 1] != '\n';)
        last--;
    end = line_end(rest, close);
    if (end == rest.size && !ended)
        return CSV_UNKNOWN;
    return count_tabs(str_of(rest.bytes + last, end - last)) + 1 == n_columns ? CSV_TEXT
                                                                              : CSV_AROUND;
}
