/* SPDX-License-Identifier: MIT */
/* from_text.c - a plain text to a document; its date by name, text and file, in this order. */
#include <time.h>

#include "base/error.h"
#include "doc/anatomy.h"
#include "doc/dates.h"
#include "doc/doc.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

/** Whether what stands at byte `at` is the number of a quarter: quy-3-2020. */
static bool is_quarter(const struct plain *name, size_t at)
{
    while (at && strchr(" -", name->at[at - 1]))
        at--;
    return at >= 3 && !memcmp(name->at + at - 3, "quy", 3);
}

static int digits(const char *at, int n)
{
    int number = 0;

    while (n--)
        number = number * 10 + (*at++ - '0');
    return number;
}

/** 20201222 or 22122020 and no digit more: of a likely year, so never both. */
static bool run_together(const struct plain *name, size_t at, struct written_date *found)
{
    static const int places[][3] = { { 0, 4, 6 }, { 4, 2, 0 } }; /* of year, month, day */
    const char *run = name->at + at;

    if (strspn(run, "0123456789") != 8)
        return false;
    for (int i = 0; i < 2; i++) {
        struct muc_date date = { (int16_t)digits(run + places[i][0], 4),
                                 (uint8_t)digits(run + places[i][1], 2),
                                 (uint8_t)digits(run + places[i][2], 2) };

        if (date.year >= FIRST_YEAR && date.year <= LAST_YEAR && date.day && doc_date_valid(date)) {
            *found = (struct written_date){ date, at + 8 };
            return true;
        }
    }
    return false;
}

/** The date in the name of a file: the longest one, or a year that stands alone. */
static struct muc_date date_of_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct muc_date best = { 0 };
    struct plain name;

    plain_of(str_c(slash ? slash + 1 : path), &name);
    for (char *c = name.at; (c = strchr(c, '_'));)
        *c = '-';
    for (size_t at = 0; at < name.size; at++) {
        struct written_date found;

        if ((at && ascii_is_digit(name.at[at - 1])) || is_quarter(&name, at) ||
            (!run_together(&name, at, &found) && !date_at(&name, at, &found)) ||
            found.date.year < FIRST_YEAR || found.date.year > LAST_YEAR)
            continue;
        if (!best.year || (found.date.month && !best.month) || (found.date.day && !best.day))
            best = found.date;
        at = found.end - 1;
    }
    return best;
}

static struct muc_date date_of_time(int64_t mtime)
{
    time_t seconds = (time_t)(mtime / 1000000000);
    struct tm tm;

    if (!mtime || !gmtime_r(&seconds, &tm) || tm.tm_year < 0 || tm.tm_year > 8099)
        return (struct muc_date){ 0 };
    return (struct muc_date){ (int16_t)(tm.tm_year + 1900), (uint8_t)(tm.tm_mon + 1),
                              (uint8_t)tm.tm_mday };
}

/** The name's date; a dateline of the same year, or without one, makes a bare year exact. */
static void choose_date(const struct anatomy *anatomy, const char *path, int64_t mtime,
                        struct muc_document *document)
{
    struct muc_date name = date_of_name(path), line = anatomy->date;

    if (name.year && !name.month && line.day && (!line.year || line.year == name.year)) {
        line.year = name.year;
        if (doc_date_valid(line)) {
            document->date = line;
            document->date_origin = MUC_DATE_DATELINE;
            return;
        }
    }
    if (name.year) {
        document->date = name;
        document->date_origin = MUC_DATE_NAME;
    } else if (line.year) {
        document->date = line;
        document->date_origin = MUC_DATE_DATELINE;
    } else if ((document->date = date_of_time(mtime)).year) {
        document->date_origin = MUC_DATE_FILE;
    }
}

/** What of a text is left without the blanks before its first line; form feeds count pages, so they
 *  stay. */
static struct muc_string without_blanks(struct muc_string text)
{
    const char *page = text.size ? memchr(text.bytes, '\f', text.size) : NULL;
    struct text_line line;
    size_t start = text_line_next(text, 0, &line) ? line.start : text.size;

    if (page && (size_t)(page - text.bytes) < start)
        start = (size_t)(page - text.bytes);
    return str_of(text.bytes + start, text.size - start);
}

/** All but the line of the title: borrowed where that is in one piece. */
static int text_without(struct muc_string text, const struct text_line *title, struct arena *arena,
                        struct muc_string *rest, struct muc_error *err)
{
    struct muc_string before = without_blanks(str_of(text.bytes, title->start));
    struct muc_string behind = str_of(text.bytes + title->end, text.size - title->end);
    char *joined;

    if (!before.size) {
        *rest = without_blanks(behind);
        return MUC_OK;
    }
    before = str_of(text.bytes, title->start);
    if (!(joined = arena_alloc(arena, before.size + behind.size)))
        return error_memory(err);
    memcpy(joined, before.bytes, before.size);
    memcpy(joined + before.size, behind.bytes, behind.size);
    *rest = str_of(joined, before.size + behind.size);
    return MUC_OK;
}

int doc_from_text(struct muc_string text, const char *path, int64_t mtime, struct arena *arena,
                  struct muc_document *document, struct muc_error *err)
{
    struct anatomy anatomy;

    anatomy_of(text, &anatomy);
    document->title = anatomy.title_text;
    document->byline = anatomy.byline;
    document->kind = anatomy.kind;
    choose_date(&anatomy, path, mtime, document);
    if (!anatomy.title.text.size || anatomy.title_is_cut) {
        document->text = text;
        return MUC_OK;
    }
    return text_without(text, &anatomy.title, arena, &document->text, err);
}

int doc_from_titled(struct muc_string title, struct muc_string text, const char *path,
                    int64_t mtime, struct arena *arena, struct muc_document *document,
                    struct muc_error *err)
{
    size_t size = title.size + 2 + text.size;
    char *joined;
    int rc;

    if (!title.size)
        return doc_from_text(text, path, mtime, arena, document, err);
    if (!(joined = arena_alloc(arena, size)))
        return error_memory(err);
    memcpy(joined, title.bytes, title.size);
    memcpy(joined + title.size, "\n\n", 2);
    if (text.size)
        memcpy(joined + title.size + 2, text.bytes, text.size);
    if ((rc = doc_from_text(str_of(joined, size), path, mtime, arena, document, err)))
        return rc;
    document->title = title;
    document->text = text;
    return MUC_OK;
}

static void prefer_string(struct muc_string fact, struct muc_string *field)
{
    if (fact.size)
        *field = fact;
}

void doc_prefer(const struct muc_document *facts, struct muc_document *document)
{
    prefer_string(facts->title, &document->title);
    prefer_string(facts->byline, &document->byline);
    prefer_string(facts->kind, &document->kind);
    prefer_string(facts->source, &document->source);
    prefer_string(facts->place, &document->place);
    prefer_string(facts->number, &document->number);
    prefer_string(facts->lang, &document->lang);
    prefer_string(facts->url, &document->url);
    if (facts->date.year) {
        document->date = facts->date;
        document->date_origin = facts->date_origin;
    }
    if (facts->n_tags) {
        document->tags = facts->tags;
        document->n_tags = facts->n_tags;
    }
}
