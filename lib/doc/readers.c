/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "doc/converter.h"
#include "doc/json_sign.h"

enum { ENDING_MAX = 10 };

/* A PDF may have something before it, so what tells at its start what it is comes first. */
static const struct doc_reader *const readers[] = {
    &doc_reader_text, &doc_reader_markdown, &doc_reader_jsonl, &doc_reader_json, &doc_reader_csv,
    &doc_reader_html, &doc_reader_feed,     &doc_reader_docx,  &doc_reader_odt,  &doc_reader_epub,
    &doc_reader_doc,  &doc_reader_rtf,      &doc_reader_mht,   &doc_reader_eml,  &doc_reader_mbox,
    &doc_reader_warc, &doc_reader_archive,  &doc_reader_pdf,
};

/* What follows the last dot if that looks like a type, else "". */
static const char *ending_of(const char *path)
{
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name + 1 : path, '.');
    bool letter = false;

    if (!dot || strlen(dot + 1) > ENDING_MAX)
        return "";
    for (const char *at = dot + 1; *at; at++) {
        if (!isascii((unsigned char)*at) || !isalnum((unsigned char)*at))
            return "";
        letter |= !isdigit((unsigned char)*at);
    }
    return letter ? dot + 1 : "";
}

const struct doc_reader *doc_reader_for(const char *path, const uint8_t *head, size_t size)
{
    const struct doc_reader *named = NULL, *json = NULL;
    const char *ending = ending_of(path);

    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (readers[i]->is && readers[i]->is(head, size))
            return readers[i];
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        for (const char *const *known = readers[i]->endings; *known; known++)
            if (strcasecmp(ending, *known) == 0)
                named = readers[i];
    if (!named || named == &doc_reader_text) /* whose name says next to nothing */
        json = json_sign(head, size);
    return json ? json : named;
}

const struct doc_reader *doc_reader_choose(struct doc_input *input, const uint8_t *head,
                                           size_t size)
{
    input->converter = doc_converter_for(input->converters, input->path, head, size);
    return input->converter ? &doc_reader_converter : doc_reader_for(input->path, head, size);
}
