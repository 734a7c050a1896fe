/* SPDX-License-Identifier: MIT */
#include "doc/sections.h"

#include "base/error.h"
#include "base/vector.h"
#include "doc/dateline.h"
#include "doc/kinds.h"
#include "doc/lines.h"

enum {
    HEAD_LINES = 10,
    SHORT_LINE = 300,  /* bytes; a longer line is a paragraph and nothing else */
    SUBTITLE = 250,    /* bytes of letters without marks */
    STAMP = 60,        /* the same */
    CAPTION_WORDS = 6, /* fewer are a heading */
    LABEL = 26,  /* letters: the longest words of line_is_contact() and the like, and one more */
    TAIL = 1000, /* bytes at the end in which a contact may stand */
    NUMBER_IN_TITLE = 40, /* bytes before it: "Quyết định số …" */
    SIGNED_INDENT = 8,    /* columns: what stands to the right above the by-line goes with it */
    SECTIONS_MAX = 10000, /* the rest of a text of so many sections is one body */
};

struct parting {
    struct muc_string text;
    VECTOR(struct muc_section) list;
    struct sections found;
    struct muc_string byline_line; /* with a credit, as it is written; or empty */
    size_t byline;                 /* byte at which its line begins, or behind the text */
    size_t n_before_block;         /* sections before the paragraph at hand … */
    size_t end_before_block;       /* … and the end of the last of them */
    size_t block;                  /* byte at which that begins */
    bool has_title;                /* given, or found */
    bool has_lead;
    bool waits;                    /* the last section is a caption if body follows */
    enum muc_section_kind section; /* BODY, NOTES or CONTACT */
    bool failed;
};

/* ---- the list */

static struct muc_section *last_section(struct parting *parting)
{
    return parting->list.n ? &parting->list.at[parting->list.n - 1] : NULL;
}

/** @param joins with a section of the same kind before it. */
static void put(struct parting *parting, enum muc_section_kind kind, size_t start, size_t end,
                bool joins)
{
    struct muc_section *last = last_section(parting), *next;

    if (start == end)
        return;
    if (last && ((joins && last->kind == kind) || parting->list.n == SECTIONS_MAX)) {
        last->end = (uint32_t)end;
        return;
    }
    next = vector_push(&parting->list);
    parting->failed |= !next;
    if (next)
        *next = (struct muc_section){ kind, (uint32_t)start, (uint32_t)end };
}

static size_t offset_of(const struct parting *parting, const char *at)
{
    return (size_t)(at - parting->text.bytes);
}

static void put_line(struct parting *parting, enum muc_section_kind kind,
                     const struct text_line *line, bool joins)
{
    size_t start = offset_of(parting, line->text.bytes);

    put(parting, kind, start, start + line->text.size, joins);
}

/** What waited to be a caption is body. */
static void settle(struct parting *parting, bool is_caption)
{
    struct muc_section *last = last_section(parting);

    if (parting->waits && !is_caption && last) {
        last->kind = MUC_SECTION_BODY;
        if (parting->list.n > 1 && last[-1].kind == MUC_SECTION_BODY) {
            last[-1].end = last->end;
            parting->list.n--;
        }
    }
    parting->waits = false;
}

/* ---- the dateline */

/** The place as it is written, behind a bracket and up to a comma: "CAN THO, Vietnam" is CAN THO.
 */
static void take_place(struct parting *parting, struct muc_string text, size_t size)
{
    size_t start = text.bytes[0] == '(';
    struct muc_string place = str_of(text.bytes + start, plain_bytes(text, size) - start);
    const char *comma = memchr(place.bytes, ',', place.size);

    if (comma)
        place.size = (size_t)(comma - place.bytes);
    if (!parting->found.place.size)
        parting->found.place = place;
}

/** The day of the first dateline that has its year. */
static void take_date(struct parting *parting, struct muc_date date)
{
    if (!parting->found.date.year && date.year)
        parting->found.date = date;
}

/** A dateline at the beginning of the lead: its end, with the sign behind it. 0: none. */
static size_t dateline_of_lead(struct parting *parting, const struct text_line *line,
                               const struct plain *plain)
{
    struct dateline found;
    size_t end = dateline_find(plain, &found);

    if (!end)
        return 0;
    if (!found.alone) /* else it may be of long ago: "Ngày 2/9/1945, tại …" */
        take_date(parting, found.date);
    if (found.place)
        take_place(parting, line->text, found.place);
    end += strspn(plain->at + end, " ,.:)-");
    while (plain->at[end - 1] == ' ')
        end--;
    return plain_bytes(line->text, end);
}

/** The piece of a head line behind its last wide gap: "Số: 12/TB     Cần Thơ, ngày …". */
static struct muc_string behind_gap(struct muc_string line)
{
    size_t start = 0;

    for (size_t i = 0; i + 1 < line.size; i++)
        if (line.bytes[i] == '\t' || (line.bytes[i] == ' ' && line.bytes[i + 1] == ' '))
            start = i + 1;
    while (start < line.size && strchr(" \t", line.bytes[start]))
        start++;
    return str_of(line.bytes + start, line.size - start);
}

/* ---- the head */

/** "Số: 123/QĐ-UBND" within the first `most` bytes of a line. */
static void take_number(struct parting *parting, struct muc_string line, const struct plain *plain,
                        size_t most)
{
    size_t at = 0, end;

    while (at <= most && !(plain_word(plain, at, "so") && (!at || plain->at[at - 1] == ' ')))
        at++;
    if (at > most || parting->found.number.size)
        return;
    at += 2 + strspn(plain->at + at + 2, " :");
    for (end = at; end < plain->size && !strchr(" ,;.)", plain->at[end]);)
        end++;
    if (end - at < 4 || !ascii_is_digit(plain->at[at]) || !memchr(plain->at + at, '/', end - at) ||
        !plain_is_upper(plain->at[end - 1]))
        return;
    at = plain_bytes(line, at + 1) - 1; /* behind the blank before it */
    parting->found.number = str_of(line.bytes + at, plain_bytes(line, end) - at);
}

static void take_kind(struct parting *parting, const char *kind)
{
    if (!parting->found.kind)
        parting->found.kind = kind;
}

static bool is_letter_head(const struct text_line *line, const struct plain *plain)
{
    static const char *const names[] = { "subject", "date", "tieu de", "title", "from",
                                         "to",      "cc",   "tu",      "toi" };
    struct muc_string value;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (line_value(line, plain, names[i], &value))
            return true;
    return false;
}

/** Whether a line has no end and a longer paragraph behind it. */
static bool is_above(struct muc_string text, const struct text_line *line,
                     const struct plain *plain)
{
    struct text_line next;

    return !strchr(".;:,!?\"", plain->at[plain->size - 1]) &&
           text_line_next(text, line->end, &next) && next.first && next.text.size > line->text.size;
}

/** A line above the first paragraph that is none: a day and perhaps a time, with a word or two
 *  behind it, as sites put them below the title; or a subtitle. */
static bool take_above(struct parting *parting, const struct text_line *line,
                       const struct plain *plain)
{
    struct dateline found;
    bool day = dateline_find(plain, &found) > 0;

    if (plain->size > (day ? STAMP : SUBTITLE) || (!day && plain->cut) ||
        !is_above(parting->text, line, plain))
        return false;
    if (day) {
        take_date(parting, found.date);
        put_line(parting, MUC_SECTION_DATELINE, line, false);
        return true;
    }
    put_line(parting, parting->has_title ? MUC_SECTION_HEAD : MUC_SECTION_HEADING, line, true);
    parting->has_title = true;
    return true;
}

/** Whether a line above the first paragraph is not its beginning. */
static bool take_head(struct parting *parting, const struct text_line *line,
                      const struct plain *plain)
{
    const char *kind;
    struct muc_date date;

    take_number(parting, line->text, plain, 0);
    kind = kind_of_label(plain);
    take_kind(parting, kind);
    if (!is_letter_head(line, plain) && line_is_dateline(plain, &date)) {
        struct muc_string right = behind_gap(line->text);
        struct dateline found;
        struct plain right_plain;

        take_date(parting, date);
        plain_of(right, &right_plain);
        if (dateline_find(&right_plain, &found) && found.place)
            take_place(parting, right, found.place);
        put_line(parting, right.size == line->text.size ? MUC_SECTION_DATELINE : MUC_SECTION_HEAD,
                 line, false);
        return true;
    }
    if (kind || line_is_formal(plain) || is_letter_head(line, plain) || !line_has_letters(plain)) {
        put_line(parting, MUC_SECTION_HEAD, line, true);
        return true;
    }
    if (line_is_capitals(plain)) {
        put_line(parting, MUC_SECTION_BANNER, line, false);
        return true;
    }
    return take_above(parting, line, plain);
}

/** A banner is the title where no line below it is. */
static void title_by_banner(struct parting *parting)
{
    struct muc_section *at = parting->list.at, *banner = NULL;

    for (size_t i = 0; i < parting->list.n && at[i].kind != MUC_SECTION_LEAD; i++)
        if (at[i].kind == MUC_SECTION_BANNER)
            banner = &at[i];
    if (banner && !parting->has_title && parting->has_lead)
        banner->kind = MUC_SECTION_HEADING;
}

/* ---- the end */

/** "IV. …", "a) …" */
static bool is_numbered(const struct plain *plain)
{
    size_t roman = strspn(plain->at, "IVX"), letter = plain_is_letter(plain->at[0]);
    size_t end = roman ? roman : letter;

    return end && (plain->at[end] == '.' || plain->at[end] == ')') && plain->at[end + 1] == ' ';
}

/** A paragraph of one line that neither ends nor is a heading, an item or a by-line. */
static bool may_be_caption(struct muc_string text, const struct text_line *line,
                           const struct plain *plain)
{
    struct text_line next;
    size_t n_words = 1;

    if (!line->first || plain->cut || strchr("-+*#", plain->at[0]) ||
        ascii_is_digit(plain->at[0]) || is_numbered(plain))
        return false;
    if (strchr(".;:,!?\"", plain->at[plain->size - 1]) || line_is_capitals(plain))
        return false;
    for (size_t i = 0; i < plain->size; i++)
        n_words += plain->at[i] == ' ';
    return n_words >= CAPTION_WORDS && text_line_next(text, line->end, &next) && next.first;
}

/** The lines of the paragraph before this one are of the contact as well: a name, an office. */
static void begin_contact(struct parting *parting)
{
    parting->list.n = parting->n_before_block;
    if (parting->list.n)
        last_section(parting)->end = (uint32_t)parting->end_before_block;
}

/** Whether all there is to ask of a line is how it begins: it ends a sentence and has no address.
 */
static bool tells_by_beginning(struct muc_string line)
{
    char last = line.bytes[line.size - 1];

    return (last == '.' || last == ';' || last == ':' || last == ',' || last == '!' ||
            last == '?') &&
           !memchr(line.bytes, '@', line.size);
}

/* First bytes of the words of line_is_notes() and line_is_credited_picture(), whatever marks their
 * writers forget; ả is \xe1…: no other line far from the end has to be looked at. */
#define BEGINNINGS "aAgGlLnNpPcC\xe1"

/** Such a line far from the end whose first byte says that it is of the body. */
static bool is_plain_body(const struct parting *parting, const struct text_line *line)
{
    return parting->section == MUC_SECTION_BODY && line->start + TAIL < parting->text.size &&
           !strchr(BEGINNINGS, line->text.bytes[0]);
}

static void take_body(struct parting *parting, const struct text_line *line)
{
    struct plain plain = { .size = 0 };
    bool is_sentence = tells_by_beginning(line->text);
    bool is_short = line->text.size <= SHORT_LINE && !(is_sentence && is_plain_body(parting, line));
    size_t start = offset_of(parting, line->text.bytes);

    if (is_short && is_sentence)
        plain_beginning(line->text, LABEL, &plain);
    else if (is_short)
        plain_of(line->text, &plain);
    if (is_short && line->start + TAIL >= parting->text.size &&
        line_is_contact(&plain, parting->section != MUC_SECTION_NOTES || line->first)) {
        settle(parting, false);
        if (parting->section == MUC_SECTION_BODY && !line->first &&
            start - parting->block <= SHORT_LINE) {
            begin_contact(parting);
            start = parting->block;
        }
        parting->section = MUC_SECTION_CONTACT;
        put(parting, MUC_SECTION_CONTACT, start,
            offset_of(parting, line->text.bytes) + line->text.size, true);
    } else if (is_short && line_is_notes(&plain)) {
        settle(parting, false);
        parting->section = MUC_SECTION_NOTES;
        put_line(parting, MUC_SECTION_NOTES, line, true);
    } else if (parting->section != MUC_SECTION_BODY &&
               (is_short || parting->section == MUC_SECTION_NOTES)) {
        put_line(parting, parting->section, line, true);
    } else if (is_short && line_is_credited_picture(&plain)) {
        settle(parting, true);
        put_line(parting, MUC_SECTION_CAPTION, line, false);
    } else if (is_short && !is_sentence && may_be_caption(parting->text, line, &plain)) {
        settle(parting, true);
        put_line(parting, MUC_SECTION_CAPTION, line, false);
        parting->waits = true;
    } else {
        settle(parting, true);
        parting->section = MUC_SECTION_BODY;
        put_line(parting, MUC_SECTION_BODY, line, true);
    }
}

static void take_byline(struct parting *parting, const struct text_line *line)
{
    struct muc_section *last = last_section(parting);

    settle(parting, false);
    put_line(parting, MUC_SECTION_BYLINE, line, last && last->kind == MUC_SECTION_BYLINE);
}

static void take_line(struct parting *parting, const struct text_line *line, int number)
{
    size_t dateline, start = offset_of(parting, line->text.bytes), end = start + line->text.size;
    struct plain plain;

    if (line->first) {
        parting->n_before_block = parting->list.n;
        parting->end_before_block = parting->list.n ? last_section(parting)->end : 0;
        parting->block = start;
    }
    if (!parting->has_lead)
        plain_of(line->text, &plain);
    if (line->start >= parting->byline) {
        take_byline(parting, line);
    } else if (!parting->has_lead && number < HEAD_LINES && take_head(parting, line, &plain)) {
        return;
    } else if (!parting->has_lead) {
        dateline = dateline_of_lead(parting, line, &plain);
        put(parting, MUC_SECTION_DATELINE, start, start + dateline, false);
        start += dateline;
        while (start < end && parting->text.bytes[start] == ' ')
            start++;
        put(parting, MUC_SECTION_LEAD, start, end, false);
        parting->has_lead = true;
    } else if (!line->first && last_section(parting) &&
               last_section(parting)->kind == MUC_SECTION_LEAD) {
        put_line(parting, MUC_SECTION_LEAD, line, true);
    } else {
        take_body(parting, line);
    }
}

/** Lines to the right right above the by-line: "GIÁM ĐỐC". */
static void find_byline(struct parting *parting)
{
    struct text_line line, at;
    struct muc_string name;
    size_t start, before;

    parting->byline = parting->text.size;
    if (!line_is_byline(parting->text, 0, &line, &name))
        return;
    parting->found.byline = name;
    parting->byline_line = line.text;
    parting->byline = line.start;
    while (line.indent >= SIGNED_INDENT && parting->byline) {
        start = parting->byline - 1;
        while (start && parting->text.bytes[start - 1] != '\n')
            start--;
        before = parting->byline;
        if (!text_line_next(parting->text, start, &at) || at.start != start || at.end > before ||
            at.indent < SIGNED_INDENT)
            break;
        parting->byline = start;
    }
}

static void find_kind(struct parting *parting, struct muc_string title)
{
    struct plain plain;

    plain_of(title, &plain);
    if (kind_of_title(&plain))
        take_number(parting, title, &plain, NUMBER_IN_TITLE);
    take_kind(parting, kind_of_title(&plain));
    take_kind(parting, kind_of_number(parting->found.number));
    plain_of(parting->byline_line, &plain);
    take_kind(parting, plain_word(&plain, 0, "tin") ? "tin" : NULL);
}

int sections_of(struct muc_string title, struct muc_string text, struct arena *arena,
                struct sections *sections, struct muc_error *err)
{
    struct parting parting = { .text = text, .has_title = title.size };
    struct muc_section *at = NULL;
    struct text_line line;
    int number = 0;

    find_byline(&parting);
    for (size_t from = 0; text_line_next(text, from, &line); from = line.end)
        take_line(&parting, &line, number++);
    settle(&parting, false);
    title_by_banner(&parting);
    find_kind(&parting, title);
    if (!parting.failed && parting.list.n)
        at = arena_alloc(arena, parting.list.n * sizeof *at);
    if (at)
        memcpy(at, parting.list.at, parting.list.n * sizeof *at);
    parting.failed |= parting.list.n && !at;
    parting.found.at = at;
    parting.found.n = parting.list.n;
    vector_free(&parting.list);
    if (parting.failed)
        return error_memory(err);
    *sections = parting.found;
    return MUC_OK;
}

struct muc_range sections_heading(const struct muc_document *document)
{
    for (size_t i = 0; i < document->n_sections; i++)
        if (document->sections[i].kind == MUC_SECTION_HEADING)
            return (struct muc_range){ document->sections[i].start, document->sections[i].end };
    return (struct muc_range){ 0, 0 };
}

struct muc_string sections_title(const struct muc_document *document)
{
    struct muc_range heading = sections_heading(document);

    return heading.end ? str_of(document->text.bytes + heading.start, heading.end - heading.start)
                       : document->title;
}

uint32_t sections_begin(const struct muc_document *document)
{
    uint32_t end = 0;

    for (size_t i = 0; i < document->n_sections; i++) {
        const struct muc_section *section = &document->sections[i];

        if (section->kind != MUC_SECTION_HEAD && section->kind != MUC_SECTION_BANNER &&
            section->kind != MUC_SECTION_HEADING)
            break;
        end = section->end;
    }
    return end;
}
