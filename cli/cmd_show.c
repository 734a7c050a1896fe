/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "display.h"
#include "document_members.h"
#include "format.h"
#include "html.h"
#include "report.h"

struct show_settings {
    unsigned format;
    bool raw;
};

enum {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_HTML,
};

static const char *const format_names[] = { "text", "json", "html", NULL };

#define TARGET(member) .target = offsetof(struct show_settings, member)

static const struct option_spec show_options[] = {
    OPTION_FORMAT(struct show_settings, format_names,
                  "for people (text), with all that is known of it (json), as a page (html)"),
    { .name = "raw", TARGET(raw), .summary = "the bytes of the text alone" },
    { 0 },
};

static void put_line(struct output *out, const char *name, struct muc_string value)
{
    if (value.size == 0)
        return;
    display_style(out, STYLE_FAINT);
    fprintf(out->file, "%-10s", name);
    display_style(out, STYLE_END);
    display_wrapped(out, 10, &(struct styled){ value, NULL, 0, "", "" });
    fputc('\n', out->file);
}

/** The text, its own line breaks kept, paragraphs wrapped to a screen. */
static void put_paragraphs(struct output *out, struct muc_string text)
{
    const char *at = text.bytes, *end = text.bytes + text.size;

    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        struct muc_string line = { at, (size_t)((line_end ? line_end : end) - at) };

        display_wrapped(out, 0, &(struct styled){ line, NULL, 0, "", "" });
        fputc('\n', out->file);
        at += line.size + 1;
    }
}

/** Which sections the text has beside its body: "dateline, lead, caption", in their order; nothing
 * is said of a lead alone. */
static void put_sections(struct output *out, const struct muc_document *document)
{
    bool told[MUC_SECTION_KINDS] = { [MUC_SECTION_BODY] = true };
    char line[128] = "";
    size_t size = 0;

    for (size_t i = 0; i < document->n_sections && size < sizeof line; i++) {
        enum muc_section_kind kind = document->sections[i].kind;

        if (!told[kind])
            size += (size_t)snprintf(line + size, sizeof line - size, "%s%s", size ? ", " : "",
                                     muc_section_name(kind));
        told[kind] = true;
    }
    put_line(out, "sections", muc_text(strcmp(line, "lead") != 0 ? line : ""));
}

/** Lines that are no news: "3 lines that other documents of this source have, too". */
static void put_standing(struct output *out, const struct muc_document *document)
{
    char line[96] = "";

    if (document->n_standing)
        snprintf(line, sizeof line, "%zu %s at the edges that others of the source have, too",
                 document->n_standing, document->n_standing == 1 ? "line" : "lines");
    put_line(out, "standing", muc_text(line));
}

static void show_text(struct output *out, const struct muc_document *document)
{
    char date[FORMAT_DATE_SIZE], dated[FORMAT_DATE_SIZE + 32] = "";

    output_page(out);
    if (document->title.size) {
        display_wrapped(out, 0, &(struct styled){ document->title, NULL, 0, "", STYLE_TITLE });
        fputs("\n\n", out->file);
    }
    format_date(document->date, date);
    if (*date)
        snprintf(dated, sizeof dated, "%s (%s)", date, document_origin(document));
    put_line(out, "id", document->id);
    put_line(out, "date", muc_text(dated));
    put_line(out, "source", document->source);
    put_line(out, "url", document->url);
    put_line(out, "lang", document->lang);
    put_line(out, "kind", document->kind);
    put_line(out, "byline", document->byline);
    put_line(out, "place", document->place);
    put_line(out, "number", document->number);
    put_sections(out, document);
    put_standing(out, document);
    for (size_t i = 0; i < document->n_tags; i++)
        put_line(out, i ? "" : "tags", document->tags[i]);
    for (size_t i = 0; i < document->n_metadata; i++) {
        struct muc_string key = document->metadata[i].key;
        display_style(out, STYLE_FAINT);
        display_padded(out->file, key, display_columns(key) < 9 ? 9 : display_columns(key));
        display_style(out, STYLE_END);
        fputc(' ', out->file);
        display_wrapped(out, 10, &(struct styled){ document->metadata[i].value, NULL, 0, "", "" });
        fputc('\n', out->file);
    }
    put_line(out, "path", document->path);
    put_line(out, "encoding", document->encoding);
    if (document->text.size)
        fputc('\n', out->file);
    put_paragraphs(out, document->text);
}

static void show_json(struct output *out, const struct muc_document *document)
{
    struct emit json = { .file = out->file };

    document_json(&json, document);
    emit_line(&json);
}

static void show_html(struct output *out, const struct muc_document *document)
{
    struct muc_string title = document_name(document);
    struct muc_string lang = document->lang.size ? document->lang : muc_text("vi");
    struct muc_range heading = document_heading(document); /* which is the <h1> */
    char date[FORMAT_DATE_SIZE];

    fputs("<!DOCTYPE html>\n<html lang=\"", out->file);
    html_text(out->file, lang);
    fputs("\">\n<head>\n<meta charset=\"utf-8\">\n<title>", out->file);
    html_text(out->file, title);
    fputs("</title>\n</head>\n<body>\n<h1>", out->file);
    html_text(out->file, title);
    fputs("</h1>\n", out->file);
    if (*format_date(document->date, date))
        fprintf(out->file, "<p><time datetime=\"%s\">%s</time></p>\n", date, date);
    if (document->source.size) {
        fputs("<p>", out->file);
        html_text(out->file, document->source);
        fputs("</p>\n", out->file);
    }
    fputs("<div style=\"white-space: pre-wrap\">", out->file);
    html_text(out->file, (struct muc_string){ document->text.bytes, heading.start });
    html_text(out->file, (struct muc_string){ document->text.bytes + heading.end,
                                              document->text.size - heading.end });
    fputs("</div>\n</body>\n</html>\n", out->file);
}

static int run_show(struct run *run)
{
    const struct show_settings *settings = run->settings;
    const struct muc_document *document;
    struct muc_stored *stored;
    struct muc_error err;

    switch (muc_index_document(run->index, muc_text(run->operands[0]), &stored, &err)) {
    case MUC_OK:
        break;
    case MUC_ENOTFOUND:
        complain_no_document(run->operands[0], run->database);
        return STATUS_NOTHING;
    default:
        return complain_error(&err);
    }
    document = muc_stored_document(stored);
    if (settings->raw)
        display_bytes(run->out, document->text);
    else if (settings->format == FORMAT_JSON)
        show_json(run->out, document);
    else if (settings->format == FORMAT_HTML)
        show_html(run->out, document);
    else
        show_text(run->out, document);
    muc_stored_free(stored);
    return STATUS_DONE;
}

const struct command command_show = {
    .name = "show",
    .run = run_show,
    .access = ACCESS_READ,
    .settings_size = sizeof(struct show_settings),
    .options = show_options,
    .least_operands = 1,
    .most_operands = 1,
    .operands = "ID",
    .operand_kind = OPTION_TEXT,
    .summary = "show one document",
    .details = "Show the document with this id as it is stored.\n"
               "Exit status: 0 done, 1 there is no such document.",
};
