/* SPDX-License-Identifier: MIT */
#include "doc/csv_columns.h"

#include "doc/plain.h"

static const struct {
    const char *name; /* without marks, blanks and signs */
    enum csv_field field;
} names[] = {
    { "id", CSV_ID },          { "ma", CSV_ID },          { "title", CSV_TITLE },
    { "headline", CSV_TITLE }, { "tieude", CSV_TITLE },   { "text", CSV_TEXT },
    { "content", CSV_TEXT },   { "body", CSV_TEXT },      { "noidung", CSV_TEXT },
    { "date", CSV_DATE },      { "published", CSV_DATE }, { "ngay", CSV_DATE },
    { "ngaydang", CSV_DATE },  { "source", CSV_SOURCE },  { "nguon", CSV_SOURCE },
    { "url", CSV_URL },        { "link", CSV_URL },       { "lienket", CSV_URL },
    { "lang", CSV_LANG },      { "language", CSV_LANG },  { "ngonngu", CSV_LANG },
    { "kind", CSV_KIND },      { "loai", CSV_KIND },      { "byline", CSV_BYLINE },
    { "author", CSV_BYLINE },  { "tacgia", CSV_BYLINE },  { "place", CSV_PLACE },
    { "noi", CSV_PLACE },      { "number", CSV_NUMBER },  { "sohieu", CSV_NUMBER },
    { "tags", CSV_TAGS },      { "keywords", CSV_TAGS },  { "tukhoa", CSV_TAGS },
};

enum csv_field csv_field_of(struct muc_string name)
{
    char letters[32];
    struct plain plain;
    size_t n = 0;

    plain_of(name, &plain);
    for (size_t i = 0; i < plain.size; i++) {
        if (!plain_is_letter(plain.at[i]) && !plain_is_digit(plain.at[i]))
            continue;
        if (n + 1 == sizeof letters)
            return CSV_OTHER;
        letters[n++] = (char)(plain.at[i] | 0x20);
    }
    letters[n] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(letters, names[i].name))
            return names[i].field;
    return CSV_OTHER;
}

char csv_delimiter(struct muc_string text)
{
    static const char signs[] = ",;\t|";
    size_t counts[sizeof signs - 1] = { 0 }, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.size; i++) {
        const char *sign = text.bytes[i] ? strchr(signs, text.bytes[i]) : NULL;

        if (text.bytes[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text.bytes[i] == '\n' || text.bytes[i] == '\r'))
            break;
        else if (!quoted && sign)
            counts[sign - signs]++;
    }
    for (size_t i = 1; i < sizeof signs - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    return signs[best];
}
