/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "command.h"
#include "display.h"
#include "emit.h"
#include "format.h"
#include "report.h"
#include "stats_json.h"
#include "writer.h"

struct stats_settings {
    unsigned format;
    bool duplicates;
};

enum {
    FORMAT_TEXT,
    FORMAT_JSON,
};

static const char *const format_names[] = { "text", "json", NULL };

static const struct option_spec stats_options[] = {
    OPTION_FORMAT(struct stats_settings, format_names, "for people (text), for programs (json)"),
    { .name = "duplicates",
      .target = offsetof(struct stats_settings, duplicates),
      .summary = "list the documents that have near copies, group by group, as CSV" },
    { 0 },
};

static void put_count(FILE *file, const char *name, uint64_t n)
{
    char text[FORMAT_NUMBER_SIZE];

    fprintf(file, "%-18s %15s\n", name, format_count(n, text));
}

static void put_bytes(FILE *file, const char *name, uint64_t n)
{
    char text[FORMAT_NUMBER_SIZE];

    fprintf(file, "%-18s %15s\n", name, format_bytes(n, text));
}

static void stats_text(struct output *out, const char *database, const struct muc_stats *s)
{
    FILE *file = out->file;
    char oldest[FORMAT_DATE_SIZE], newest[FORMAT_DATE_SIZE];

    fputs("database  ", file);
    display_clean(file, muc_text(database));
    fprintf(file, "\nrules     %s\n", s->rules);
    if (s->oldest.year)
        fprintf(file, "dates     %s to %s\n", format_date(s->oldest, oldest),
                format_date(s->newest, newest));
    fputc('\n', file);
    put_count(file, "documents", s->documents);
    put_count(file, "deleted", s->deleted);
    put_count(file, "tokens", s->tokens);
    put_count(file, "terms", s->terms);
    put_count(file, "postings", s->postings);
    put_count(file, "segments", s->segments);
    put_count(file, "snapshot", s->snapshot);
    fputc('\n', file);
    put_bytes(file, "text", s->text_bytes);
    put_bytes(file, "stored", s->stored_bytes);
    put_bytes(file, "postings", s->postings_bytes);
    put_bytes(file, "positions", s->positions_bytes);
    put_bytes(file, "dictionary", s->dictionary_bytes);
    put_bytes(file, "columns", s->column_bytes);
    put_bytes(file, "database file", s->file_bytes);
    put_bytes(file, "of it free", s->free_bytes);
}

static void show_json(struct output *out, const char *database, const struct muc_stats *stats)
{
    struct emit json = { .file = out->file };

    stats_json(&json, database, stats);
    emit_line(&json);
}

static int put_duplicate(const struct run *run, const struct muc_duplicate *duplicate,
                         struct muc_error *err)
{
    const struct muc_document *document;
    struct muc_stored *stored;
    char date[FORMAT_DATE_SIZE];
    int rc = muc_index_document(run->index, duplicate->id, &stored, err);

    if (rc)
        return rc;
    document = muc_stored_document(stored);
    fprintf(run->out->file, "%" PRIu64 ",%s,", duplicate->group,
            duplicate->is_exact ? "same" : "near");
    write_csv_field(run->out, duplicate->id);
    fprintf(run->out->file, ",%s,", format_date(document->date, date));
    write_csv_field(run->out, document->source);
    fputc(',', run->out->file);
    write_csv_field(run->out, muc_document_title(document));
    fputs("\r\n", run->out->file);
    muc_stored_free(stored);
    return MUC_OK;
}

static int list_duplicates(const struct run *run)
{
    struct muc_duplicates *duplicates;
    struct muc_error err;
    size_t n;
    int rc = muc_duplicates_find(run->index, &duplicates, &err);

    if (rc)
        return complain_error(&err);
    fputs("group,kind,id,date,source,title\r\n", run->out->file);
    n = muc_duplicates_count(duplicates);
    for (size_t i = 0; i < n && !rc && !output_failed(run->out); i++)
        rc = put_duplicate(run, muc_duplicates_get(duplicates, i), &err);
    muc_duplicates_free(duplicates);
    if (rc)
        return complain_error(&err);
    return n ? STATUS_DONE : STATUS_NOTHING;
}

static int run_stats(struct run *run)
{
    const struct stats_settings *settings = run->settings;
    struct muc_stats stats;
    struct muc_error err;

    if (settings->duplicates)
        return list_duplicates(run);
    if (muc_index_stats(run->index, &stats, &err))
        return complain_error(&err);
    if (settings->format == FORMAT_JSON)
        show_json(run->out, run->database, &stats);
    else
        stats_text(run->out, run->database, &stats);
    return STATUS_DONE;
}

const struct command command_stats = {
    .name = "stats",
    .run = run_stats,
    .access = ACCESS_READ,
    .settings_size = sizeof(struct stats_settings),
    .options = stats_options,
    .operands = "",
    .operand_kind = OPTION_TEXT,
    .summary = "say how much is in the database",
    .details = "Show what is in the database and what it takes. Sizes are in powers of 1000.\n"
               "With --duplicates instead list the documents that have near copies (sent again, "
               "corrected, or of which a large part was taken): the number of the group, \"same\" "
               "where title and text are those of the first of the group and \"near\" elsewhere, "
               "id, date, source and title.\n"
               "Exit status: 0 done, 1 there are no duplicates.",
};
