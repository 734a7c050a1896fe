/* SPDX-License-Identifier: MIT */
/* writer_csv.c - RFC 4180 with a header line. Fields are exact, also those that a spreadsheet
 * would take for a formula: what is exported is what was found. */
#include <inttypes.h>
#include <string.h>

#include "display.h"
#include "format.h"
#include "writer.h"

void write_csv_field(struct output *out, struct muc_string text)
{
    bool quoted = false;

    for (size_t i = 0; i < text.size && !quoted; i++)
        quoted = strchr(",\"\r\n", text.bytes[i]) != NULL; /* a NUL is found as well: quoted */
    if (!quoted) {
        display_bytes(out, text);
        return;
    }
    fputc('"', out->file);
    for (size_t i = 0, part; i < text.size; i += part) {
        const char *quote = memchr(text.bytes + i, '"', text.size - i);

        part = quote ? (size_t)(quote - text.bytes) - i + 1 : text.size - i;
        display_bytes(out, (struct muc_string){ text.bytes + i, part });
        if (quote)
            fputc('"', out->file);
    }
    fputc('"', out->file);
}

static void begin_csv(struct output *out, bool batch)
{
    fprintf(out->file, "%srank,id,score,tier,title,date,source,url,snippet,copies\r\n",
            batch ? "qid," : "");
}

static void answer_csv(struct output *out, const struct answer *answer)
{
    for (size_t i = 0; i < muc_results_count(answer->results); i++) {
        const struct muc_hit *hit = muc_results_hit(answer->results, i);
        char date[FORMAT_DATE_SIZE];

        if (answer->label) {
            write_csv_field(out, muc_text(answer->label));
            fputc(',', out->file);
        }
        fprintf(out->file, "%" PRIu64 ",", hit->rank);
        write_csv_field(out, hit->id);
        fprintf(out->file, ",%.9g,%s,", hit->score, muc_tier_name(hit->tier));
        write_csv_field(out, hit->title);
        fprintf(out->file, ",%s,", format_date(hit->date, date));
        write_csv_field(out, hit->source);
        fputc(',', out->file);
        write_csv_field(out, hit->url);
        fputc(',', out->file);
        write_csv_field(out, hit->snippet.text);
        fprintf(out->file, ",%" PRIu64 "\r\n", hit->copies);
    }
}

const struct writer writer_csv = {
    .snippets = true, .collapses = true, .begin = begin_csv, .answer = answer_csv
};
