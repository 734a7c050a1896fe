/* SPDX-License-Identifier: MIT */
#include "doc/field_names.h"

#include "doc/plain.h"

static const struct {
    const char *name; /* without marks, blanks and signs */
    enum field field;
} names[] = {
    { "id", FIELD_ID },          { "ma", FIELD_ID },          { "title", FIELD_TITLE },
    { "headline", FIELD_TITLE }, { "tieude", FIELD_TITLE },   { "text", FIELD_TEXT },
    { "content", FIELD_TEXT },   { "body", FIELD_TEXT },      { "noidung", FIELD_TEXT },
    { "date", FIELD_DATE },      { "published", FIELD_DATE }, { "ngay", FIELD_DATE },
    { "ngaydang", FIELD_DATE },  { "source", FIELD_SOURCE },  { "nguon", FIELD_SOURCE },
    { "url", FIELD_URL },        { "link", FIELD_URL },       { "lienket", FIELD_URL },
    { "lang", FIELD_LANG },      { "language", FIELD_LANG },  { "ngonngu", FIELD_LANG },
    { "kind", FIELD_KIND },      { "loai", FIELD_KIND },      { "byline", FIELD_BYLINE },
    { "author", FIELD_BYLINE },  { "tacgia", FIELD_BYLINE },  { "place", FIELD_PLACE },
    { "noi", FIELD_PLACE },      { "number", FIELD_NUMBER },  { "sohieu", FIELD_NUMBER },
    { "tags", FIELD_TAGS },      { "keywords", FIELD_TAGS },  { "tukhoa", FIELD_TAGS },
};

enum field field_of(struct muc_string name)
{
    char letters[32];
    struct plain plain;
    size_t n = 0;

    plain_of(name, &plain);
    for (size_t i = 0; i < plain.size; i++) {
        if (!plain_is_letter(plain.at[i]) && !ascii_is_digit(plain.at[i]))
            continue;
        if (n + 1 == sizeof letters)
            return FIELD_OTHER;
        letters[n++] = (char)(plain.at[i] | 0x20);
    }
    letters[n] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(letters, names[i].name))
            return names[i].field;
    return FIELD_OTHER;
}

struct muc_string *field_place(struct muc_document *document, enum field field)
{
    struct muc_string *const places[] = {
        [FIELD_ID] = &document->id,
        [FIELD_TITLE] = &document->title,
        [FIELD_TEXT] = &document->text,
        [FIELD_SOURCE] = &document->source,
        [FIELD_URL] = &document->url,
        [FIELD_LANG] = &document->lang,
        [FIELD_KIND] = &document->kind,
        [FIELD_BYLINE] = &document->byline,
        [FIELD_PLACE] = &document->place,
        [FIELD_NUMBER] = &document->number,
        [FIELD_TAGS] = NULL,
    };

    return places[field];
}

struct muc_string field_language(struct muc_string tag)
{
    size_t n = 0;

    while (n < tag.size && tag.bytes[n] != '-' && tag.bytes[n] != '_')
        n++;
    tag.size = n == 2 || n == 3 ? n : 0;
    return str_equal(tag, STR("en")) ? STR("") : tag;
}

bool field_is_address(struct muc_string text)
{
    return str_starts(text, STR("http://")) || str_starts(text, STR("https://"));
}
