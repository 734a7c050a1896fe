/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "document_members.h"
#include "format.h"
#include "server/export.h"
#include "utf8.h"

/** Text on one line: control characters as blanks, what is not UTF-8 as U+FFFD; `special` ones with
 *  `escape` before them. */
static void put_line(FILE *out, struct muc_string text, const char *special, const char *escape)
{
    for (size_t i = 0; i < text.size;) {
        uint32_t c;
        size_t n = utf8_decode(text.bytes + i, text.size - i, &c);

        if (c == UTF8_BAD) {
            fputs(UTF8_REPLACEMENT, out);
        } else if (utf8_is_harmful(c)) {
            fputc(' ', out);
        } else {
            if (c < 0x80 && strchr(special, (int)c))
                fputs(escape, out);
            fwrite(text.bytes + i, 1, n, out);
        }
        i += n;
    }
}

/* ---- CSV */

/** A field that a spreadsheet takes for text, whatever it begins with. */
static void put_cell(FILE *out, struct muc_string text)
{
    bool formula = text.size && text.bytes[0] && strchr("=+-@\t\r", text.bytes[0]);

    fputs(formula ? "\"'" : "\"", out);
    put_line(out, text, "\"", "\"");
    fputc('"', out);
}

static void begin_csv(FILE *out)
{
    fputs("\xEF\xBB\xBFrank,id,title,date,source,kind,lang,byline,tags,url\r\n", out);
}

static void put_csv(FILE *out, const struct muc_document *document, uint64_t rank)
{
    const struct muc_string cells[] = { document->source, document->kind, document->lang,
                                        document->byline };
    char date[FORMAT_DATE_SIZE];

    fprintf(out, "%" PRIu64 ",", rank);
    put_cell(out, document->id);
    fputc(',', out);
    put_cell(out, muc_document_title(document));
    fprintf(out, ",%s,", format_date(document->date, date));
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        put_cell(out, cells[i]);
        fputc(',', out);
    }
    fputc('"', out);
    for (size_t i = 0; i < document->n_tags; i++) {
        struct muc_string tag = document->tags[i];

        if (i)
            fputs("; ", out);
        else if (tag.size && tag.bytes[0] && strchr("=+-@\t\r", tag.bytes[0]))
            fputc('\'', out);
        put_line(out, tag, "\"", "\"");
    }
    fputs("\",", out);
    put_cell(out, document->url);
    fputs("\r\n", out);
}

/* ---- JSON Lines */

static void put_jsonl(FILE *out, const struct muc_document *document, uint64_t rank)
{
    struct emit json = { .file = out };

    (void)rank;
    emit_open(&json, '{');
    document_members(&json, document);
    emit_close(&json, '}');
    emit_line(&json);
}

/* ---- RIS */

static void put_tag(FILE *out, const char *name, struct muc_string value)
{
    if (!value.size)
        return;
    fprintf(out, "%s  - ", name);
    put_line(out, value, "", "");
    fputs("\r\n", out);
}

static void put_ris(FILE *out, const struct muc_document *document, uint64_t rank)
{
    struct muc_date date = document->date;
    char text[32];

    (void)rank;
    fputs("TY  - NEWS\r\n", out);
    put_tag(out, "ID", document->id);
    put_tag(out, "TI", muc_document_title(document));
    put_tag(out, "AU", document->byline);
    put_tag(out, "T2", document->source);
    put_tag(out, "M3", document->kind);
    put_tag(out, "LA", document->lang);
    if (date.year) {
        fprintf(out, "PY  - %04d\r\nDA  - %04d/", date.year, date.year);
        snprintf(text, sizeof text, "%02u", (unsigned)date.month);
        fprintf(out, "%s/", date.month ? text : "");
        snprintf(text, sizeof text, "%02u", (unsigned)date.day);
        fprintf(out, "%s/\r\n", date.day ? text : "");
    }
    for (size_t i = 0; i < document->n_tags; i++)
        put_tag(out, "KW", document->tags[i]);
    put_tag(out, "UR", document->url);
    fputs("ER  - \r\n\r\n", out);
}

/* ---- BibTeX */

static void put_entry(FILE *out, const char *name, struct muc_string value)
{
    if (!value.size)
        return;
    fprintf(out, ",\n  %s = {{", name);
    for (size_t i = 0, part; i < value.size; i += part) {
        /* these have no meaning of their own and no backslash before them */
        const char *words = value.bytes[i] == '\\'  ? "{\\textbackslash}"
                            : value.bytes[i] == '~' ? "{\\textasciitilde}"
                            : value.bytes[i] == '^' ? "{\\textasciicircum}"
                                                    : NULL;

        part = 1;
        if (words) {
            fputs(words, out);
            continue;
        }
        while (i + part < value.size && !strchr("\\~^", value.bytes[i + part]))
            part++;
        put_line(out, (struct muc_string){ value.bytes + i, part }, "{}&%$#_", "\\");
    }
    fputs("}}", out);
}

static void put_bib(FILE *out, const struct muc_document *document, uint64_t rank)
{
    char date[FORMAT_DATE_SIZE];

    fprintf(out, "@misc{mucluc%" PRIu64, rank);
    put_entry(out, "title", document_name(document));
    put_entry(out, "author", document->byline.size ? document->byline : document->source);
    put_entry(out, "organization", document->source);
    put_entry(out, "date", muc_text(format_date(document->date, date)));
    put_entry(out, "type", document->kind);
    put_entry(out, "url", document->url);
    put_entry(out, "note", document->id);
    fputs("\n}\n\n", out);
}

const struct export_format export_csv = { "/export.csv", "text/csv; charset=utf-8; header=present",
                                          "muc-luc.csv", begin_csv, put_csv };
const struct export_format export_jsonl = { "/export.jsonl", "application/jsonl; charset=utf-8",
                                            "muc-luc.jsonl", NULL, put_jsonl };
const struct export_format export_ris = { "/export.ris",
                                          "application/x-research-info-systems; charset=utf-8",
                                          "muc-luc.ris", NULL, put_ris };
const struct export_format export_bib = { "/export.bib", "application/x-bibtex; charset=utf-8",
                                          "muc-luc.bib", NULL, put_bib };
