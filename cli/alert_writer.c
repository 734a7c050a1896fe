/* SPDX-License-Identifier: MIT */
#include "alert_writer.h"

#include <time.h>

#include "display.h"
#include "document_members.h"
#include "emit.h"
#include "format.h"
#include "html.h"

/* ---- JSON Lines */

static void json_match(struct output *out, const struct muc_alert *alert,
                       const struct muc_document *document)
{
    struct emit json = { .file = out->file };

    emit_open(&json, '{');
    emit_text(&json, "alert", alert->name);
    emit_text(&json, "id", document->id);
    emit_text(&json, "title", muc_document_title(document));
    emit_date(&json, "date", document->date);
    emit_text(&json, "source", document->source);
    emit_text(&json, "url", document->url);
    emit_close(&json, '}');
    emit_line(&json);
}

const struct alert_writer alert_writer_jsonl = { .match = json_match };

/* ---- text */

static void text_match(struct output *out, const struct muc_alert *alert,
                       const struct muc_document *document)
{
    char date[FORMAT_DATE_SIZE];

    display_bytes(out, alert->name);
    fprintf(out->file, ": ");
    display_bytes(out, document_name(document));
    fputc('\n', out->file);
    fprintf(out->file, "    ");
    if (document->date.year)
        fprintf(out->file, "%s  ", format_date(document->date, date));
    if (document->source.size) {
        display_bytes(out, document->source);
        fprintf(out->file, "  ");
    }
    display_bytes(out, document->url.size ? document->url : document->id);
    fputc('\n', out->file);
}

const struct alert_writer alert_writer_text = { .match = text_match };

/* ---- Atom (RFC 4287): one feed a run, also where nothing was found */

static void atom_updated(struct output *out, int64_t seconds)
{
    time_t then = (time_t)seconds;
    char text[32] = "1970-01-01T00:00:00Z";
    struct tm tm;

    if (gmtime_r(&then, &tm))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    fprintf(out->file, "<updated>%s</updated>\n", text);
}

static void atom_element(struct output *out, const char *name, struct muc_string text)
{
    fprintf(out->file, "<%s>", name);
    html_text(out->file, text);
    fprintf(out->file, "</%s>\n", name);
}

static void atom_begin(struct output *out)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>mucluc alerts</title>\n"
          "<author><name>mucluc</name></author>\n<id>urn:mucluc:alerts</id>\n",
          out->file);
    atom_updated(out, time(NULL));
}

static void atom_match(struct output *out, const struct muc_alert *alert,
                       const struct muc_document *document)
{
    fputs("<entry>\n", out->file);
    atom_element(out, "title", document_name(document));
    fputs("<id>urn:mucluc:alert:", out->file);
    html_part(out->file, alert->name, false);
    fputc(':', out->file);
    html_part(out->file, document->id, true);
    fputs("</id>\n", out->file);
    if (document->url.size) {
        fputs("<link href=\"", out->file);
        html_text(out->file, document->url);
        fputs("\"/>\n", out->file);
    }
    atom_updated(out, alert->ran);
    fputs("<category term=\"", out->file);
    html_text(out->file, alert->name);
    fputs("\"/>\n", out->file);
    if (document->source.size) {
        fputs("<author>", out->file);
        atom_element(out, "name", document->source);
        fputs("</author>\n", out->file);
    }
    atom_element(out, "summary", alert->query);
    fputs("</entry>\n", out->file);
}

static void atom_end(struct output *out)
{
    fputs("</feed>\n", out->file);
}

const struct alert_writer alert_writer_atom = { atom_begin, atom_match, atom_end };
